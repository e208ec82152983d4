import {
  AgencyPageShape,
  CaseHandedOverShape,
  ClerkCaseShape,
  type ClerkStepFilter,
  ClerkStepPageShape,
  ClerkSteps,
  DeathRecordedShape,
  HandOverCase,
  ListAgencies,
  ListSteps,
  SignAtDesk,
  ConsentSaidShape,
  type Locale,
  RecordDeath,
  ScopedEventShape,
  ShowApplication,
  StepActedShape,
} from '@birth/application';
import { Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses, Streams } from '../documents/contract-notes';
import {
  ClerkActionDto,
  ClerkAssignmentDto,
  ClerkReasonDto,
  HandOverDto,
  ClerkResolutionDto,
  ClerkRetryDto,
  ClerkStepsQuery,
  ClerkVerificationDto,
  DeskSignatureDto,
} from '../forms/requests.dto';
import { newbornIndexOf } from '../forms/newborn-index';
import { IdParam } from '../forms/uuid-param';
import { ValidBody, ValidQuery } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { CurrentLocale } from '../http/locale';
import { ClerkPolicy, MAY_ACT, MAY_LOOK } from '../http/policy';
import { sendReply } from '../http/send-reply';
import { ClerkStream } from '../live/clerk-stream';

@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1')
export class ClerkController {
  constructor(
    private readonly found: ListSteps,
    private readonly desk: SignAtDesk,
    private readonly show: ShowApplication,
    private readonly steps: ClerkSteps,
    private readonly agencies: ListAgencies,
    private readonly stream: ClerkStream,
    private readonly death: RecordDeath,
    private readonly handOver: HandOverCase,
  ) {}

  @Answers(200, ClerkStepPageShape)
  @ApiOperation({
    summary: 'Open steps in the clerk’s scope, with counts by state, agency, owner and light over all pages',
  })
  @Get('steps')
  list(@CurrentClerk() { scope }: ClerkCaller, @ValidQuery(ClerkStepsQuery) query: ClerkStepsQuery): Promise<unknown> {
    return this.found.execute(scope, filterOf(query), { cursor: query.cursor ?? null, limit: query.limit });
  }

  @Answers(200, ClerkCaseShape)
  @ApiOperation({ summary: 'One application: all steps, timeline, open tasks; people masked' })
  @Get('applications/:id')
  application(
    @CurrentClerk() { scope }: ClerkCaller,
    @Param('id', IdParam) id: string,
    @CurrentLocale() locale: Locale,
  ): Promise<unknown> {
    return this.show.forClerk(scope, id, locale);
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, ConsentSaidShape)
  @Refuses('nothing_to_confirm', 'consent_already_answered', 'consent_expired')
  @ApiOperation({ summary: 'A parent signed at the desk of an office that waits for it' })
  @HttpCode(200)
  @Post('applications/:id/consents')
  async sign(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @ValidBody(DeskSignatureDto) body: DeskSignatureDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.desk.execute(clerk, id, { ...body }));
  }

  @Answers(200, AgencyPageShape)
  @ApiOperation({
    summary: 'Agencies in the clerk’s scope with backlog, oldest due, work in flight, pause and last success',
  })
  @Get('agencies')
  listAgencies(@CurrentClerk() { scope }: ClerkCaller, @CurrentLocale() locale: Locale): Promise<unknown> {
    return this.agencies.execute(scope, locale);
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, StepActedShape)
  @Refuses(
    'version_conflict',
    'not_retryable',
    'evidence_needed',
    'conflict_needs_decision',
    'demand_needs_decision',
    'mismatch_needs_decision',
  )
  @ApiOperation({ summary: 'Sends a stuck step again; 412 when somebody was faster' })
  @HttpCode(200)
  @Post('steps/:stepId/retries')
  async retry(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(ClerkRetryDto) body: ClerkRetryDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.steps.retry(clerk, stepId, { ...body }));
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, StepActedShape)
  @Refuses('version_conflict', 'nothing_to_check')
  @ApiOperation({ summary: 'Asks the agency now' })
  @HttpCode(200)
  @Post('steps/:stepId/checks')
  async check(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(ClerkActionDto) body: ClerkActionDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.steps.checkNow(clerk, stepId, { ...body }));
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, StepActedShape)
  @Refuses('version_conflict', 'nothing_to_verify', 'hospital_must_correct', 'agency_must_correct', 'record_withdrawn')
  @ApiOperation({
    summary:
      'Confirms or sends back what the family reported; with data_mismatch: the record, or the registered name, is this child’s',
  })
  @HttpCode(200)
  @Post('steps/:stepId/verifications')
  async verify(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(ClerkVerificationDto) body: ClerkVerificationDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.steps.verify(clerk, stepId, { ...body }));
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, StepActedShape)
  @Refuses(
    'version_conflict',
    'no_conflict',
    'no_older_result',
    'no_withdrawal_requested',
    'no_death_reported',
    'no_update_asked',
    'no_bad_rating',
    'form_invalid',
  )
  @ApiOperation({
    summary:
      'Settles what the machine may not: takes the result of an earlier request, what an office said of a withdrawal, that a family was spoken with or called back after a bad rating, or that an office has changed its data',
  })
  @HttpCode(200)
  @Post('steps/:stepId/resolutions')
  async resolve(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(ClerkResolutionDto) body: ClerkResolutionDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.steps.resolve(clerk, stepId, { ...body }));
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, DeathRecordedShape)
  @ApiOperation({ summary: 'A newborn’s death that a clerk was told of; told again, nothing changes' })
  @HttpCode(200)
  @Post('applications/:id/newborns/:index/death')
  async recordDeath(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @Param('index') index: string,
    @ValidBody(ClerkReasonDto) { reason }: ClerkReasonDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = { applicationId: id, newbornIndex: newbornIndexOf(index) };
    sendReply(reply, await this.death.execute(clerk, of, reason));
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, StepActedShape)
  @Refuses(
    'version_conflict',
    'office_unknown',
    'office_unchanged',
    'office_not_suitable',
    'office_has_step',
    'withdrawal_is_open',
    'conflict_needs_decision',
    'demand_needs_decision',
    'step_has_ended',
  )
  @ApiOperation({
    summary: 'Gives the step to another office of the same agency, kind and county, which answers from then on',
  })
  @HttpCode(200)
  @Post('steps/:stepId/assignments')
  async assign(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(ClerkAssignmentDto) body: ClerkAssignmentDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.steps.assign(clerk, stepId, { ...body }));
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, CaseHandedOverShape)
  @Refuses('parent_not_confirmed')
  @ApiOperation({
    summary: 'The other parent goes on with the case of who filed it and died, with reason and evidence',
  })
  @HttpCode(200)
  @Post('applications/:id/takeovers')
  async takeOver(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @ValidBody(HandOverDto) body: HandOverDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.handOver.execute(clerk, id, { ...body }));
  }

  @Streams(ScopedEventShape)
  @ApiOperation({ summary: 'Events of all cases in scope, live (SSE); Last-Event-ID resumes without a gap' })
  @Get('stream')
  live(
    @CurrentClerk() { scope }: ClerkCaller,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.stream.open(scope, lastEventId, reply);
  }
}

function filterOf({ state, agency, office, owner, code, light, age }: ClerkStepsQuery): ClerkStepFilter {
  const given = { state, agency, office, owner, code, light, minAgeDays: age };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
