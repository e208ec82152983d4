import type { StepEventRow } from '../ports/case-store';

/** One line of the timeline: codes and times, and who acted by kind, never by name. */
export const eventView = (event: StepEventRow) => ({
  seq: event.seq,
  at: new Date(event.at).toISOString(),
  type: event.type,
  stepId: event.stepId,
  newbornIndex: event.newbornIndex,
  fromState: event.fromState,
  toState: event.toState,
  reason: event.reason,
  actor: event.actor,
  detail: event.detail,
});
