import type { QueueName, WorkKind } from '@birth/domain';

/** A hint that work may be due. It may be lost, doubled or reordered; it carries no personal data. */
export interface Hint {
  queue: QueueName;
  stepId: string;
  kind: WorkKind;
  /** Wake-up number of the work row: a claim with another number finds nothing. */
  offer: string;
  priority: number;
}

/** Both calls of the queue; BullMQ on Redis or on PostgreSQL stands behind it. */
export interface HintQueue {
  /** Offers in bulk. Never throws, never blocks a request: undelivered hints come again from the feeder. */
  offer(hints: readonly Hint[]): void;
  /** Starts taking hints of one queue with so many slots. */
  onHint(queue: QueueName, slots: number, handler: (hint: Hint) => Promise<void>): Promise<void>;
  /** So many of a queue's hints at once from now on; none: they are left to other processes. */
  setSlots(queue: QueueName, slots: number): void;
  /** How many hints wait or run in a queue; null when the queue cannot say (not connected). */
  depth(queue: QueueName): Promise<number | null>;
  /** An identity of the queue's storage that changes when it restarted or was emptied; null when unknown. */
  epoch(): Promise<string | null>;
  close(): Promise<void>;
}

export const HINT_QUEUE = Symbol('HINT_QUEUE');
