import { isTerminal } from '@birth/domain';
import { type CaseRows, type EventRow, groupedBy, type StoredStep } from './case-rows';

/** A clerk's act that was answered with a 2xx: the version that the clerk saw, and the one that it made. */
export interface TakenDecision {
  stepId: string;
  expectedVersion: number;
  version: number;
}

/** I14: no clerk's decision is lost, taken over another one that its clerk had not seen, or undone by anything later. */
export function overwrittenDecisions({ steps, events }: CaseRows, decisions: readonly TakenDecision[]): string[] {
  const ofClerks = groupedBy(
    events.filter(({ actor }) => actor === 'clerk'),
    ({ stepId }) => stepId,
  );
  const taken = groupedBy(decisions, ({ stepId }) => stepId);
  return steps.flatMap((step) => {
    const acts = ofClerks.get(step.id) ?? [];
    const found = [...lost(step, acts, taken.get(step.id) ?? []), ...undone(step, acts)];
    return found.map((line) => `I14 ${step.code} ${step.id}: ${line}`);
  });
}

function lost(step: StoredStep, acts: readonly EventRow[], decisions: readonly TakenDecision[]): string[] {
  const changes = decisions.filter(({ expectedVersion, version }) => version > expectedVersion);
  const seen = new Set(changes.map(({ expectedVersion }) => expectedVersion));
  return [
    ...(acts.length < decisions.length ? [`${decisions.length} decisions taken, ${acts.length} in the history`] : []),
    ...(seen.size < changes.length ? ['two clerks decided over the same version'] : []),
    ...(decisions.some(({ version }) => version > step.version) ? ['older than a decision'] : []),
  ];
}

/** Nothing leaves an end that a clerk gave: what can be applied for again was refused by an agency. */
function undone({ state }: StoredStep, acts: readonly EventRow[]): string[] {
  const ends = acts.filter(({ toState }) => toState !== null && isTerminal(toState));
  return ends.filter(({ toState }) => toState !== state).map(({ toState }) => `${toState} by a clerk, now ${state}`);
}
