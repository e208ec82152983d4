import { AnswerCheck, StepActedShape } from '@birth/application';
import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { CheckAnswerDto } from '../forms/check-answer.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_ACT } from '../http/policy';
import { sendReply } from '../http/send-reply';

/** Certificates of other places (policy P4). */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_ACT)
@Controller('clerk/v1')
export class ChecksController {
  constructor(private readonly answer: AnswerCheck) {}

  @Answers(200, StepActedShape)
  @Refuses('version_conflict', 'no_coordinated_check', 'withdrawal_is_open', 'form_invalid')
  @ApiOperation({
    summary:
      'What the place of issue answered to a certificate that could not be verified: the step is done, or the family reads what to do',
  })
  @HttpCode(200)
  @Post('steps/:stepId/check-answers')
  async record(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(CheckAnswerDto) body: CheckAnswerDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.answer.execute(clerk, stepId, { ...body }));
  }
}
