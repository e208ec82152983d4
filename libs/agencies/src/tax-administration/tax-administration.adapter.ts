import type {
  AgencyAdapter,
  AgencyAnswer,
  AgencyMessage,
  ExchangeSink,
  ListedPage,
  ListRange,
  StepReference,
  WithdrawalReason,
} from '@birth/application';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyHttp } from '../kit/agency-http';
import { gatewayHeaders } from '../kit/gateway-signature';
import { readPage, rangeQuery } from '../kit/listed';
import { broken, readJson, readJsonBytes } from '../kit/parse';
import { TaxAdministrationConfig } from './tax-administration.config';
import {
  noticeRequest,
  TAX_ADMINISTRATION_SECTIONS,
  type TaxAdministrationRequest,
  toAnswer,
} from './tax-administration.mapper';
import { ERROR_CODES, ERRORS, readNotice, STATUS_CODES } from './tax-administration.schema';

type Section = (typeof TAX_ADMINISTRATION_SECTIONS)[number];
type ListWay = { deadlineAt: number; evidence: ExchangeSink };
const JSON_TYPE = 'application/json';
const NOTICES = '/social-premiums/notices';

/**
 * 县税务局: what is due of a person for a year is asked as a notice (应征凭证), the family pays it there, a signed message
 * tells of the payment; honours a key (class A). No money passes through here.
 */
@Injectable()
export class TaxAdministrationAdapter implements AgencyAdapter<Section> {
  readonly agency = 'tax-administration';
  readonly agencyClass = 'A';
  readonly channel = 'api';
  readonly codes = { statusCode: STATUS_CODES, code: ERROR_CODES };
  readonly sections = TAX_ADMINISTRATION_SECTIONS;
  private readonly http: AgencyHttp;

  constructor(
    private readonly config: TaxAdministrationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.http = new AgencyHttp(
      { url: config.TAX_ADMINISTRATION_URL, caFile: config.TAX_ADMINISTRATION_CA_FILE },
      clock,
      ERRORS,
    );
  }

  async submit(request: TaxAdministrationRequest): Promise<AgencyAnswer> {
    const { text } = await this.http.send({
      method: 'POST',
      path: NOTICES,
      headers: { ...this.headers(), 'idempotency-key': request.key },
      body: JSON.stringify(noticeRequest(request)),
      accepts: JSON_TYPE,
      deadlineAt: request.deadlineAt,
      evidence: request.evidence,
    });
    return toAnswer(readNotice(readJson(text)));
  }

  async check({ key, evidence }: StepReference, deadlineAt: number): Promise<AgencyAnswer | 'not_found'> {
    const { status, text } = await this.http.send({
      method: 'GET',
      path: `${NOTICES}/${key}`,
      headers: this.headers(),
      accepts: JSON_TYPE,
      deadlineAt,
      evidence,
      understands: [404],
    });
    const fields = readJson(text);
    if (status !== 404) return toAnswer(readNotice(fields));
    if (fields.text('code') !== '4004') throw broken('code');
    return 'not_found';
  }

  /** All notices that changed in a time. */
  async list(range: ListRange, { deadlineAt, evidence }: ListWay): Promise<ListedPage> {
    const { text } = await this.http.send({
      method: 'GET',
      path: NOTICES,
      query: rangeQuery(range),
      headers: this.headers(),
      accepts: JSON_TYPE,
      deadlineAt,
      evidence,
    });
    return readPage(readJson(text), (item) => {
      const notice = readNotice(item);
      return { key: notice.idempotencyKey, answer: toAnswer(notice) };
    });
  }

  async withdraw(
    { key, evidence }: StepReference,
    reason: WithdrawalReason,
    deadlineAt: number,
  ): Promise<AgencyAnswer> {
    const { text } = await this.http.send({
      method: 'POST',
      path: `${NOTICES}/${key}/cancellation`,
      headers: this.headers(),
      body: JSON.stringify({ reasonCode: reason.code === 'applicant_withdrew' ? '1' : '2' }),
      accepts: JSON_TYPE,
      deadlineAt,
      evidence,
    });
    return toAnswer(readNotice(readJson(text)));
  }

  readMessage(body: Buffer): AgencyMessage {
    const fields = readJsonBytes(body);
    const notice = readNotice(fields);
    return {
      messageId: fields.matching('messageId', /^.{1,100}$/su),
      reference: { key: notice.idempotencyKey },
      answer: toAnswer(notice),
    };
  }

  private headers(): Record<string, string> {
    const { TAX_ADMINISTRATION_PAASID: paasId, TAX_ADMINISTRATION_TOKEN: token } = this.config;
    return gatewayHeaders({ paasId, token }, this.clock.now());
  }
}
