import type {
  AgencyAdapter,
  AgencyAnswer,
  AgencyMessage,
  ExchangeSink,
  Licence,
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
import { readJson, readJsonBytes } from '../kit/parse';
import { HealthCommissionConfig } from './health-commission.config';
import {
  HEALTH_COMMISSION_SECTIONS,
  type HealthCommissionRequest,
  issueRequest,
  toAnswer,
  verificationRequest,
} from './health-commission.mapper';
import { ERROR_CODES, ERRORS, readProgress, STATUS_CODES } from './health-commission.schema';

type Section = (typeof HEALTH_COMMISSION_SECTIONS)[number];
type ListWay = { deadlineAt: number; evidence: ExchangeSink };
const JSON_TYPE = 'application/json';
const LICENCE_TYPE = 'application/pdf';
const ISSUE = '/gateway/birth-certificates';
const VERIFY = '/gateway/certificate-verifications';

/** 县卫生健康委: JSON through the gateway, result by signed callback; honours a key (class A). */
@Injectable()
export class HealthCommissionAdapter implements AgencyAdapter<Section> {
  readonly agency = 'health-commission';
  readonly agencyClass = 'A';
  readonly channel = 'api';
  readonly codes = { statusCode: STATUS_CODES, code: ERROR_CODES };
  readonly sections = HEALTH_COMMISSION_SECTIONS;
  private readonly http: AgencyHttp;

  constructor(
    private readonly config: HealthCommissionConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.http = new AgencyHttp(
      { url: config.HEALTH_COMMISSION_URL, caFile: config.HEALTH_COMMISSION_CA_FILE },
      clock,
      ERRORS,
    );
  }

  async submit(request: HealthCommissionRequest): Promise<AgencyAnswer> {
    const isVerification = request.mode === 'verify';
    const body = JSON.stringify(this.contentOf(request));
    const { text } = await this.http.send({
      method: 'POST',
      path: isVerification ? VERIFY : ISSUE,
      headers: { ...this.headers(), 'idempotency-key': request.key },
      body,
      accepts: JSON_TYPE,
      deadlineAt: request.deadlineAt,
      evidence: request.evidence,
    });
    return toAnswer(readProgress(readJson(text)));
  }

  contentOf(request: HealthCommissionRequest): object {
    return request.mode === 'verify' ? verificationRequest(request) : issueRequest(request);
  }

  async check({ key, evidence }: StepReference, deadlineAt: number): Promise<AgencyAnswer | 'not_found'> {
    const path = `${ISSUE}/${key}`;
    const headers = this.headers();
    const call = {
      method: 'GET',
      path,
      headers,
      accepts: JSON_TYPE,
      deadlineAt,
      evidence,
      understands: [404],
    } as const;
    const { status, text } = await this.http.send(call);
    const fields = readJson(text);
    if (status === 404) {
      fields.matching('code', /^4004$/);
      return 'not_found';
    }
    return toAnswer(readProgress(fields));
  }

  /** All that changed in a time, whichever of the two calls it came by. */
  async list(range: ListRange, { deadlineAt, evidence }: ListWay): Promise<ListedPage> {
    const { text } = await this.http.send({
      method: 'GET',
      path: ISSUE,
      query: rangeQuery(range),
      headers: this.headers(),
      accepts: JSON_TYPE,
      deadlineAt,
      evidence,
    });
    return readPage(readJson(text), (item) => {
      const progress = readProgress(item);
      return { key: progress.idempotencyKey, answer: toAnswer(progress) };
    });
  }

  /** The electronic birth certificate, as the register holds it. */
  async licence({ key, evidence }: StepReference, deadlineAt: number): Promise<Licence | 'not_found'> {
    const { status, bytes } = await this.http.fetchFile({
      method: 'GET',
      path: `${ISSUE}/${key}/licence`,
      headers: this.headers(),
      accepts: LICENCE_TYPE,
      deadlineAt,
      evidence,
      understands: [404],
    });
    return status === 404 ? 'not_found' : { mediaType: LICENCE_TYPE, bytes };
  }

  async withdraw(
    { key, evidence }: StepReference,
    reason: WithdrawalReason,
    deadlineAt: number,
  ): Promise<AgencyAnswer> {
    const { text } = await this.http.send({
      method: 'POST',
      path: `${ISSUE}/${key}/withdrawal`,
      headers: this.headers(),
      body: JSON.stringify({ reasonCode: reason.code === 'applicant_withdrew' ? '1' : '2' }),
      accepts: JSON_TYPE,
      deadlineAt,
      evidence,
    });
    return toAnswer(readProgress(readJson(text)));
  }

  readMessage(body: Buffer): AgencyMessage {
    const fields = readJsonBytes(body);
    const progress = readProgress(fields);
    return {
      messageId: fields.matching('messageId', /^.{1,100}$/su),
      reference: { key: progress.idempotencyKey },
      answer: toAnswer(progress),
    };
  }

  private headers(): Record<string, string> {
    const { HEALTH_COMMISSION_PAASID: paasId, HEALTH_COMMISSION_TOKEN: token } = this.config;
    return gatewayHeaders({ paasId, token }, this.clock.now());
  }
}
