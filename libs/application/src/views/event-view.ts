import type { StepEventRow } from '../ports/case-store';
import type { EventView } from '../shapes/case-shapes';
import { iso } from './moments';

/** One line of the timeline: codes and times, and who acted by kind, never by name. */
export const eventView = (event: StepEventRow): EventView => ({
  seq: event.seq,
  at: iso(event.at),
  type: event.type,
  stepId: event.stepId,
  newbornIndex: event.newbornIndex,
  fromState: event.fromState,
  toState: event.toState,
  reason: event.reason,
  actor: event.actor,
  detail: event.detail,
});

/** Codes that name an office, or that the other parent is kept away, are not for this one (P7). */
export const otherParentsEvents = (events: readonly StepEventRow[]): EventView[] =>
  events
    .filter(({ type }) => type !== 'protection_changed')
    .map((event) => eventView(event.type === 'office_assigned' ? { ...event, detail: {} } : event));
