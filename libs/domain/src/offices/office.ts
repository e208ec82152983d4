import { isRegionCode, isSocialCreditCode } from '@birth/standards';
import { AGENCIES, CHANNELS, OFFICE_KINDS, type AgencyCode, type Channel, type OfficeKind } from '../vocabulary';
import { isOpeningHours } from './opening-hours';

/** How an office is reached and answers (P2): its agency's interface, a table or files that both sides hold, or our own pages. */
export const ANSWER_MODES = CHANNELS;
export type AnswerMode = Channel;

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
  /** Who is asked first when the office lets its limit pass. */
  deputy: string;
  answerMode: AnswerMode;
  /** Bank outlets only. */
  bankCode?: string;
  assumed: boolean;
}

export interface Town {
  code: string;
  name: string;
}

export const channelOf = ({ answerMode }: Pick<Office, 'answerMode'>): Channel => answerMode;

/** Its people answer a task of ours, one by one or in a file. */
export const isAnsweredByTask = (channel: Channel): boolean => channel === 'worklist' || channel === 'batch';

export const OFFICE_KINDS_OF: Readonly<Record<AgencyCode, readonly OfficeKind[]>> = {
  'health-commission': ['hospital', 'maternal_health_unit'],
  'disease-control': ['vaccination_unit'],
  'public-security': ['police_station'],
  'medical-insurance': ['insurance_desk'],
  'human-resources': ['bank_outlet'],
  'tax-administration': ['tax_hall'],
};

/** Of these every town has its own: without one, a family would be sent to another town's. */
const KINDS_OF_EVERY_TOWN: readonly OfficeKind[] = ['vaccination_unit', 'police_station', 'insurance_desk'];

/** Checks the offices of a county; throws with the first office and field that is wrong, or the town without an office. */
export function readOffices(raw: { offices: readonly Office[] }, towns: readonly Town[]): readonly Office[] {
  const names = new Map(towns.map(({ code, name }) => [code, name]));
  for (const office of raw.offices) {
    const wrong = wrongField(office, names);
    if (wrong !== undefined) throw new Error(`office ${office.code}: ${wrong}`);
  }
  checkUnique(raw.offices, 'code');
  checkUnique(raw.offices, 'socialCreditCode');
  for (const town of towns) checkTown(town, raw.offices);
  return raw.offices;
}

function checkUnique(offices: readonly Office[], field: 'code' | 'socialCreditCode'): void {
  const seen = new Set<string>();
  for (const office of offices) {
    if (seen.has(office[field])) throw new Error(`office ${office.code}: ${field} appears twice`);
    seen.add(office[field]);
  }
}

function checkTown({ code, name }: Town, offices: readonly Office[]): void {
  const missing = KINDS_OF_EVERY_TOWN.find(
    (kind) => !offices.some((office) => office.kind === kind && office.town === code),
  );
  if (missing !== undefined) throw new Error(`town ${name}: no ${missing}`);
}

type Check = (office: Office, towns: ReadonlyMap<string, string>) => boolean;

const CODE = /^[0-9A-Z]{3,12}$/;
/** A landline with its area code, or a short public number. */
const PHONE = /^(0\d{2,3}-\d{7,8}|\d{5})$/;
const isNamed = (text: unknown): text is string => typeof text === 'string' && text.trim().length >= 2;

const CHECKS: Readonly<Record<string, Check>> = {
  code: ({ code }) => CODE.test(code),
  agency: ({ agency }) => AGENCIES.includes(agency),
  kind: ({ agency, kind }) => OFFICE_KINDS.includes(kind) && OFFICE_KINDS_OF[agency].includes(kind),
  name: ({ name }) => isNamed(name),
  socialCreditCode: ({ socialCreditCode }) => isSocialCreditCode(socialCreditCode),
  town: ({ town }, towns) => isRegionCode(town) && towns.has(town),
  address: ({ address, town }, towns) => isNamed(address) && address.includes(towns.get(town) ?? address),
  phone: ({ phone }) => PHONE.test(phone),
  hours: ({ hours }) => isOpeningHours(hours),
  dutyPerson: ({ dutyPerson }) => isNamed(dutyPerson),
  deputy: ({ deputy, dutyPerson }) => isNamed(deputy) && deputy !== dutyPerson,
  answerMode: ({ answerMode }) => ANSWER_MODES.includes(answerMode),
  bankCode: ({ kind, bankCode }) => (kind === 'bank_outlet') === isNamed(bankCode),
  assumed: ({ assumed }) => typeof assumed === 'boolean',
};

const wrongField = (office: Office, towns: ReadonlyMap<string, string>): string | undefined =>
  Object.entries(CHECKS).find(([, isRight]) => !isRight(office, towns))?.[0];
