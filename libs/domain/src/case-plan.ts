import { type WorkingCalendar, toShanghaiDate } from '@birth/standards';
import type { CaseState, NewbornState, StepRecord } from './case-state';
import type { EngineSettings } from './engine/decision-context';
import { statutoryClock } from './engine/statutory-clock';
import { plannedInsurance } from './insurance/insured';
import { type ApplicationForm, hasParentDied, type NewbornForm } from './form';
import type { KnownBirth } from './form-rules/check-form';
import { acceptingOffice } from './offices/accepting-office';
import { chooseOffice } from './offices/choose-office';
import { channelOf, type Office } from './offices/office';
import { deliveryPlans } from './papers/delivery-plan';
import { routingFacts } from './routing/facts';
import { confirmationNeed, routeSteps, type StepPlan } from './routing/route-steps';
import type { RoutingTable } from './routing/routing-table';
import { HOLDS, type Hold, type Reason, type ServiceCode } from './vocabulary';

export interface PlanContext {
  now: number;
  calendar: WorkingCalendar;
  settings: EngineSettings;
  routing: RoutingTable;
  offices: readonly Office[];
  definitionVersion: string;
  newId: () => string;
}

export interface NewbornPlan {
  birth: KnownBirth;
  steps: readonly StepPlan[];
}

/** Routes of every newborn's services on a day. */
export function planNewborns(
  form: ApplicationForm,
  births: readonly KnownBirth[],
  { routing, settings, now }: Pick<PlanContext, 'routing' | 'settings' | 'now'>,
): NewbornPlan[] {
  const today = toShanghaiDate(now);
  return form.newborns.map((newborn, index) => {
    const birth = births[index] as KnownBirth;
    const facts = routingFacts(form, newborn, birth, { ...settings, today });
    return { birth, steps: routeSteps(routing, facts, newborn, confirmationNeed(form, birth.awaitsMother)) };
  });
}

/** How one step is done: what a new plan changes of a step that has not begun. */
export type StepWay = Pick<
  StepRecord,
  'mode' | 'route' | 'papers' | 'officeCode' | 'officeKind' | 'acceptingOffice' | 'channel'
> &
  Partial<Pick<StepRecord, 'insured'>> & {
    code: ServiceCode;
    needsConfirmation: boolean;
  };

/** The ways of one newborn's steps after something in its form changed. */
export function waysOf(
  form: ApplicationForm,
  index: number,
  birth: KnownBirth,
  context: Pick<PlanContext, 'routing' | 'now' | 'settings' | 'offices'>,
): StepWay[] {
  const newborn = form.newborns[index] as NewbornForm;
  const [plan] = planNewborns({ ...form, newborns: [newborn] }, [birth], context) as [NewbornPlan];
  return plan.steps.flatMap((step) =>
    step.applies
      ? [{ ...wayOf(step, { form, newborn, plan, index }, context), needsConfirmation: step.needsConfirmation }]
      : [],
  );
}

/** Services that are asked for and that the rules have no way for, each with why. */
export function unneededOf(
  form: ApplicationForm,
  index: number,
  birth: KnownBirth,
  context: Pick<PlanContext, 'routing' | 'now' | 'settings'>,
): { code: ServiceCode; reason: Reason }[] {
  const newborns = [form.newborns[index] as NewbornForm];
  const [plan] = planNewborns({ ...form, newborns }, [birth], context) as [NewbornPlan];
  return plan.steps.flatMap((step) =>
    step.applies || step.reason === 'not_requested' ? [] : [{ code: step.code, reason: step.reason }],
  );
}

function wayOf(
  step: Extract<StepPlan, { applies: true }>,
  { form, newborn, plan }: Of,
  { settings, offices }: Pick<PlanContext, 'settings' | 'offices'>,
) {
  const { code, officeKind, mode, route, papers, acceptedAt } = step;
  const { agency } = settings.steps[code];
  const { officeCode: birthOfficeCode } = plan.birth;
  const office = chooseOffice({ step: code, agency, officeKind, form, newborn, birthOfficeCode }, offices);
  const { bornOn } = plan.birth;
  const { premiums } = settings;
  // an agency elsewhere has its own premiums
  const isInsuredHere = code === 'medical_insurance' && mode !== 'external';
  const insured = isInsuredHere ? plannedInsurance(newborn, { bornOn, premiums, offices }) : null;
  const accepting = acceptedAt === null ? null : acceptingOffice(form, office, offices);
  const answeredBy = {
    officeCode: office.code,
    officeKind: office.kind,
    acceptingOffice: accepting,
    channel: channelOf(office),
  };
  return { code, mode, route, papers, ...answeredBy, insured };
}

/** The case as it is before anything was decided: every step waits, or does not apply. */
export function newCase(
  id: string,
  form: ApplicationForm,
  plans: readonly NewbornPlan[],
  context: PlanContext,
): CaseState {
  const steps = plans.flatMap((plan, index) =>
    plan.steps.map((step) =>
      newStep(step, { form, plan, index, newborn: form.newborns[index] as NewbornForm }, context),
    ),
  );
  const wished = deliveryPlans(form);
  const newborns = plans.map((plan, index): NewbornState => ({
    index,
    bornOn: plan.birth.bornOn,
    timersFiredUntil: context.now,
    deathReportedAt: null,
    deathRetractedAt: null,
    inHospital: plan.birth.inHospital === true,
    papers: [],
    deliveries: wished[index] ?? [],
  }));
  const { now: filedAt, definitionVersion } = context;
  return {
    id,
    status: 'in_progress',
    definitionVersion,
    filedAt,
    newborns,
    steps,
    work: [],
    overall: null,
    unheard: [],
    rating: null,
  };
}

interface Of {
  form: ApplicationForm;
  newborn: NewbornForm;
  plan: NewbornPlan;
  index: number;
}

function newStep(step: StepPlan, of: Of, context: PlanContext): StepRecord {
  const { agency } = context.settings.steps[step.code];
  const base = blankStep(of.index, context);
  if (!step.applies) {
    const ended = { state: 'not_applicable', reason: step.reason, owner: 'platform' } as const;
    return {
      ...base,
      ...ended,
      code: step.code,
      agency,
      officeCode: '',
      officeKind: 'outside_agency',
      acceptingOffice: null,
    };
  }
  const filedOn = toShanghaiDate(context.now);
  return {
    ...base,
    ...wayOf(step, of, context),
    agency,
    basis: step.basis,
    holds: holdsOf(step, of),
    statutory: statutoryClock(step.code, of.plan.birth.bornOn, filedOn, context.calendar),
  };
}

/** The mother is not named, or died: the hospital's desk links her record. */
const isUnlinked = ({ birth }: NewbornPlan, { mother }: ApplicationForm): boolean =>
  birth.awaitsMother && (mother === null || hasParentDied(mother));

function holdsOf(step: Extract<StepPlan, { applies: true }>, { form, newborn, plan }: Of): Hold[] {
  const isIssued = step.mode === 'issue';
  const waitsForRecord = step.code === 'birth_certificate' || step.code === 'vaccination';
  const isClaimed = Boolean(newborn.claimedBirth) && plan.birth.bornAt === null && !plan.birth.awaitsMother;
  const found: Record<Hold, boolean> = {
    data_mismatch: false,
    hospital_record_missing: waitsForRecord && isIssued && isClaimed,
    record_not_linked: waitsForRecord && isIssued && isUnlinked(plan, form),
    name_undecided: step.code === 'birth_certificate' && isIssued && newborn.name === null,
    parent_refused: false,
    parent_confirmation: step.needsConfirmation,
    parcel_gathering: false,
  };
  return HOLDS.filter((hold) => found[hold]);
}

function blankStep(newbornIndex: number, { newId, now }: PlanContext) {
  return {
    id: newId(),
    newbornIndex,
    qualifier: '',
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
    timersFiredUntil: now,
    version: 0,
  } as const satisfies Partial<StepRecord>;
}
