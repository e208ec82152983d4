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

/** What one parent alone knows: that the other one is kept away, and how it went. */
const OF_WHO_FILED = ['protection_changed', 'rated', 'rating_called_back'];

/** Codes that name an office are not for the other parent either (P7). */
export const otherParentsEvents = (events: readonly StepEventRow[]): EventView[] =>
  events
    .filter(({ type }) => !OF_WHO_FILED.includes(type))
    .map((event) => eventView(event.type === 'office_assigned' ? { ...event, detail: {} } : event));
