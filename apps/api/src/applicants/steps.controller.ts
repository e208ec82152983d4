import {
  AnswerCorrection,
  type Caller,
  CorrectedCaseShape,
  CorrectionPreviewShape,
  DecideName,
  DemandReportedShape,
  NamedCaseShape,
  type Once,
  PreviewCorrection,
  Reapply,
  ReportDemand,
  ReportDeath,
  ReportResult,
  SwitchBasis,
  TrackedCaseShape,
  WithdrawnCaseShape,
  WithdrawSteps,
} from '@birth/application';
import { Controller, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { DemandReportDto } from '../forms/demand.dto';
import { BasisDto, CorrectionDto, NameChoiceDto, ReportedFactsDto } from '../forms/requests.dto';
import { newbornIndexOf } from '../forms/newborn-index';
import { IdParam } from '../forms/uuid-param';
import { NoBody, ValidBody } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { CurrentOnce } from '../http/once';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';

const STEP = 'applications/:id/steps/:stepId';

@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1')
export class StepsController {
  constructor(
    private readonly correction: AnswerCorrection,
    private readonly preview: PreviewCorrection,
    private readonly withdraw: WithdrawSteps,
    private readonly report: ReportResult,
    private readonly again: Reapply,
    private readonly name: DecideName,
    private readonly demands: ReportDemand,
    private readonly death: ReportDeath,
    private readonly basis: SwitchBasis,
  ) {}

  @Answers(200, CorrectionPreviewShape)
  @Refuses('no_correction_asked', 'withdrawal_under_way', 'form_invalid')
  @ApiOperation({ summary: 'What a correction would do to every step, before it is sent; nothing is kept' })
  @HttpCode(200)
  @Post(`${STEP}/correction-previews`)
  previewCorrection(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(CorrectionDto) { fields }: CorrectionDto,
  ): Promise<unknown> {
    return this.preview.execute(caller, { applicationId: id, stepId }, fields);
  }

  @Answers(200, CorrectedCaseShape)
  @Refuses('no_correction_asked', 'withdrawal_under_way', 'form_invalid')
  @ApiOperation({ summary: 'Answers a correction; only the asked fields' })
  @Post(`${STEP}/corrections`)
  async correct(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(CorrectionDto) { fields }: CorrectionDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.correction.execute(caller, once, { applicationId: id, stepId }, fields));
  }

  @Answers(200, WithdrawnCaseShape)
  @Refuses('cannot_withdraw_any_more', 'withdrawal_already_requested')
  @ApiOperation({ summary: 'Withdraws one step' })
  @Post(`${STEP}/withdrawal`)
  async withdrawOne(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('stepId', IdParam) stepId: string,
    @NoBody() _nothing: void,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.withdraw.one(caller, once, { applicationId: id, stepId }));
  }

  @Answers(200, TrackedCaseShape)
  @Refuses('step_has_ended', 'service_stopped', 'form_invalid')
  @ApiOperation({
    summary:
      'Done at the counter meanwhile; sending stops at once, the agency’s register or its office is asked, a clerk compares besides',
  })
  @Post(`${STEP}/done-elsewhere`)
  async doneElsewhere(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(ReportedFactsDto) facts: ReportedFactsDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.report.doneElsewhere(caller, once, { applicationId: id, stepId }, { ...facts }));
  }

  @Answers(200, TrackedCaseShape)
  @Refuses('no_external_result_expected', 'form_invalid')
  @ApiOperation({ summary: 'The result of a registration elsewhere' })
  @Post(`${STEP}/external-results`)
  async externalResult(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(ReportedFactsDto) facts: ReportedFactsDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.report.externalResult(caller, once, { applicationId: id, stepId }, { ...facts }));
  }

  @Answers(200, DemandReportedShape)
  @Refuses('step_has_ended')
  @ApiOperation({ summary: 'Tells the county coordinator that an office asked for a paper that is not needed' })
  @Post(`${STEP}/demand-reports`)
  async reportDemand(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(DemandReportDto) told: DemandReportDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.demands.execute(caller, once, { applicationId: id, stepId }, { ...told }));
  }

  @Answers(200, TrackedCaseShape)
  @Refuses('not_rejected', 'service_stopped', 'case_open', 'case_open_by_other_parent', 'cannot_file_now')
  @ApiOperation({ summary: 'Again after a refusal' })
  @Post(`${STEP}/reapplications`)
  async reapply(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('stepId', IdParam) stepId: string,
    @NoBody() _nothing: void,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.again.execute(caller, once, { applicationId: id, stepId }));
  }

  @Answers(200, TrackedCaseShape)
  @Refuses('basis_cannot_change_now')
  @ApiOperation({ summary: 'Insurance on the birth certificate instead of the ID number, or back, while it waits' })
  @Post(`${STEP}/basis-switches`)
  async switchBasis(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(BasisDto) { basis }: BasisDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.basis.execute(caller, once, { applicationId: id, stepId }, basis));
  }

  @Answers(200, NamedCaseShape)
  @Refuses('name_already_decided', 'form_invalid')
  @ApiOperation({ summary: 'The name decided later; once, until the certificate is sent' })
  @Put('applications/:id/newborns/:index/name')
  async decideName(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('index') index: string,
    @ValidBody(NameChoiceDto) name: NameChoiceDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = { applicationId: id, newbornIndex: newbornIndexOf(index) };
    sendReply(reply, await this.name.execute(caller, once, of, { ...name }));
  }

  @Answers(200, TrackedCaseShape)
  @ApiOperation({
    summary: 'A parent tells of a newborn’s death; nothing more is asked, what has no use stops, other newborns go on',
  })
  @Post('applications/:id/newborns/:index/death')
  async reportDeath(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @Param('index') index: string,
    @NoBody() _nothing: void,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = { applicationId: id, newbornIndex: newbornIndexOf(index) };
    sendReply(reply, await this.death.execute(caller, once, of));
  }
}
