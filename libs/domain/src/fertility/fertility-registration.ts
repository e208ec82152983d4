import { addWorkingDays, startOfDayMs, toShanghaiDate, type WorkingCalendar } from '@birth/standards';
import { Refused } from '../engine/case-event';

/**
 * Fertility registration (生育登记, policy P9): self-declared, before or after the birth, for any parity. It has nothing to
 * do with the five services: no step, paper or date of theirs looks at it.
 */
export const FERTILITY_STATES = [
  'comparing',
  'evidence_needed',
  'evidence_review',
  'coordinated_check',
  'registered',
  'not_registered',
] as const;
export type FertilityState = (typeof FERTILITY_STATES)[number];
export type OpenFertilityState = Exclude<FertilityState, 'registered' | 'not_registered'>;

export const FERTILITY_DECISIONS = [
  'matches',
  'differs',
  'evidence_settles',
  'evidence_not_enough',
  'not_confirmed',
] as const;
export type FertilityDecision = (typeof FERTILITY_DECISIONS)[number];

export interface FertilityRecord {
  state: FertilityState;
  owner: 'office' | 'applicant' | 'coordinator' | 'platform';
  /** Epoch ms at which something happens although nobody acts; null when it has ended. */
  dueAt: number | null;
  /** The office let its limit pass: the county coordinator looks after it. */
  isEscalated: boolean;
  version: number;
}

export type FertilityEvent =
  | { type: 'evidence_given' }
  | { type: 'no_evidence' }
  | { type: 'decided'; decision: FertilityDecision }
  | { type: 'deadline_passed' };

/** County settings, every figure with its source in seeds/fertility/settings.json. */
export interface FertilitySettings {
  /** Working days of an office to compare, and to judge evidence. */
  officeWorkingDays: number;
  /** Natural days of a family to bring evidence. */
  evidenceDays: number;
  /** Working days of the asked place to answer a coordinated check (协查). */
  checkWorkingDays: number;
}

export interface FertilityContext {
  now: number;
  calendar: WorkingCalendar;
  settings: FertilitySettings;
}

const DAY_MS = 86_400_000;

export const hasEnded = ({ state }: Pick<FertilityRecord, 'state'>): boolean =>
  state === 'registered' || state === 'not_registered';

export const declared = (context: FertilityContext): FertilityRecord => enter('comparing', 0, context);

/** The only rule of who may do what when; throws Refused with a stable code and changes nothing then. */
export function decideFertility(
  record: FertilityRecord,
  event: FertilityEvent,
  context: FertilityContext,
): FertilityRecord {
  if (hasEnded(record)) throw new Refused('registration_has_ended');
  switch (event.type) {
    case 'evidence_given':
      if (record.state !== 'evidence_needed') throw new Refused('no_evidence_asked');
      return enter('evidence_review', record.version + 1, context);
    case 'no_evidence':
      if (record.state !== 'evidence_needed') throw new Refused('no_evidence_asked');
      return enter('coordinated_check', record.version + 1, context);
    case 'decided':
      return enter(afterDecision(record.state, event.decision), record.version + 1, context);
    case 'deadline_passed':
      return afterDeadline(record, context);
  }
}

const ALLOWED: Readonly<Partial<Record<`${FertilityState}/${FertilityDecision}`, FertilityState>>> = {
  'comparing/matches': 'registered',
  'comparing/differs': 'evidence_needed',
  'evidence_review/evidence_settles': 'registered',
  'evidence_review/evidence_not_enough': 'coordinated_check',
  'coordinated_check/matches': 'registered',
  'coordinated_check/not_confirmed': 'not_registered',
};

function afterDecision(state: FertilityState, decision: FertilityDecision): FertilityState {
  const next = ALLOWED[`${state}/${decision}`];
  if (next === undefined) throw new Refused('decision_not_possible_now');
  return next;
}

/** A family that brings nothing is not left waiting: the place of origin is asked. An office that is silent is looked after. */
function afterDeadline(record: FertilityRecord, context: FertilityContext): FertilityRecord {
  if (record.dueAt === null || record.dueAt > context.now) return record;
  if (record.state === 'evidence_needed') return enter('coordinated_check', record.version + 1, context);
  const again = enter(record.state, record.version + 1, context);
  return { ...again, owner: 'coordinator', isEscalated: true };
}

function enter(state: FertilityState, version: number, context: FertilityContext): FertilityRecord {
  return { state, owner: OWNER[state], dueAt: dueAt(state, context), isEscalated: false, version };
}

const OWNER: Readonly<Record<FertilityState, FertilityRecord['owner']>> = {
  comparing: 'office',
  evidence_needed: 'applicant',
  evidence_review: 'office',
  coordinated_check: 'office',
  registered: 'platform',
  not_registered: 'platform',
};

function dueAt(state: FertilityState, { now, calendar, settings }: FertilityContext): number | null {
  const today = toShanghaiDate(now);
  const endOf = (workingDays: number) => startOfDayMs(addWorkingDays(today, workingDays, calendar).date) + DAY_MS;
  switch (state) {
    case 'comparing':
    case 'evidence_review':
      return endOf(settings.officeWorkingDays);
    case 'coordinated_check':
      return endOf(settings.checkWorkingDays);
    case 'evidence_needed':
      return now + settings.evidenceDays * DAY_MS;
    case 'registered':
    case 'not_registered':
      return null;
  }
}
