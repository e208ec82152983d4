import { v5, v7 } from 'uuid';

/** UUIDv7 (RFC 9562): made by the application, sortable by time. */
export const newId = (): string => v7();

/**
 * The idempotency key that an agency sees: UUIDv5(step id, generation), so it needs no storage and cannot change
 * between attempts.
 */
export const submissionKey = (stepId: string, generation: number): string => v5(String(generation), stepId);

/** Enough for whatever is made together with its case to come before. */
const LATER_MS = 1_000;

/**
 * A UUIDv7 that follows from the case and a name within it, sorted right after the case: who forgot that it was made makes
 * the same again.
 */
export function derivedId(caseId: string, name: string): string {
  const madeAt = Number.parseInt(caseId.replaceAll('-', '').slice(0, 12), 16) + LATER_MS;
  const time = madeAt.toString(16).padStart(12, '0');
  const rest = v5(name, caseId).slice('xxxxxxxx-xxxx-x'.length);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest}`;
}
/** How receivers of shared data know a newborn: the same for ever, and it tells nothing of the case. */
export const newbornKey = (applicationId: string, newbornIndex: number): string =>
  v5(`newborn/${newbornIndex}`, applicationId);
