import {
  type Caller,
  CASE_READS,
  type CaseReads,
  CaseShape,
  type CaseSummaryPage,
  CaseSummaryPageShape,
  iso,
  EventPageShape,
  EventShape,
  FiledCaseShape,
  type Locale,
  type Once,
  type Reply,
  ShowApplication,
  SubmitApplication,
  WithdrawnCaseShape,
  WithdrawSteps,
} from '@birth/application';
import { Controller, Get, Headers, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses, Streams } from '../documents/contract-notes';
import { ApplicationFormDto, toForm } from '../forms/application-form.dto';
import { EventsQuery, PageQuery } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { NoBody, ValidBody, ValidQuery } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { CurrentLocale } from '../http/locale';
import { CurrentOnce } from '../http/once';
import { Policy } from '../http/policy';
import { CaseStream, lastSeqOf } from '../live/case-stream';
import { sendReply } from '../http/send-reply';

@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1/applications')
export class ApplicationsController {
  constructor(
    private readonly submit: SubmitApplication,
    private readonly show: ShowApplication,
    private readonly withdraw: WithdrawSteps,
    private readonly stream: CaseStream,
    @Inject(CASE_READS) private readonly reads: CaseReads,
  ) {}

  @Answers(201, FiledCaseShape, 'Filed')
  @Refuses('form_invalid', 'stillbirth', 'case_open', 'case_open_by_other_parent', 'cannot_file_now')
  @ApiOperation({ summary: 'Files one application; 201 with every step' })
  @Post()
  async file(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @ValidBody(ApplicationFormDto) form: ApplicationFormDto,
    @CurrentLocale() locale: Locale,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.submit.execute(caller, once, toForm(form), locale));
  }

  @Answers(200, CaseSummaryPageShape)
  @ApiOperation({ summary: 'The applicant’s own applications, newest first' })
  @Get()
  async list(
    @CurrentCaller() caller: Caller,
    @ValidQuery(PageQuery) { cursor, limit }: PageQuery,
  ): Promise<CaseSummaryPage> {
    const { items, nextCursor } = await this.reads.listOwn(caller.subject, cursor ?? null, limit);
    return { items: items.map((item) => ({ ...item, filedAt: iso(item.filedAt) })), nextCursor };
  }

  @Answers(200, CaseShape)
  @ApiOperation({ summary: 'One application with every step' })
  @Get(':id')
  one(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @CurrentLocale() locale: Locale,
  ): Promise<unknown> {
    return this.show.forApplicant(caller, id, locale);
  }

  @Answers(200, EventPageShape)
  @ApiOperation({ summary: 'The timeline' })
  @Get(':id/events')
  async events(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @ValidQuery(EventsQuery) { cursor, limit }: EventsQuery,
  ): Promise<unknown> {
    const items = await this.show.events(caller, id, cursor, limit);
    return { items, nextCursor: items.length === limit ? (items.at(-1)?.seq ?? null) : null };
  }

  @Streams(EventShape)
  @ApiOperation({ summary: 'The timeline live (SSE); Last-Event-ID resumes without a gap' })
  @Get(':id/stream')
  async live(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isOwner = await this.show.mustBeFamily(caller, id);
    await this.stream.open({ applicationId: id, isOwner }, lastSeqOf(lastEventId), reply);
  }

  @Answers(200, WithdrawnCaseShape)
  @Refuses('nothing_to_withdraw', 'cannot_withdraw_any_more')
  @ApiOperation({ summary: 'Withdraws all that can still be withdrawn' })
  @Post(':id/withdrawal')
  async withdrawAll(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @NoBody() _nothing: void,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer: Reply = await this.withdraw.all(caller, once, id);
    sendReply(reply, answer);
  }
}
