import {
  FiledCaseShape,
  GOVERNMENT_PORTAL,
  KeepRefused,
  type RawMessage,
  ReceivePortalFiling,
  type Reply,
} from '@birth/application';
import type { ApplicationForm } from '@birth/domain';
import { validObject } from '@birth/platform';
import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiConfig } from '../api.config';
import { Answers, Refuses } from '../documents/contract-notes';
import { ApplicationFormDto, toForm } from '../forms/application-form.dto';
import { UNREADABLE_JSON } from '../forms/valid-body';
import { type BirthRequest, subjectOf } from '../http/authenticated';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';
import { SignedRequest, written } from './signed-request';

const readForm = (form: unknown): ApplicationForm => toForm(validObject(ApplicationFormDto, form));

/** The city's portal (政务服务平台), the other front door. */
@ApiTags('agencies')
@ApiSecurity('signature')
@Policy('signed')
@Controller('agency/v1/portal')
export class PortalController {
  constructor(
    private readonly signed: SignedRequest,
    private readonly filings: ReceivePortalFiling,
    private readonly refusals: KeepRefused,
    private readonly config: ApiConfig,
  ) {}

  @written('government-portal')
  @Answers(201, FiledCaseShape, 'Filed')
  @Refuses('signature_invalid', 'bad_message', 'body_too_large', 'form_invalid', 'stillbirth', 'case_open')
  @Refuses('case_open_by_other_parent', 'idempotency_key_reused', 'bad_file', 'file_damaged', 'file_encrypted')
  @Refuses('unavailable', ...UNREADABLE_JSON)
  @ApiOperation({ summary: 'One application that a family filed at the city’s portal; once by the portal’s number' })
  @Post('applications')
  async file(@Req() request: BirthRequest, @Res() reply: FastifyReply): Promise<void> {
    const raw = this.signed.of(request);
    sendReply(reply, await this.refusals.around('portal', GOVERNMENT_PORTAL, raw, () => this.take(raw)));
  }

  private take(raw: RawMessage): Promise<Reply> {
    const { TOKEN_ISSUER: iss } = this.config;
    return this.filings.execute(raw, { readForm, subjectOf: (sub) => subjectOf({ iss, sub }) });
  }
}
