import {
  type Caller,
  type Locale,
  type Once,
  PaperTrailsShape,
  ReportPaper,
  ShowPapers,
  TrackedCaseShape,
} from '@birth/application';
import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { PaperToldDto } from '../forms/papers.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { CurrentLocale } from '../http/locale';
import { CurrentOnce } from '../http/once';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';

@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1/applications/:id/papers')
export class PapersController {
  constructor(
    private readonly show: ShowPapers,
    private readonly report: ReportPaper,
  ) {}

  @Answers(200, PaperTrailsShape)
  @ApiOperation({ summary: 'The whole way of each paper, with waybills; for who filed alone' })
  @Get()
  trails(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @CurrentLocale() locale: Locale,
  ): Promise<unknown> {
    return this.show.forApplicant(caller, id, locale);
  }

  @Answers(200, TrackedCaseShape)
  @Refuses(
    'paper_elsewhere',
    'paper_on_its_way',
    'paper_not_posted',
    'paper_not_ready',
    'paper_arrived',
    'paper_is_lost',
    'waybill_missing',
  )
  @ApiOperation({ summary: 'The family has handed over, posted, received or lost a paper' })
  @Post(':paperId/events')
  async tell(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('paperId', IdParam) paperId: string,
    @ValidBody(PaperToldDto) told: PaperToldDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.report.execute(caller, once, { applicationId: id, paperId }, { ...told }));
  }
}
