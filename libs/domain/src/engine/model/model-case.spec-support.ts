import { workingCalendar } from '@birth/standards';
import type { AgencyProfile } from '../../agency-profiles';
import type { CaseState, StepRecord, WorkRecord } from '../../case-state';
import type { Insured, PremiumPayer } from '../../insurance/insured';
import { SERVICE_CODES, type StepState, type WorkKind } from '../../vocabulary';
import type { AnsweredEvent } from '../case-event';
import type { DecisionContext, EngineSettings, StepDefinition } from '../decision-context';
import { owedWork } from '../owed-work';

export const NOW = Date.parse('2026-11-02T10:00:00+08:00');

const definition = (
  code: StepDefinition['code'],
  agency: StepDefinition['agency'],
  dependsOn: StepDefinition['dependsOn'] = [],
) => ({
  code,
  agency,
  dependsOn,
  promiseWorkingDays: 1,
  mayBeRefused: code !== 'vaccination',
  deemedAcceptanceWorkingDays: code === 'household_registration' ? 5 : null,
});

export const settings: EngineSettings = {
  steps: {
    birth_certificate: definition('birth_certificate', 'health-commission'),
    vaccination: definition('vaccination', 'disease-control'),
    household_registration: definition('household_registration', 'public-security', ['birth_certificate']),
    medical_insurance: definition('medical_insurance', 'medical-insurance', ['household_registration']),
    social_security_card: definition('social_security_card', 'human-resources', [
      'household_registration',
      'medical_insurance',
    ]),
    identity_backfill: definition('identity_backfill', 'disease-control', ['vaccination', 'birth_certificate']),
    insurance_identity_update: definition('insurance_identity_update', 'medical-insurance', [
      'household_registration',
      'medical_insurance',
    ]),
    insurance_payment: definition('insurance_payment', 'tax-administration', ['medical_insurance']),
  },
  overallPromiseWorkingDays: 5,
  maxFailures: 10,
  correctionDays: 30,
  correctionReminderDays: [7, 3, 1],
  hospitalAlarmHours: [24, 48],
  officeAnswerWorkingDays: 2,
  deputyAnswerWorkingDays: 1,
  coordinatorAnswerWorkingDays: 1,
  coordinatedCheckWorkingDays: 10,
  nameReminderDays: [7, 14, 20],
  confirmationReminderDays: 7,
  confirmationDays: 30,
  confirmationRequests: 5,
  taskDueHours: 24,
  reminderHour: 9,
  samePregnancyDays: 60,
  monthYellowDay: 20,
  promiseYellow: { workingDays: 1, percent: 25 },
  ninetyDaysYellowDays: [60, 75],
  insuranceOfferDay: 45,
  nextYearWithinDays: 90,
  lateRegistrationMonths: 12,
  laneMaxMonths: 72,
  supervisionWorkingDays: 1,
  ratingCorrectionWorkingDays: 15,
  pollMs: 60_000,
  insuranceCountdownDays: [30, 45, 60, 75, 85],
  paymentPollFactor: 12,
  counterPollFactor: 10,
  premiums: { premiums: [], subsidies: [] },
  deathPapers: ['birth_certificate_original', 'household_book', 'medical_death_certificate'],
  householdPaper: 'at_pickup',
  paperPostDays: 5,
  paperFamilyDays: 7,
  paperOfficeWorkingDays: 2,
  deliveryWorkingDays: 3,
  cardDeliveryWorkingDays: 10,
  parcelWaitWorkingDays: 1,
  unclaimedDays: 30,
  unclaimedReminderDays: [10, 20],
  postagePayer: 'recipient',
  reconciliationHour: 2,
  reconciliationDays: 7,
};

const ASKED: AgencyProfile = {
  agencyClass: 'A',
  hasCheck: true,
  hasWithdraw: true,
  looksUp: ['household_registration', 'medical_insurance'],
};

export function contextOf(profile?: AgencyProfile, changes: Partial<DecisionContext> = {}): DecisionContext {
  let serial = 0;
  const newId = changes.newId ?? (() => `new-${(serial += 1)}`);
  return {
    now: NOW,
    calendar: workingCalendar([]),
    settings,
    newId,
    followUpId: newId,
    profileOf: () => profile ?? ASKED,
    ...changes,
  };
}

export function stepOf(changes: Partial<StepRecord> = {}): StepRecord {
  return {
    id: changes.code ?? 'birth_certificate',
    newbornIndex: 0,
    code: 'birth_certificate',
    qualifier: '',
    agency: 'health-commission',
    officeCode: 'O1',
    officeKind: 'hospital',
    acceptingOffice: null,
    assignedFrom: null,
    duty: null,
    coordinatedCheck: null,
    channel: 'api',
    mode: 'issue',
    route: 'online',
    papers: [],
    state: 'waiting',
    reason: 'awaiting_dependency',
    owner: 'platform',
    holds: [],
    basis: null,
    insured: null,
    generation: 1,
    sentGeneration: 0,
    hasReceipt: false,
    deliveredAt: null,
    source: null,
    promise: null,
    promisedOn: null,
    statutory: null,
    lastAnswerOrder: 0,
    correctionDueAt: null,
    withdrawalRequestedAt: null,
    timersFiredUntil: NOW,
    version: 0,
    ...changes,
  };
}

/** What a family asks of the insurance, each year with the same payer. */
export const insuredFor = (years: readonly number[], payer: PremiumPayer = 'family'): Insured => ({
  mode: payer === 'with_guardian' ? payer : 'independent',
  registeredAt: null,
  endedAt: null,
  years: years.map((year) => ({ year, payer, paidAt: null, coverage: null })),
  taxOffice: { code: 'T1', kind: 'tax_hall', channel: 'api' },
});

/** Five steps of one newborn, all waiting; single steps may be replaced. */
export function caseOf(changes: Partial<Record<StepRecord['code'], Partial<StepRecord>>> = {}): CaseState {
  const steps = SERVICE_CODES.map((code) =>
    stepOf({
      code,
      agency: settings.steps[code].agency,
      basis: code === 'medical_insurance' ? 'citizen_id' : null,
      ...changes[code],
    }),
  );
  return {
    id: 'case',
    status: 'in_progress',
    definitionVersion: 'test',
    filedAt: NOW,
    newborns: [
      {
        index: 0,
        bornOn: '2026-10-30',
        timersFiredUntil: NOW,
        deathReportedAt: null,
        deathRetractedAt: null,
        inHospital: false,
        papers: [],
        deliveries: [],
      },
    ],
    steps,
    work: [],
    overall: null,
    unheard: [],
    rating: null,
  };
}

/** The step that single-step specs look at. */
export const STEP = 'birth_certificate';

/** A certificate step in a state as it would really stand there, with the rows that are owed. */
export function standing(state: StepState, changes: Partial<StepRecord> = {}, profile?: AgencyProfile): CaseState {
  const isSent = !['waiting', 'queued', 'not_applicable'].includes(state);
  const step = stepOf({
    state,
    sentGeneration: isSent ? 1 : 0,
    hasReceipt: isSent,
    reason: state === 'stuck' ? 'contract_broken' : 'in_progress',
    owner: state === 'correction_needed' || state === 'action_needed' ? 'applicant' : 'agency',
    ...(state === 'waiting' ? { holds: ['parent_confirmation' as const] } : {}),
    ...changes,
  });
  const given = caseOf({ birth_certificate: step });
  const work = owedWork(step, contextOf(profile).profileOf).map((kind) => rowOf(step, kind));
  return { ...given, work };
}

/** A row whose call is under way with the lease named `lease`. */
export const rowOf = ({ id: stepId, generation, agency: queue }: StepRecord, kind: WorkKind): WorkRecord => ({
  stepId,
  kind,
  queue,
  dueAt: NOW,
  generation,
  attempts: 1,
  failures: 0,
  maybeSent: false,
  leaseToken: 'lease',
  leaseUntil: NOW + 1000,
  priority: 0,
});

/** The agency's word about the certificate, stated now. */
export const answered = (kind: AnsweredEvent['kind'], more: Partial<AnsweredEvent> = {}): AnsweredEvent => ({
  type: 'answered',
  stepId: STEP,
  generation: 1,
  via: 'callback',
  kind,
  hasReceipt: true,
  occurredAt: NOW,
  ...more,
});

export const stepIn = ({ steps }: CaseState, code: StepRecord['code'] = STEP): StepRecord =>
  steps.find((step) => step.code === code) as StepRecord;

/** Kinds of the rows of the step that single-step specs look at. */
export const kindsOf = ({ work }: CaseState): WorkKind[] =>
  work.flatMap(({ stepId, kind }) => (stepId === STEP ? [kind] : [])).sort();
