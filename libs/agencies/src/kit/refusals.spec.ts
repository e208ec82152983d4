import { type AgencyAnswer, AgencyContractBroken } from '@birth/application';
import { AGENCIES as CODES } from '@birth/domain';
import { toAnswer as ofDiseaseControl } from '../disease-control/disease-control.mapper';
import { readReply } from '../disease-control/disease-control.schema';
import { toAnswer as ofHealth } from '../health-commission/health-commission.mapper';
import { readProgress } from '../health-commission/health-commission.schema';
import { toAnswer as ofHumanResources } from '../human-resources/human-resources.mapper';
import { readCard } from '../human-resources/human-resources.schema';
import { toAnswer as ofInsurance } from '../medical-insurance/medical-insurance.mapper';
import { readState } from '../medical-insurance/medical-insurance.schema';
import { toAnswer as ofPolice } from '../public-security/public-security.mapper';
import { readRow } from '../public-security/public-security.schema';
import { toAnswer as ofTaxes } from '../tax-administration/tax-administration.mapper';
import { readNotice } from '../tax-administration/tax-administration.schema';
import { Fields } from './parse';
import { REFUSAL, requestOf } from './requests.spec-support';

interface Refusing {
  /** The agency's own names, in the order of REFUSAL's. */
  names: string;
  answer: (refusal: Record<string, unknown>) => AgencyAnswer | 'not_found';
}

const read = (value: object) => new Fields(value);
/** Written from the wires: how each agency says no. */
const AGENCIES: Readonly<Record<string, Refusing>> = {
  'health-commission': {
    names: 'reason legalBasis documentNumber office remedy',
    answer: (refusal) =>
      ofHealth(
        readProgress(
          read({
            idempotencyKey: 'k',
            receipt: 'R1',
            sequence: 2,
            occurredAt: '2026-11-02T16:30:00.123+08:00',
            statusCode: '91',
            items: [],
            refusal,
          }),
        ),
      ),
  },
  'disease-control': {
    names: 'reason legalBasis documentNumber office remedy',
    answer: (refusal) =>
      ofDiseaseControl(
        readReply(
          read({ resultCode: '2001', resultMsg: '不予', resultTime: '2026-11-02 16:30:00', errorFields: [], refusal }),
        ),
        requestOf(),
      ),
  },
  'public-security': {
    names: 'jjyy flyj wsbh bljg jjtj',
    answer: (refusal) =>
      ofPolice(readRow(read({ ywlsh: 'R1', xh: 3, flag: '3', gxsj: '20261102163000', cwzd: [], ...refusal }))),
  },
  'medical-insurance': {
    names: 'reason legal_basis doc_no office remedy',
    answer: (refusal) =>
      ofInsurance(
        readState(
          read({
            bizsn: 'k',
            reg_no: 'R1',
            seq: 1,
            stas_time: '2026-11-02 16:30:00',
            rslt_stas: '3',
            err_fields: [],
            refusal,
          }),
        ),
        false,
      ),
  },
  'human-resources': {
    names: 'reason legalBasis documentNo office remedy',
    answer: (refusal) =>
      ofHumanResources(
        readCard(
          read({
            head: { resultCode: '0', resultMsg: 'ok' },
            body: {
              recordNo: 'R1',
              serialNo: 'k',
              seq: '2',
              updateTime: '20261102163000',
              progress: '92',
              errorFields: '',
              refusal,
            },
          }),
        ),
      ),
  },
  'tax-administration': {
    names: 'reason legalBasis documentNumber office remedy',
    answer: (refusal) =>
      ofTaxes(
        readNotice(
          read({
            idempotencyKey: 'k',
            noticeNo: 'R1',
            feeYear: '2026',
            sequence: 2,
            occurredAt: '2026-11-02T16:30:00.000+08:00',
            statusCode: '91',
            items: [],
            refusal,
          }),
        ),
      ),
  },
};

it('P15: every agency is in the table', () => {
  expect(Object.keys(AGENCIES).sort()).toEqual([...CODES].sort());
});

const PARTS = Object.keys(REFUSAL) as (keyof typeof REFUSAL)[];
const refusalOf = ({ names }: Refusing) =>
  Object.fromEntries(names.split(' ').map((name, index) => [name, REFUSAL[PARTS[index]!]]));

describe.each(Object.entries(AGENCIES))('P15: a refusal of %s', (_agency, refusing) => {
  it('has reason, legal basis, document number, office and remedy', () => {
    expect(refusing.answer(refusalOf(refusing))).toMatchObject({ kind: 'rejected', refusal: REFUSAL });
  });

  it.each(
    refusing.names.split(' ').flatMap((name) => [undefined, null, '', ' 　'].map((value) => [name, value] as const)),
  )('is a breach of the contract where %s is %j, and names it', (name, value) => {
    const given = refusalOf(refusing);
    const answer = () => refusing.answer({ ...given, [name]: value });
    expect(answer).toThrow(AgencyContractBroken);
    expect(answer).toThrow(new RegExp(`${name} is missing or wrong$`));
  });
});
