import type {
  AgencyAdapter,
  AgencyAnswer,
  ExchangeSink,
  ListedPage,
  ListRange,
  StepReference,
  WithdrawalReason,
} from '@birth/application';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyHttp } from '../kit/agency-http';
import { codeName } from '../kit/codes';
import { HttpMessageSigner } from '../kit/http-message-signer';
import { type KeyPair, SIGNING_KEYS } from '../kit/key-pair';
import { readTime, toDigits } from '../kit/local-time';
import { Fields, readJson } from '../kit/parse';
import { PublicSecurityConfig } from './public-security.config';
import {
  checkRequest,
  PUBLIC_SECURITY_SECTIONS,
  type PublicSecurityRequest,
  registration,
  rowOf,
  toAnswer,
} from './public-security.mapper';
import {
  CHECKS,
  ERROR_CODES,
  ERRORS,
  FLAGS,
  PAPER,
  PROCEDURES,
  readCheck,
  readRegistered,
  readRow,
  WITHDRAWALS,
} from './public-security.schema';

type Section = (typeof PUBLIC_SECURITY_SECTIONS)[number];
type ListWay = { deadlineAt: number; evidence: ExchangeSink };
const JSON_TYPE = 'application/json';
const TABLE = '/exchange/zzj_csdj';

/** 县公安局: a row in the exchange table, signed both ways, polled; waits for the paper copy; unique record id (class A). */
@Injectable()
export class PublicSecurityAdapter implements AgencyAdapter<Section> {
  readonly agency = 'public-security';
  readonly agencyClass = 'A';
  readonly channel = 'api';
  readonly codes = {
    flag: FLAGS,
    zzzt: PAPER,
    tscx: PROCEDURES,
    cxzt: WITHDRAWALS,
    hcjg: CHECKS,
    cwdm: ERROR_CODES,
  };
  readonly sections = PUBLIC_SECURITY_SECTIONS;
  private readonly http: AgencyHttp;

  constructor(config: PublicSecurityConfig, @Inject(CLOCK) clock: Clock, @Inject(SIGNING_KEYS) keys: KeyPair) {
    const { PUBLIC_SECURITY_URL: url, PUBLIC_SECURITY_CA_FILE: caFile } = config;
    const { PUBLIC_SECURITY_SIGNED_REPLIES: repliesAreSigned } = config;
    const profile = { keys, owner: this.agency, algorithm: 'ecdsa-p256-sha256', repliesAreSigned } as const;
    this.http = new AgencyHttp({ url, caFile }, clock, ERRORS, new HttpMessageSigner(profile, () => clock.now()));
  }

  async submit(request: PublicSecurityRequest): Promise<AgencyAnswer> {
    if (request.mode === 'already_done') return this.checkPopulation(request);
    const { text } = await this.http.send({
      method: 'PUT',
      path: `${TABLE}/${request.key}`,
      headers: { 'content-type': JSON_TYPE },
      body: JSON.stringify(rowOf(request)),
      accepts: JSON_TYPE,
      deadlineAt: request.deadlineAt,
      evidence: request.evidence,
    });
    return toAnswer(readRow(readJson(text)));
  }

  contentOf(request: PublicSecurityRequest): object {
    return request.mode === 'already_done' ? checkRequest(request) : rowOf(request);
  }

  async check({ key, evidence }: StepReference, deadlineAt: number): Promise<AgencyAnswer | 'not_found'> {
    const path = `${TABLE}/${key}`;
    const call = { method: 'GET', path, accepts: JSON_TYPE, deadlineAt, evidence, understands: [404] } as const;
    const { status, text } = await this.http.send(call);
    const fields = readJson(text);
    if (status === 404) {
      fields.matching('cwdm', /^E404$/);
      return 'not_found';
    }
    return toAnswer(readRow(fields));
  }

  /** Rows of the table that changed in a time (gxsj). */
  async list({ from, until, after }: ListRange, { deadlineAt, evidence }: ListWay): Promise<ListedPage> {
    const range = { kssj: toDigits(from), jssj: toDigits(until + 999) };
    const { text } = await this.http.send({
      method: 'GET',
      path: TABLE,
      query: { ...range, ...(after === null ? {} : { xyy: after }) },
      accepts: JSON_TYPE,
      deadlineAt,
      evidence,
    });
    const page = readJson(text);
    const requests = page
      .list('rows')
      .map((row) => ({ key: row.textOrNull('postid'), answer: toAnswer(readRow(row)) }));
    return { requests, next: page.textOrNull('xyy') };
  }

  async withdraw(
    { key, evidence }: StepReference,
    reason: WithdrawalReason,
    deadlineAt: number,
  ): Promise<AgencyAnswer> {
    const { text } = await this.http.send({
      method: 'POST',
      path: `${TABLE}/${key}/cx`,
      headers: { 'content-type': JSON_TYPE },
      body: JSON.stringify({ cxyy: reason.code === 'applicant_withdrew' ? '1' : '2' }),
      accepts: JSON_TYPE,
      deadlineAt,
      evidence,
    });
    return toAnswer(readRow(readJson(text)));
  }

  /** Done at a counter (policy P14): by the number that the family was given there. */
  async lookUp(request: PublicSecurityRequest): Promise<AgencyAnswer | 'not_found'> {
    const { birth, existing, name } = request.sections;
    if (birth === null || name === null || existing.residentIdNumber === null) return 'not_found';
    const { hcjg, code, answer } = await this.populationOf(request);
    if (hcjg === '0') return 'not_found';
    if (hcjg === '2') return { kind: 'completed', code, results: {}, differs: ['resident_id_number'] };
    return answer();
  }

  /** Household done before: the number that the family gave is compared with the population register (policy P4). */
  private async checkPopulation(request: PublicSecurityRequest): Promise<AgencyAnswer> {
    const { hcjg, occurredAt, code, answer } = await this.populationOf(request);
    return hcjg === '1' ? answer() : { kind: 'correction_needed', occurredAt, code, fields: [], text: '' };
  }

  private async populationOf(request: PublicSecurityRequest) {
    const body = checkRequest(request);
    const { text } = await this.http.send({
      method: 'POST',
      path: '/exchange/rkhc',
      headers: { 'content-type': JSON_TYPE },
      body: JSON.stringify(body),
      accepts: JSON_TYPE,
      deadlineAt: request.deadlineAt,
      evidence: request.evidence,
    });
    const fields = readJson(text);
    const { hcjg, gxsj } = readCheck(fields);
    const occurredAt = readTime(gxsj, 'gxsj');
    const code = codeName('hcjg', hcjg);
    const answer = (): AgencyAnswer => {
      const registered = readRegistered(new Fields({ ...(JSON.parse(text) as object), gmsfhm: body.gmsfhm }));
      return { kind: 'completed', occurredAt, code, results: registration(registered) };
    };
    return { hcjg, occurredAt, code, answer };
  }
}
