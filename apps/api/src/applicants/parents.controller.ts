import {
  type Caller,
  CaseTakenOverShape,
  GoOnAlone,
  type GoingAlone,
  type Once,
  TakeOver,
  WarnedCaseShape,
} from '@birth/application';
import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { MotherAloneDto, TakeOverDto } from '../forms/parents.dto';
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
export class ParentsController {
  constructor(
    private readonly alone: GoOnAlone,
    private readonly over: TakeOver,
  ) {}

  @Answers(200, WarnedCaseShape)
  @Refuses('only_the_mother', 'nothing_to_confirm', 'father_not_silent_yet', 'father_has_answered', 'form_invalid')
  @ApiOperation({
    summary: 'The mother who filed goes on alone after the father’s silence; he is named nowhere any more',
  })
  @HttpCode(200)
  @Post('applications/:id/mother-alone')
  async goOnAlone(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @ValidBody(MotherAloneDto) body: MotherAloneDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.alone.execute(caller, once, id, body as unknown as GoingAlone));
  }

  @Answers(200, CaseTakenOverShape)
  @Refuses('consent_expired')
  @ApiOperation({ summary: 'The guardian whom a clerk named goes on with the case, by the token said at the desk' })
  @HttpCode(200)
  @Post('takeovers/:token')
  async takeOver(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('token') token: string,
    @ValidBody(TakeOverDto) { mobile }: TakeOverDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.over.execute(caller, once, token, mobile));
  }
}
