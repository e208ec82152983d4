import { type AgencyAdapter, type AgencyAnswer, AgencyContractBroken, findSeeds, loadCounty } from '@birth/application';
import { type AgencyCode, AgencyCodes, ANSWERS_OF, type RawAgencyCodes, UNKNOWN_CODE, AGENCIES } from '@birth/domain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCodes } from '../agency-registry';
import { DiseaseControlAdapter } from '../disease-control/disease-control.adapter';
import type { DiseaseControlConfig } from '../disease-control/disease-control.config';
import { toAnswer as ofDiseaseControl } from '../disease-control/disease-control.mapper';
import { ERRORS as DISEASE_ERRORS, readReply } from '../disease-control/disease-control.schema';
import { HealthCommissionAdapter } from '../health-commission/health-commission.adapter';
import type { HealthCommissionConfig } from '../health-commission/health-commission.config';
import { toAnswer as ofHealth } from '../health-commission/health-commission.mapper';
import { ERRORS as HEALTH_ERRORS, readProgress } from '../health-commission/health-commission.schema';
import { HumanResourcesAdapter } from '../human-resources/human-resources.adapter';
import { toAnswer as ofHumanResources } from '../human-resources/human-resources.mapper';
import { ERRORS as CARD_ERRORS, readCard } from '../human-resources/human-resources.schema';
import { MedicalInsuranceAdapter } from '../medical-insurance/medical-insurance.adapter';
import type { MedicalInsuranceConfig } from '../medical-insurance/medical-insurance.config';
import { NOT_INSURED, preCheckAnswer, toAnswer as ofInsurance } from '../medical-insurance/medical-insurance.mapper';
import { readPreCheck, readState } from '../medical-insurance/medical-insurance.schema';
import { PublicSecurityAdapter } from '../public-security/public-security.adapter';
import { toAnswer as ofPolice } from '../public-security/public-security.mapper';
import { ERRORS as POLICE_ERRORS, readRow } from '../public-security/public-security.schema';
import { TaxAdministrationAdapter } from '../tax-administration/tax-administration.adapter';
import type { TaxAdministrationConfig } from '../tax-administration/tax-administration.config';
import { toAnswer as ofTax } from '../tax-administration/tax-administration.mapper';
import { ERRORS as TAX_ERRORS, readNotice } from '../tax-administration/tax-administration.schema';
import { type ErrorFormat, errorOf } from './codes';
import { keyPair } from './keys.spec-support';
import { Fields } from './parse';
import { REFUSAL, requestOf } from './requests.spec-support';

const URL = 'http://127.0.0.1:9';
const clock = { now: () => 0 };
const ADAPTERS: readonly AgencyAdapter[] = [
  new HealthCommissionAdapter({ HEALTH_COMMISSION_URL: URL } as HealthCommissionConfig, clock),
  new DiseaseControlAdapter({ DISEASE_CONTROL_URL: URL } as DiseaseControlConfig, clock),
  new PublicSecurityAdapter({ PUBLIC_SECURITY_URL: URL, PUBLIC_SECURITY_SIGNED_REPLIES: true }, clock, keyPair([], [])),
  new MedicalInsuranceAdapter({ MEDICAL_INSURANCE_URL: URL } as MedicalInsuranceConfig, clock, keyPair([], [])),
  new HumanResourcesAdapter({ HUMAN_RESOURCES_URL: URL }, clock),
  new TaxAdministrationAdapter({ TAX_ADMINISTRATION_URL: URL } as TaxAdministrationConfig, clock),
];
const { agencyCodes } = loadCounty();
const raw = AGENCIES.map((agency) => {
  const file = join(findSeeds(), 'agencies', agency, 'errors.json');
  return JSON.parse(readFileSync(file, 'utf8')) as RawAgencyCodes;
});
const changed = (agency: AgencyCode, change: (codes: RawAgencyCodes['codes']) => RawAgencyCodes['codes']) =>
  new AgencyCodes(raw.map((one) => (one.agency === agency ? { ...one, codes: change(one.codes) } : one)));

const STATED = { occurredAt: '2026-11-02T16:30:00.123+08:00', sequence: 1, text: '说明', items: [], until: null };
const CERTIFICATE = {
  certificateNumber: 'Z500012345',
  issueDate: '2026-11-02',
  issuer: '云阳县人民医院',
  newbornName: '李安',
};
const PAYMENT = {
  paidAt: '2026-11-02T16:30:00+08:00',
  voucherNo: 'V1',
  coverFrom: '2026-11-02',
  coverTo: '2026-12-31',
};
const RECORD = {
  childCode: 'C1',
  bookNo: 'B1',
  unitName: '门诊',
  childName: '李安',
  sexCode: '2',
  birthTime: '2026-11-02 08:30:00',
};
const REGISTERED = {
  gmsfhm: '500235202611020022',
  xm: '李安',
  hh: '1',
  zzdz: '址',
  pcsmc: '派出所',
  djrq: '20261104',
  jjyy: '不符',
  flyj: '条例',
  wsbh: '1号',
  bljg: '公安局',
  jjtj: '复议',
};
const INSURED = {
  reg_no: 'R',
  seq: 1,
  stas_time: '2026-11-02 16:30:00',
  psn_no: '1',
  insu_admdvs: '500235',
  crt_insu_date: '2026-11-02',
  err_fields: [],
  rslt_msg: '说明',
  refusal: { ...REFUSAL, legal_basis: '条例', doc_no: '1号' },
};

const row = (columns: object) =>
  ofPolice(
    readRow(
      new Fields({ ywlsh: 'R', xh: 1, gxsj: '20261102163000', cwxx: '说明', cwzd: [], ...REGISTERED, ...columns }),
    ),
  );
/** What an agency's message with one code becomes; a field that is not here brings no answer of its own. */
const HEARD: Partial<Record<AgencyCode, Record<string, (code: string) => AgencyAnswer | 'not_found'>>> = {
  'health-commission': {
    statusCode: (statusCode) =>
      ofHealth(
        readProgress(
          new Fields({
            ...STATED,
            idempotencyKey: 'k',
            receipt: 'R',
            statusCode,
            certificate: CERTIFICATE,
            refusal: REFUSAL,
          }),
        ),
      ),
  },
  'disease-control': {
    resultCode: (resultCode) =>
      ofDiseaseControl(
        readReply(
          new Fields({
            resultCode,
            resultMsg: '说明',
            resultTime: '2026-11-02 16:30:00',
            record: RECORD,
            errorFields: [],
            refusal: REFUSAL,
          }),
        ),
        requestOf(),
      ),
  },
  'public-security': {
    flag: (flag) => row({ flag }),
    zzzt: (zzzt) => row({ flag: '0', zzzt }),
    tscx: (tscx) => row({ flag: '0', tscx }),
    cxzt: (cxzt) => row({ flag: '0', cxzt }),
  },
  'medical-insurance': {
    rslt_stas: (rslt_stas) => ofInsurance(readState(new Fields({ ...INSURED, rslt_stas })), false),
    chk_code: (chk_code) => preCheckAnswer(readPreCheck(new Fields({ chk_rslt: '0', chk_code, chk_msg: '' }))),
  },
  'human-resources': {
    progress: (progress) =>
      ofHumanResources(
        readCard(
          new Fields({
            head: { resultCode: '0' },
            body: {
              recordNo: 'R',
              batchNo: 'B',
              seq: '1',
              updateTime: '20261102163000',
              progress,
              text: '说明',
              errorFields: { field: [] },
              refusal: { ...REFUSAL, documentNo: '1号' },
            },
          }),
        ),
      ),
  },
  'tax-administration': {
    statusCode: (statusCode) =>
      ofTax(
        readNotice(
          new Fields({
            ...STATED,
            idempotencyKey: 'k',
            noticeNo: 'N',
            feeYear: '2026',
            statusCode,
            amount: statusCode === '80' ? 0 : 100,
            payment: PAYMENT,
            refusal: REFUSAL,
          }),
        ),
      ),
  },
};
const SENT = ADAPTERS.flatMap(({ agency, codes = {} }) =>
  Object.entries(HEARD[agency] ?? {}).flatMap(([field, hear]) =>
    codes[field]!.map((code) => [agency, field, code, hear] as const),
  ),
);

describe('the codes of the agencies’ wires', () => {
  it.each(SENT)('%s: %s=%s brings an answer of its class', (agency, field, code, hear) => {
    const answer = hear(code);
    const { class: ofClass } = agencyCodes.find(agency, `${field}=${code}`)!;
    if (answer === 'not_found') return expect(ofClass).toBe('technical');
    expect(answer.code).toBe(`${field}=${code}`);
    expect(ANSWERS_OF[ofClass]).toContain(answer.kind);
  });

  it('what a query says that the family is not insured has its words and fields in the dictionary', () => {
    const { class: ofClass, fields } = agencyCodes.find('medical-insurance', NOT_INSURED.code!)!;
    expect(ANSWERS_OF[ofClass]).toContain(NOT_INSURED.kind);
    expect(fields).toContain('/existing/insuredAlready');
  });

  it('have each their entry, and no entry stands for a code that nobody sends', () => {
    expect(() => checkCodes(ADAPTERS, agencyCodes)).not.toThrow();
  });

  it.each(SENT)('%s: the platform does not start without an entry for %s=%s', (agency, field, code) => {
    const without = changed(agency, (all) => all.filter((one) => one.field !== field || one.code !== code));
    expect(() => checkCodes(ADAPTERS, without)).toThrow(`${agency} has no meaning for ${field}=${code}`);
  });

  it('nor with one for a code of no wire', () => {
    const more = changed('public-security', (all) => [...all, { ...all[0]!, code: '9' }]);
    expect(() => checkCodes(ADAPTERS, more)).toThrow('public-security never sends flag=9');
  });

  it.each(SENT.filter(([, , , hear], index) => SENT.findIndex(([, , , other]) => other === hear) === index))(
    '%s: a code of %s that was never agreed is nobody’s guess',
    (_agency, field, _code, hear) => {
      const error = thrownBy(() => hear('77'));
      expect(error).toBeInstanceOf(AgencyContractBroken);
      expect(error).toMatchObject({ field, code: UNKNOWN_CODE });
    },
  );
});

function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe('an agency’s own error', () => {
  const xml = (code: string, field: string) =>
    `<response><head><resultCode>${code}</resultCode><resultMsg>x</resultMsg><field>${field}</field></head></response>`;
  it.each<[string, ErrorFormat, string, { field: string; code: string }]>([
    ['health', HEALTH_ERRORS, '{"code":"1003","field":"newborn.name"}', { field: 'newborn.name', code: 'code=1003' }],
    ['disease control', DISEASE_ERRORS, '{"code":"1102","field":"x"}', { field: 'x', code: 'code=1102' }],
    ['police', POLICE_ERRORS, '{"cwdm":"E403","cwzd":["xm"]}', { field: 'xm', code: 'cwdm=E403' }],
    ['cards', CARD_ERRORS, xml('E203', 'AAC003'), { field: 'AAC003', code: 'resultCode=E203' }],
    ['tax', TAX_ERRORS, '{"code":"3001"}', { field: 'code', code: 'code=3001' }],
    ['a code of no agreement', TAX_ERRORS, '{"code":"9999"}', { field: 'code', code: UNKNOWN_CODE }],
    ['a value in place of a name', TAX_ERRORS, '{"code":"1003","field":"李安"}', { field: 'code', code: 'code=1003' }],
  ])('of %s is named by code and field, never by a value', (_name, format, text, expected) => {
    expect(errorOf(format, text, 'HTTP 400')).toMatchObject(expected);
  });

  it.each(['', '<html>', '[]', '{}', '{"code":7}'])('%j is none', (text) => {
    expect(errorOf(HEALTH_ERRORS, text, 'HTTP 400')).toBeNull();
    expect(errorOf(CARD_ERRORS, text, 'HTTP 400')).toBeNull();
  });
});
