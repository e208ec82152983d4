import { type Caller, type Once, ReportParentDeath, TrackedCaseShape } from '@birth/application';
import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { parentOf } from '../forms/parent-of';
import { IdParam } from '../forms/uuid-param';
import { NoBody } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { CurrentOnce } from '../http/once';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';

@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1')
export class ParentDeathController {
  constructor(private readonly death: ReportParentDeath) {}

  @Answers(200, TrackedCaseShape)
  @Refuses('own_death')
  @ApiOperation({
    summary:
      'The other parent died: he or she is asked and reminded of nothing any more, a person finds out who goes on',
  })
  @HttpCode(200)
  @Post('applications/:id/parents/:parent/death')
  async report(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('parent') parent: string,
    @NoBody() _nothing: void,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.death.execute(caller, once, id, parentOf(parent)));
  }
}
