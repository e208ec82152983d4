import type { Breaker, CallsSeen, WebhookOutcome } from '@birth/domain';
import type { ShareDelivery } from './share-store';

/** A delivery on its way to the receiver that it is pushed to. */
export interface OwedWebhook extends ShareDelivery {
  /** Tries so far, this one included. */
  attempts: number;
}

export interface WebhookAttempt {
  at: number;
  durationMs: number;
  /** HTTP; null: nobody answered. */
  status: number | null;
  outcome: WebhookOutcome;
}

export interface WebhookEndpoint {
  breaker: Breaker;
  /** Since the receiver said that nobody is there any more; null: it may be called. */
  disabledAt: number | null;
}

/** What a person has to see to: the receiver's door is gone, or deliveries were given up. */
export const SHARE_TASKS = ['endpoint_gone', 'undelivered'] as const;
export type ShareTaskKind = (typeof SHARE_TASKS)[number];

export interface ShareTask {
  receiver: string;
  kind: ShareTaskKind;
  openedAt: number;
  dueAt: number;
}

export interface WebhookStanding extends WebhookEndpoint {
  receiver: string;
  owed: number;
  givenUp: number;
  oldestOwedAt: number | null;
}

export const PUSH_STATES = ['owed', 'taken', 'given_up'] as const;
export type PushState = (typeof PUSH_STATES)[number];

export interface LoggedDelivery extends Omit<ShareDelivery, 'values' | 'place' | 'receiver'> {
  /** null: it is not pushed. */
  push: { state: PushState; nextAt: number; attempts: readonly WebhookAttempt[] } | null;
}

export interface LogQuery {
  receiver: string;
  /** Only what is pushed and stands so. */
  state: 'owed' | 'given_up' | null;
  after: string | null;
  limit: number;
}

export interface WebhookStore {
  endpoint(receiver: string): Promise<WebhookEndpoint>;
  /** False: another process was first, and its word stands. */
  setBreaker(receiver: string, from: Breaker, to: Breaker): Promise<boolean>;
  /** Adds calls that ended to those of the window; answers all of it. */
  count(receiver: string, calls: CallsSeen, times: { now: number; windowMs: number }): Promise<CallsSeen>;
  /** Due ones, of a newborn the oldest alone; another process finds them again after the lease. */
  claim(receiver: string, limit: number, times: { now: number; leaseMs: number }): Promise<OwedWebhook[]>;
  /** Notes the attempt, and what follows: it is taken, or tried again at `nextAt`. */
  settle(delivery: { id: string; receiver: string }, attempt: WebhookAttempt, nextAt: number): Promise<void>;
  /** Nobody is called there any more until a person says so; a task tells of it. */
  disable(receiver: string, times: { now: number; dueAt: number }): Promise<void>;
  /** What is owed since before `before` is a person's from now on. */
  giveUp(before: number, times: { now: number; dueAt: number }): Promise<void>;
  /** What was given up, and everything told `since`, is owed again; the door is tried again and its tasks end. */
  recover(
    receiver: string,
    request: { since: number | null; now: number; by: string; reason: string },
  ): Promise<number>;
  standings(): Promise<WebhookStanding[]>;
  tasks(): Promise<ShareTask[]>;
  /** Newest first. */
  log(query: LogQuery): Promise<LoggedDelivery[]>;
}
export const WEBHOOK_STORE = Symbol('WEBHOOK_STORE');
