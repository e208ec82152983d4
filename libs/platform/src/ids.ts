import { v5, v7 } from 'uuid';

/** UUIDv7 (RFC 9562): made by the application, sortable by time. */
export const newId = (): string => v7();

/**
 * The idempotency key that an agency sees: UUIDv5(step id, generation), so it needs no storage and cannot change
 * between attempts.
 */
export const submissionKey = (stepId: string, generation: number): string => v5(String(generation), stepId);
