import { isRegionCode, isSocialCreditCode } from '@birth/standards';
import { AGENCIES, OFFICE_KINDS, type AgencyCode, type Channel, type OfficeKind } from '../vocabulary';

/** 承办机构: the hospital, station, unit, desk or outlet that answers for an agency. */
export interface Office {
  code: string;
  agency: AgencyCode;
  kind: OfficeKind;
  name: string;
  socialCreditCode: string;
  /** GB/T 10114, 9 digits. */
  town: string;
  address: string;
  phone: string;
  hours: string;
  dutyPerson: string;
  deputy: string;
  answerMode: Channel;
  /** Bank outlets only. */
  bankCode?: string;
  assumed: boolean;
}

/** Checks the offices of a county; throws with the first office and field that is wrong. */
export function readOffices(raw: { offices: readonly Office[] }): readonly Office[] {
  const codes = new Set<string>();
  for (const office of raw.offices) {
    const wrong = wrongField(office);
    if (wrong !== null) throw new Error(`office ${office.code}: ${wrong}`);
    if (codes.has(office.code)) throw new Error(`office ${office.code}: appears twice`);
    codes.add(office.code);
  }
  return raw.offices;
}

function wrongField(office: Office): string | null {
  if (!AGENCIES.includes(office.agency)) return 'agency';
  if (!OFFICE_KINDS.includes(office.kind)) return 'kind';
  if (!isSocialCreditCode(office.socialCreditCode)) return 'socialCreditCode';
  if (!isRegionCode(office.town)) return 'town';
  if (office.answerMode !== 'api' && office.answerMode !== 'worklist') return 'answerMode';
  return office.kind === 'bank_outlet' && office.bankCode === undefined ? 'bankCode' : null;
}
