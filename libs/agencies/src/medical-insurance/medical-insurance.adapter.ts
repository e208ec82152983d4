import {
  type AgencyAdapter,
  type AgencyAnswer,
  AgencyContractBroken,
  AgencyUnavailable,
  type ExchangeSink,
  type ListedPage,
  type ListRange,
  OutcomeUnknown,
  type StepReference,
  type WithdrawalReason,
} from '@birth/application';
import { UNKNOWN_CODE } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyHttp } from '../kit/agency-http';
import { codeName, isFieldName } from '../kit/codes';
import { type KeyPair, SIGNING_KEYS } from '../kit/key-pair';
import { type EnvelopeKeys, openEnvelope, sealEnvelope } from '../kit/envelope';
import { toLocalText } from '../kit/local-time';
import type { Fields } from '../kit/parse';
import { MedicalInsuranceConfig } from './medical-insurance.config';
import {
  canBeAsked,
  identityOf,
  identityUpdateOf,
  INSURED_NOW,
  insuredBefore,
  insuredResults,
  MEDICAL_INSURANCE_SECTIONS,
  NOT_INSURED,
  type MedicalInsuranceRequest,
  preCheckAnswer,
  preCheckOf,
  registrationOf,
  toAnswer,
} from './medical-insurance.mapper';
import {
  ERROR_CODES,
  INSURED,
  type InsuredPerson,
  PRE_CHECKS,
  readPerson,
  readPreCheck,
  readState,
  readStates,
  type RegistrationState,
  STATES,
} from './medical-insurance.schema';

type Section = (typeof MEDICAL_INSURANCE_SECTIONS)[number];
type Way = { deadlineAt: number; evidence: ExchangeSink };

/** Numbers of their interface. */
const QUERY_PERSON = '1101';
const PRE_CHECK = '1901';
const SAVE = '2901';
const VERIFY = '1902';
const QUERY_REGISTRATION = '1903';
const LIST = '1904';
const UPDATE_IDENTITY = '2902';
const WITHDRAW = '2903';

/** 县医保局: envelope; query, pre-check, save, verify after the write. Saving twice registers twice (class B). */
@Injectable()
export class MedicalInsuranceAdapter implements AgencyAdapter<Section> {
  readonly agency = 'medical-insurance';
  readonly agencyClass = 'B';
  readonly channel = 'api';
  readonly codes = { rslt_stas: STATES, chk_code: PRE_CHECKS, psn_insu_stas: INSURED, infcode: ERROR_CODES };
  readonly sections = MEDICAL_INSURANCE_SECTIONS;
  private readonly http: AgencyHttp;
  private readonly keys: EnvelopeKeys;

  constructor(
    config: MedicalInsuranceConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SIGNING_KEYS) signing: KeyPair,
  ) {
    this.http = new AgencyHttp({ url: config.MEDICAL_INSURANCE_URL, caFile: config.MEDICAL_INSURANCE_CA_FILE }, clock);
    this.keys = {
      signing,
      owner: this.agency,
      sm4Key: config.MEDICAL_INSURANCE_SM4_KEY,
      encrypts: config.MEDICAL_INSURANCE_ENCRYPTS,
    };
  }

  async submit(request: MedicalInsuranceRequest): Promise<AgencyAnswer> {
    if (request.code === 'insurance_identity_update') {
      return toAnswer(readState(await this.call(UPDATE_IDENTITY, identityUpdateOf(request), request)), true);
    }
    const person = await this.queryPerson(request);
    if (person?.isInsured === true) return insuredBefore(person, request);
    if (request.mode === 'already_done') return NOT_INSURED;
    const preCheck = readPreCheck(await this.call(PRE_CHECK, preCheckOf(request), request));
    if (!preCheck.isEligible) return preCheckAnswer(preCheck);
    const saved = readState(await this.call(SAVE, registrationOf(request), request));
    return this.keptOrVerified(saved, request);
  }

  /** Done at a counter (policy P14): once there is a number to ask by. */
  async lookUp(request: MedicalInsuranceRequest): Promise<AgencyAnswer | 'not_found'> {
    if (!canBeAsked(request)) return 'not_found';
    const person = await this.queryPerson(request);
    return person?.isInsured === true ? insuredBefore(person, request) : 'not_found';
  }

  contentOf(request: MedicalInsuranceRequest): object {
    if (request.code === 'insurance_identity_update') return identityUpdateOf(request);
    return request.mode === 'already_done' ? identityOf(request) : registrationOf(request);
  }

  async check(reference: StepReference, deadlineAt: number): Promise<AgencyAnswer | 'not_found'> {
    const way = { deadlineAt, evidence: reference.evidence };
    const found = await this.call(QUERY_REGISTRATION, { bizsn: reference.key }, way);
    if (found.matching('found', /^[01]$/) === '0') return 'not_found';
    const state = readState(found);
    return reference.code === 'insurance_identity_update' ? toAnswer(state, true) : this.verified(state, way);
  }

  /** Every registration and update that changed in a time; a key that was saved twice has two. */
  async list({ from, until, after }: ListRange, way: Way): Promise<ListedPage> {
    const data = { begin: toLocalText(from), end: toLocalText(until + 999), after };
    const { states, next } = readStates(await this.call(LIST, data, way));
    const requests = states.map(({ bizsn, ...state }) => ({
      key: bizsn,
      answer: toAnswer(state, state.updDate !== null),
    }));
    return { requests, next };
  }

  async withdraw(
    { key, evidence }: StepReference,
    reason: WithdrawalReason,
    deadlineAt: number,
  ): Promise<AgencyAnswer> {
    const code = reason.code === 'applicant_withdrew' ? '1' : '2';
    return toAnswer(
      readState(await this.call(WITHDRAW, { bizsn: key, reason: code }, { deadlineAt, evidence })),
      false,
    );
  }

  /** Their receipt outlives a verification that fails: thrown away, the next attempt would save a second time. */
  private async keptOrVerified(saved: RegistrationState, way: Way): Promise<AgencyAnswer> {
    try {
      return await this.verified(saved, way);
    } catch (error) {
      if (isOfAgency(error)) return toAnswer(saved, false);
      throw error;
    }
  }

  /** Saved is not insured: only their own query afterwards says so. */
  private async verified(state: RegistrationState, way: Way): Promise<AgencyAnswer> {
    if (state.rsltStas !== '0' || state.psnNo === null) return toAnswer(state, false);
    const person = readPerson(await this.call(VERIFY, { psn_no: state.psnNo }, way));
    if (!person.isInsured) return toAnswer(state, false);
    return { kind: 'completed', receipt: state.regNo, code: INSURED_NOW, results: insuredResults(person) };
  }

  private async queryPerson(request: MedicalInsuranceRequest): Promise<InsuredPerson | null> {
    const output = await this.call(QUERY_PERSON, identityOf(request), request);
    const [person] = output.list('psninfo');
    return person === undefined ? null : readPerson(person);
  }

  private async call(infno: string, data: Record<string, unknown>, { deadlineAt, evidence }: Way): Promise<Fields> {
    const { msgid, keyId, body } = sealEnvelope(infno, data, this.keys, this.clock.now());
    const { text, signedBy } = await this.http.send({
      method: 'POST',
      path: '/fsi/api',
      keyId,
      headers: { 'content-type': 'application/json' },
      body,
      accepts: 'application/json',
      deadlineAt,
      evidence,
    });
    const { infcode, errMsg, output, keyId: signer } = openEnvelope(text, msgid, this.keys, this.clock.now());
    signedBy(signer);
    if (infcode !== '0') throw refusedCall(infcode, errMsg);
    return output;
  }
}

/** They name the field that they complain of in place of a message. */
function refusedCall(infcode: string, errMsg: string): AgencyContractBroken {
  const code = ERROR_CODES.includes(infcode) ? codeName('infcode', infcode) : UNKNOWN_CODE;
  return new AgencyContractBroken(`infcode ${infcode}`, isFieldName(errMsg) ? errMsg : 'infcode', code);
}

const isOfAgency = (error: unknown): boolean =>
  error instanceof AgencyUnavailable || error instanceof OutcomeUnknown || error instanceof AgencyContractBroken;
