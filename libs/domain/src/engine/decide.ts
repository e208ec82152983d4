import type { CaseState, NewbornState, StepRecord, UnheardParent, WorkRecord } from '../case-state';
import { applicationStatus } from '../application-status';
import type { Rating } from '../rating';
import type { CustodyEntry } from '../papers/paper';
import type { ApplicationStatus, WorkKind } from '../vocabulary';
import { takeAnswer } from './answers';
import { putOffAnsweredRow, takeContractBroken, takeDeadline, takeNotFound, takePutOff } from './bookkeeping';
import { CaseDraft, type ClosedTasks, type HistoryEntry, isSameValue, type TaskIntent } from './case-draft';
import type { CaseEvent, Disposition } from './case-event';
import { takeCheck, takeResolution, takeRetry, takeVerification } from './clerk';
import { takeCheckAnswer, watchChecks } from './coordinated-check';
import { closedTasks } from './closed-tasks';
import { takeDemandDecision } from './demand-decision';
import { takeDeath } from './death';
import { takeRetraction } from './death-retracted';
import type { DecisionContext } from './decision-context';
import { takeBasisSwitch, takeCorrected, takeDoneElsewhere, takeExternalResult, takeReapplied } from './family';
import { takeShareDispute } from './share-dispute';
import { liftHolds, placeHold, takeConfirmation } from './holds';
import { takeMotherAlone } from './mother-alone';
import { noteOffers } from './insurance-offer';
import { takeNameDecided } from './name';
import { takeAssignment } from './office-assignment';
import { shownDuty, watchOffices } from './office-duty';
import { watchOverall } from './overall-promise';
import { followAnswer } from './deliveries';
import { followCertificates, takePaperMove, takePaperWords } from './papers';
import { type OfPeople, takeOfPeople } from './people-events';
import { takeRating } from './rated';
import { type OfRecord, takeOfRecord } from './record-events';
import { reconcileWork } from './reconcile-work';
import { settle } from './settle';
import { takeReport } from './supervision';
import { fireTimers } from './timers';
import { takeWithdrawal } from './withdrawal';

export interface Decision {
  disposition: Disposition;
  /** The case as it is now. */
  state: CaseState;
  changedSteps: readonly StepRecord[];
  changedNewborns: readonly NewbornState[];
  /** null: as before. */
  changedUnheard: readonly UnheardParent[] | null;
  /** null: as before. */
  changedRating: Rating | null;
  putWork: readonly (WorkRecord & { renewOffer: boolean })[];
  deleteWork: readonly { stepId: string; kind: WorkKind }[];
  history: readonly HistoryEntry[];
  /** What happened to papers. */
  custody: readonly CustodyEntry[];
  openTasks: readonly TaskIntent[];
  /** Open tasks that have found their answer. */
  closeTasks: readonly ClosedTasks[];
}

/**
 * The only transition logic of the service (engine.md 2): pure, total over (state, event), what the model explores.
 * Throws Refused when a person asked for what the state does not allow; agencies are never refused, only recorded.
 */
export function decide(given: CaseState, event: CaseEvent, context: DecisionContext): Decision {
  const draft = new CaseDraft(given, context);
  take(draft, event);
  settle(draft);
  if (followCertificates(draft)) settle(draft);
  noteOffers(draft, event);
  watchChecks(draft);
  watchOffices(draft);
  watchOverall(draft);
  reconcileWork(draft);
  if (event.type === 'answered' && event.work !== undefined) putOffAnsweredRow(draft, event.work, event.stepId);
  draft.status = applicationStatus([...draft.steps.values()]);
  return conclude(draft);
}

function take(draft: CaseDraft, event: CaseEvent): void {
  switch (event.type) {
    case 'filed':
      return;
    case 'answered':
      takePaperWords(draft, event);
      takeAnswer(draft, event);
      return followAnswer(draft, event);
    case 'put_off':
      return takePutOff(draft, event);
    case 'contract_broken':
      return takeContractBroken(draft, event);
    case 'checked_not_found':
      return takeNotFound(draft, event);
    case 'deadline_fired':
      takeDeadline(draft, event);
      if (draft.disposition === 'applied') fireTimers(draft, event.stepId);
      return;
    default:
      return takeFromPeople(draft, event);
  }
}

type PeoplesEvent = Exclude<
  CaseEvent,
  { type: 'filed' | 'answered' | 'put_off' | 'contract_broken' | 'checked_not_found' | 'deadline_fired' }
>;

function takeFromPeople(draft: CaseDraft, event: PeoplesEvent): void {
  switch (event.type) {
    case 'hold_placed':
      return placeHold(draft, event.newbornIndex, event.hold);
    case 'hold_lifted':
      return liftHolds(draft, event.newbornIndex, event.hold);
    case 'confirmation_changed':
      return takeConfirmation(draft, event);
    case 'record_linked':
    case 'birth_confirmed':
    case 'birth_corrected':
    case 'birth_disputed':
    case 'hospital_stay_told':
      return takeOfRecord(draft, event);
    case 'death_reported':
      return takeDeath(draft, event);
    case 'death_retracted':
      return takeRetraction(draft, event);
    case 'parent_death_reported':
    case 'parent_death_retracted':
    case 'guardian_named':
    case 'applicant_changed':
    case 'protection_changed':
      return takeOfPeople(draft, event);
    case 'name_decided':
      return takeNameDecided(draft, event);
    case 'mother_went_on_alone':
      return takeMotherAlone(draft, event);
    case 'office_assigned':
      return takeAssignment(draft, event);
    case 'clerk_retried':
      return takeRetry(draft, event);
    case 'clerk_checked':
      return takeCheck(draft, event);
    case 'clerk_verified':
      return takeVerification(draft, event);
    case 'check_answered':
      return takeCheckAnswer(draft, event);
    case 'clerk_resolved':
      return takeResolution(draft, event);
    case 'demand_decided':
      return takeDemandDecision(draft, event);
    case 'share_disputed':
      return takeShareDispute(draft, event);
    default:
      return takeFromFamily(draft, event);
  }
}

type FamilysEvent = Exclude<
  PeoplesEvent,
  {
    type:
      | 'hold_placed'
      | 'hold_lifted'
      | 'confirmation_changed'
      | OfRecord['type']
      | 'death_reported'
      | 'death_retracted'
      | OfPeople['type']
      | 'name_decided'
      | 'mother_went_on_alone'
      | 'office_assigned'
      | 'clerk_retried'
      | 'clerk_checked'
      | 'clerk_verified'
      | 'check_answered'
      | 'clerk_resolved'
      | 'demand_decided'
      | 'share_disputed';
  }
>;

function takeFromFamily(draft: CaseDraft, event: FamilysEvent): void {
  switch (event.type) {
    case 'corrected':
      return takeCorrected(draft, event);
    case 'reapplied':
      return takeReapplied(draft, event);
    case 'withdrawal_requested':
      return takeWithdrawal(draft, event);
    case 'done_elsewhere':
      return takeDoneElsewhere(draft, event);
    case 'external_result':
      return takeExternalResult(draft, event);
    case 'paper_moved':
      return takePaperMove(draft, event);
    case 'demand_reported':
      return takeReport(draft, event);
    case 'rated':
      return takeRating(draft, event);
    case 'basis_switched':
      return takeBasisSwitch(draft, event);
  }
}

function conclude(draft: CaseDraft): Decision {
  const { given } = draft;
  const before = new Map(given.steps.map((step) => [step.id, step]));
  const changedSteps: StepRecord[] = [];
  for (const step of draft.steps.values()) {
    const was = before.get(step.id);
    if (was === step) continue;
    const next = isSameToPeople(was, step) ? step : { ...step, version: step.version + 1 };
    draft.steps.set(step.id, next);
    changedSteps.push(next);
  }
  return {
    disposition: draft.disposition,
    state: {
      ...given,
      status: draft.status,
      overall: draft.overall,
      unheard: draft.unheard,
      rating: draft.rating,
      newborns: [...draft.newborns.values()],
      steps: [...draft.steps.values()],
      work: [...draft.work.values()],
    },
    changedSteps,
    changedNewborns: [...draft.newborns.values()].filter((newborn) => !given.newborns.includes(newborn)),
    changedUnheard: draft.unheard === given.unheard ? null : draft.unheard,
    changedRating: draft.rating === given.rating ? null : draft.rating,
    ...workChanges(draft),
    history: draft.history,
    custody: draft.custody,
    openTasks: draft.tasks,
    closeTasks: [...draft.closedTasks, ...changedSteps.flatMap((step) => closedTasks(before.get(step.id), step))],
  };
}

/** Bookkeeping of the engine, which nobody sees: a clerk who looked before it may still act. */
function isSameToPeople(before: StepRecord | undefined, after: StepRecord): boolean {
  if (before === undefined) return false;
  const { lastAnswerOrder, timersFiredUntil, sentGeneration, duty } = before;
  const isSameDuty = isSameValue(shownDuty(before), shownDuty(after));
  return isSameDuty && isSameValue(before, { ...after, lastAnswerOrder, timersFiredUntil, sentGeneration, duty });
}

function workChanges(draft: CaseDraft): Pick<Decision, 'putWork' | 'deleteWork'> {
  const given = new Set(draft.given.work);
  const putWork = [...draft.work.values()]
    .filter((row) => !given.has(row))
    .map((row) => ({ ...row, renewOffer: draft.isRenewed(row) }));
  const deleteWork = draft.given.work
    .filter((row) => draft.workOf(row.stepId, row.kind) === undefined)
    .map(({ stepId, kind }) => ({ stepId, kind }));
  return { putWork, deleteWork };
}

export type { ApplicationStatus };
