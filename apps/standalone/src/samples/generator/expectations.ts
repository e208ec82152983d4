import type { ExpectedLimit, ExpectedName, ExpectedNewborn, ExpectedStep, PlannedStep, UnneededStep } from '../sample';

/** What a case says of a step that is not as in an ordinary case. */
export type Change = Partial<PlannedStep> | UnneededStep;
export type Changes = Partial<Record<ExpectedName, Change>>;

/** Words for expectations; what each case expects is written in its own line, from the policy. */
export const done = (more: Partial<PlannedStep> = {}): Change => more;
export const not = (reason: UnneededStep['reason']): UnneededStep => ({
  state: 'not_applicable',
  owner: 'platform',
  reason,
  source: null,
});
const OPEN = { source: null, promiseDays: null } as const;
export const window = (papers: PlannedStep['papers'] = [], more: Partial<PlannedStep> = {}): Change => ({
  state: 'action_needed',
  owner: 'applicant',
  route: 'window',
  reason: 'visit_window',
  papers,
  ...OPEN,
  ...more,
});
export const waits = (
  owner: PlannedStep['owner'],
  reason: PlannedStep['reason'] = 'awaiting_dependency',
  more: Partial<PlannedStep> = {},
): Change => ({ state: 'waiting', owner, reason, ...OPEN, ...more });
/** Done by an agency elsewhere, which asks for its own papers. */
export const external = (more: Partial<PlannedStep> = {}): Change => ({
  state: 'action_needed',
  owner: 'applicant',
  mode: 'external',
  route: 'window',
  reason: 'external_registration',
  officeKind: 'outside_agency',
  papers: [],
  ...OPEN,
  ...more,
});
export const refused = (more: Partial<PlannedStep> = {}): Change => ({
  state: 'rejected',
  owner: 'applicant',
  reason: 'agency_refused',
  source: null,
  ...more,
});

/** What no agency may ask for or do waits for the county coordinator (P8). */
export const heldBack: Change = { ...OPEN, state: 'stuck', owner: 'clerk', reason: 'unlawful_demand' };

/** 民法典 art. 201-203 (P10): people are shown a month less a day, ninety days less a day; dueAt rolls to a working day. */
const MONTH: ExpectedLimit = { safeAt: '+1month-1day', dueAt: '+1month', late: false };
const NINETY: ExpectedLimit = { safeAt: '+89days', dueAt: '+90days', late: false };
export const lateMonth: Partial<PlannedStep> = { statutory: { ...MONTH, late: true } };
export const lateNinety = (late: ExpectedLimit['late']): Partial<PlannedStep> => ({ statutory: { ...NINETY, late } });

const COMPLETED = {
  state: 'completed',
  owner: 'platform',
  reason: 'done',
  mode: 'issue',
  route: 'online',
  papers: [],
  basis: null,
  source: 'agency',
  statutory: null,
} as const;

/** Offices hand out what they made, over their worklist (P13). */
const HANDED_OUT = { ...COMPLETED, source: 'worklist', promiseDays: 3 } as const;

/** The five services of an ordinary case at their end, with the county's promises (P10), and what follows by itself. */
const ORDINARY: Readonly<Record<ExpectedName, PlannedStep>> = {
  birth_certificate: { ...COMPLETED, officeKind: 'hospital', promiseDays: 1 },
  vaccination: { ...COMPLETED, officeKind: 'vaccination_unit', statutory: MONTH, promiseDays: 1 },
  household_registration: { ...COMPLETED, officeKind: 'police_station', statutory: MONTH, promiseDays: 2 },
  medical_insurance: {
    ...COMPLETED,
    officeKind: 'insurance_desk',
    basis: 'citizen_id',
    statutory: NINETY,
    metBy: 'registered_and_paid',
    promiseDays: 1,
  },
  social_security_card: { ...COMPLETED, officeKind: 'bank_outlet', promiseDays: 2 },
  identity_backfill: { ...COMPLETED, officeKind: 'vaccination_unit', promiseDays: 1 },
  insurance_identity_update: { ...COMPLETED, officeKind: 'insurance_desk', promiseDays: 1 },
  insurance_payment: {
    ...COMPLETED,
    officeKind: 'tax_hall',
    statutory: NINETY,
    metBy: 'registered_and_paid',
    promiseDays: null,
  },
  'insurance_payment:next': { ...COMPLETED, officeKind: 'tax_hall', promiseDays: null },
  'delivery:birth_certificate': { ...HANDED_OUT, officeKind: 'hospital' },
  'delivery:vaccination_book': { ...HANDED_OUT, officeKind: 'vaccination_unit' },
  'delivery:household_page': { ...HANDED_OUT, officeKind: 'police_station' },
  'delivery:social_security_card': { ...HANDED_OUT, officeKind: 'bank_outlet', promiseDays: 10 },
};
const FOLLOWING: readonly ExpectedName[] = ['identity_backfill', 'insurance_identity_update', 'insurance_payment:next'];
const isHandedOut = (name: ExpectedName): boolean => name.startsWith('delivery:');

/** An ordinary case to the end, except for what the case says; what follows by itself only where it says so. */
export function allDone(changes: Changes = {}): ExpectedNewborn {
  const isThere = (name: ExpectedName): boolean => {
    if (name in changes) return true;
    return name === 'insurance_payment' ? isRegistered(changes) : !FOLLOWING.includes(name) && !isHandedOut(name);
  };
  const names = (Object.keys(ORDINARY) as ExpectedName[]).filter(isThere);
  return Object.fromEntries(
    names.map((name) => [name, changed(ORDINARY[name], changes[name] ?? inherited(name, changes))]),
  );
}

/** The limit of ninety days goes on with the payment. */
function inherited(name: ExpectedName, { medical_insurance: insurance = {} }: Changes): Change {
  const { statutory } = insurance as Partial<PlannedStep>;
  return name === 'insurance_payment' && statutory !== undefined ? { statutory } : {};
}

/** A premium is paid once the child is registered (P11). */
const isRegistered = ({ medical_insurance: { state = 'completed' } = {} }: Changes): boolean => state === 'completed';

const changed = (step: PlannedStep, change: Change): ExpectedStep =>
  change.state === 'not_applicable' ? change : { ...step, ...change };

/** Certificate, household, insurance and card wait for the same person, the first of them for a reason of its own. */
export const allWait = (owner: PlannedStep['owner'], reason: PlannedStep['reason'], more: Changes = {}) =>
  allDone({
    birth_certificate: waits(owner, reason),
    household_registration: waits(owner),
    medical_insurance: waits(owner),
    social_security_card: waits(owner),
    ...more,
  });

/** The household step at a police window, and what waits for the family meanwhile. */
export const atPoliceWindow = (papers: PlannedStep['papers'] = [], more: Changes = {}) =>
  allDone({
    household_registration: window(papers),
    medical_insurance: waits('applicant'),
    social_security_card: waits('applicant'),
    ...more,
  });
