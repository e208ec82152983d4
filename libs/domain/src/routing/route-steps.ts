import type { ApplicationForm, NewbornForm } from '../form';
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
import { matches, type RoutingTable } from './routing-table';

export type StepPlan =
  | {
      code: ServiceCode;
      applies: true;
      mode: StepMode;
      route: Route;
      officeKind: OfficeKind;
      papers: readonly Paper[];
      basis: InsuranceBasis | null;
      /** Waits until the other parent has confirmed (P7). */
      needsConfirmation: boolean;
    }
  | { code: ServiceCode; applies: false; reason: Reason };

/** The route of every service for one newborn: online, with papers, or at a window; never "not possible". */
export function routeSteps(table: RoutingTable, facts: RoutingFacts, newborn: NewbornForm): StepPlan[] {
  return SERVICE_CODES.map((code) =>
    newborn.services.includes(code)
      ? routeStep(table, facts, newborn, code)
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
    papers: [...new Set(asked.flatMap((paper) => paper.papers))],
    basis: code === 'medical_insurance' ? basisOf(facts, newborn) : null,
    needsConfirmation: row.mode === 'issue' && needsConfirmation(code, facts),
  };
}

/** Without a household registration in this case the ID number must be in the form, else the certificate carries the child (P11, P12). */
function basisOf(facts: RoutingFacts, newborn: NewbornForm): InsuranceBasis {
  const wished = newborn.insurance?.basis ?? 'citizen_id';
  const hasNumber = facts.residentId === 'held' || newborn.services.includes('household_registration');
  return hasNumber ? wished : 'birth_certificate';
}

/**
 * P7: the certificate with both parents' data waits for the other parent, and the household step when surname source or
 * ethnicity needs both; vaccination never waits.
 */
function needsConfirmation(code: ServiceCode, { parents, surname, ethnicity }: RoutingFacts): boolean {
  if (parents !== 'both') return false;
  if (code === 'birth_certificate') return true;
  return code === 'household_registration' && (surname === 'other' || ethnicity === 'different');
}

export const otherParent = (form: ApplicationForm): 'mother' | 'father' | null => {
  if (form.mother === null || form.father === null) return null;
  return form.applicant.role === 'father' ? 'mother' : 'father';
};
