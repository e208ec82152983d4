import {
  AskAgain,
  AskedCaseShape,
  type Caller,
  ConsentAskedPageShape,
  ConsentAskedShape,
  Consents,
  ConsentSaidShape,
  type Once,
} from '@birth/application';
import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { ConsentAnswerDto, ConsentRequestDto } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { CurrentOnce } from '../http/once';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';

@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1')
export class ConsentsController {
  constructor(
    private readonly consents: Consents,
    private readonly again: AskAgain,
  ) {}

  @Answers(200, ConsentAskedPageShape)
  @ApiOperation({ summary: 'What waits for the caller’s confirmation; by the verified identity' })
  @Get('consents')
  list(@CurrentCaller() caller: Caller): Promise<unknown> {
    return this.consents.list(caller);
  }

  @Answers(200, ConsentAskedShape)
  @ApiOperation({ summary: 'What a parent is asked to confirm; by the token of a link or by an id of the list' })
  @Get('consents/:token')
  read(@CurrentCaller() caller: Caller, @Param('token') token: string): Promise<unknown> {
    return this.consents.read(token, caller);
  }

  @Answers(200, ConsentSaidShape)
  @Refuses('consent_expired', 'consent_already_answered')
  @ApiOperation({ summary: 'The parent who is asked agrees or refuses with a reason, once' })
  @HttpCode(200)
  @Post('consents/:token')
  async answer(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('token') token: string,
    @ValidBody(ConsentAnswerDto) body: ConsentAnswerDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.consents.answer(token, caller, once, { ...body }));
  }

  @Answers(200, AskedCaseShape)
  @Refuses('nothing_to_confirm', 'consent_already_answered', 'asked_too_often')
  @ApiOperation({ summary: 'Asks a parent again: a new token, the old one opens nothing any more' })
  @HttpCode(200)
  @Post('applications/:id/consents')
  async ask(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @ValidBody(ConsentRequestDto) { parent }: ConsentRequestDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.again.execute(caller, once, id, parent));
  }
}
