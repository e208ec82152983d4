import { type ApplicationForm, hasParentDied, type NewbornForm, type ParentForm } from '../form';
import { isSamePerson } from '../same-person';
import {
  SERVICE_CODES,
  type InsuranceBasis,
  type OfficeKind,
  type Paper,
  type Reason,
  type Route,
  type ServiceCode,
  type StepMode,
} from '../vocabulary';
import type { RoutingFacts } from './facts';
import { type AcceptedAt, matches, type RoutingTable } from './routing-table';

export type StepPlan =
  | {
      code: ServiceCode;
      applies: true;
      mode: StepMode;
      route: Route;
      officeKind: OfficeKind;
      acceptedAt: AcceptedAt | null;
      papers: readonly Paper[];
      basis: InsuranceBasis | null;
      /** Waits until every parent who is asked has confirmed (P7). */
      needsConfirmation: boolean;
    }
  | { code: ServiceCode; applies: false; reason: Reason };

/** The route of every service for one newborn: online, with papers, or at a window; never "not possible". */
export function routeSteps(
  table: RoutingTable,
  facts: RoutingFacts,
  newborn: NewbornForm,
  asked: ConfirmationNeed = NOBODY_ASKED,
): StepPlan[] {
  return SERVICE_CODES.map((code) =>
    newborn.services.includes(code)
      ? confirmedStep(routeStep(table, facts, newborn, code), facts, asked)
      : { code, applies: false, reason: 'not_requested' },
  );
}

function routeStep(table: RoutingTable, facts: RoutingFacts, newborn: NewbornForm, code: ServiceCode): StepPlan {
  const { routes, papers } = table.steps[code];
  const row = routes.find((candidate) => matches(candidate.when, facts));
  if (row === undefined) throw new Error(`routing ${code}: gap`);
  if ('notApplicable' in row) return { code, applies: false, reason: row.notApplicable };
  const asked = row.mode === 'external' ? [] : papers.filter((paper) => matches(paper.when, facts));
  const mustBring = asked.some((paper) => paper.brought);
  return {
    code,
    applies: true,
    mode: row.mode,
    route: row.route === 'online' && mustBring ? 'online_with_papers' : row.route,
    officeKind: row.officeKind,
    acceptedAt: row.acceptedAt ?? null,
    papers: [...new Set(asked.flatMap((paper) => paper.papers))],
    basis: code === 'medical_insurance' ? basisOf(table, facts, newborn) : null,
    needsConfirmation: false,
  };
}

/** What carries the child into the insurance: the family's wish, or the certificate where no ID number comes in time (P11, P12). */
function basisOf({ bases }: RoutingTable, facts: RoutingFacts, newborn: NewbornForm): InsuranceBasis {
  const row = bases.find((candidate) => matches(candidate.when, facts));
  if (row === undefined) throw new Error('routing bases: gap');
  return row.basis === 'wished' ? (newborn.insurance?.basis ?? 'citizen_id') : row.basis;
}

/** Why somebody besides the applicant must confirm. */
export interface ConfirmationNeed {
  /** Named parents alive who did not file. */
  parents: readonly ('mother' | 'father')[];
  /** Neither parent files: nothing of the child's leaves before they agree. */
  byOutsider: boolean;
  /** The birth's record is the mother's to open (P3). */
  forRecord: boolean;
}

const NOBODY_ASKED: ConfirmationNeed = { parents: [], byOutsider: false, forRecord: false };

function confirmedStep(step: StepPlan, facts: RoutingFacts, need: ConfirmationNeed): StepPlan {
  return step.applies ? { ...step, needsConfirmation: needsConfirmation(step, facts, need) } : step;
}

/**
 * P7: the certificate with both parents' data waits for the other parent, and the household step when surname source or
 * ethnicity needs both; vaccination never waits for that. A step done elsewhere sends nothing.
 */
function needsConfirmation(
  { code, mode }: { code: ServiceCode; mode: StepMode },
  { surname, ethnicity }: RoutingFacts,
  need: ConfirmationNeed,
): boolean {
  if (need.parents.length === 0 || mode === 'external') return false;
  if (need.byOutsider) return true;
  if (mode !== 'issue') return false;
  if (code === 'birth_certificate') return true;
  if (code === 'vaccination') return need.forRecord;
  return code === 'household_registration' && (surname === 'other' || ethnicity === 'different');
}

/** Every named parent who can be asked and is not the one who files, whatever role that one files in. */
export const parentsToAsk = (form: ApplicationForm): ('mother' | 'father')[] =>
  parentsHeard(form).filter((role) => !isSamePerson((form[role] as ParentForm).identity, form.applicant.identity));

/** Named parents who can give their word. */
const parentsHeard = (form: ApplicationForm): ('mother' | 'father')[] =>
  (['mother', 'father'] as const).filter(
    (role) => form[role] !== null && !hasParentDied(form[role]) && !form.unheard?.includes(role),
  );

export const confirmationNeed = (form: ApplicationForm, forRecord: boolean): ConfirmationNeed => {
  const parents = parentsToAsk(form);
  return { parents, byOutsider: parents.length === parentsHeard(form).length, forRecord };
};
