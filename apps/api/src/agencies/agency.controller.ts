import {
  AnswerWorklistTask,
  KeepRefused,
  MessageRefused,
  MessageTakenShape,
  NotificationTakenShape,
  ReceiveAgencyMessage,
  ReceiveBirthNotifications,
  WorklistPageShape,
} from '@birth/application';
import { AGENCIES, type AgencyCode } from '@birth/domain';
import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { Answers, Refuses } from '../documents/contract-notes';
import { WorklistRequestQuery } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { UNREADABLE_JSON, ValidQuery } from '../forms/valid-body';
import type { BirthRequest } from '../http/authenticated';
import { Policy } from '../http/policy';
import { SignedRequest, written } from './signed-request';

/** Bodies are read after their signature was verified: never by the framework. */
@ApiTags('agencies')
@ApiSecurity('signature')
@Policy('signed')
@Controller('agency/v1')
export class AgencyController {
  constructor(
    private readonly signed: SignedRequest,
    private readonly messages: ReceiveAgencyMessage,
    private readonly births: ReceiveBirthNotifications,
    private readonly worklist: AnswerWorklistTask,
    private readonly refusals: KeepRefused,
  ) {}

  @written('<agency>')
  @Answers(200, MessageTakenShape)
  @Refuses('signature_invalid', 'bad_message', 'body_too_large')
  @ApiOperation({ summary: 'An agency’s answer to a step; 200 only after it is stored' })
  @HttpCode(200)
  @Post(':agency/messages')
  message(@Param('agency') agency: string, @Req() request: BirthRequest): Promise<unknown> {
    const raw = this.signed.of(request);
    return this.refusals.around('messages', agency, raw, async () => {
      if (!(AGENCIES as readonly string[]).includes(agency)) throw new MessageRefused('unknown_sender');
      return this.messages.execute(agency as AgencyCode, raw);
    });
  }

  @written('hospital')
  @Answers(200, NotificationTakenShape)
  @Refuses('signature_invalid', 'bad_message', 'body_too_large', ...UNREADABLE_JSON)
  @ApiOperation({ summary: 'Signed birth records of a hospital' })
  @HttpCode(200)
  @Post('birth-notifications')
  birthNotifications(@Req() request: BirthRequest): Promise<unknown> {
    const raw = this.signed.of(request);
    return this.refusals.around('birth-notifications', 'hospital', raw, () => this.births.execute(raw));
  }

  @Answers(200, WorklistPageShape)
  @Refuses('signature_invalid')
  @ApiOperation({ summary: 'Open tasks of an office that works by hand' })
  @Get('worklist')
  tasks(@Req() request: BirthRequest, @ValidQuery(WorklistRequestQuery) query: WorklistRequestQuery): Promise<unknown> {
    const raw = this.signed.of(request);
    return this.refusals.around('worklist', query.agency, raw, () => this.worklist.list(raw, { ...query }));
  }

  @written('worklist')
  @Answers(200, MessageTakenShape)
  @Refuses('signature_invalid', 'bad_message', 'body_too_large', ...UNREADABLE_JSON)
  @ApiOperation({ summary: 'The office’s answer to a task' })
  @HttpCode(200)
  @Post('worklist/:taskId/answers')
  answer(@Param('taskId', IdParam) taskId: string, @Req() request: BirthRequest): Promise<unknown> {
    const raw = this.signed.of(request);
    return this.refusals.around('worklist', '', raw, () => this.worklist.execute(raw, taskId));
  }
}
