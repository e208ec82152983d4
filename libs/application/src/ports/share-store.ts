import type { SharedFact, ShareEvent, ShareMode, ToldShare } from '@birth/domain';
import type { InboxRow, LoadedCase } from './case-store';

/** A case that changed, as it is now, and what receivers were last told of its newborns. */
export interface SharedCase {
  loaded: LoadedCase;
  told: readonly (ToldShare & { newbornIndex: number })[];
}

export type NewShare = ToldShare & { newbornIndex: number };

/** With the way that its receiver gets it. */
export type DueDelivery = NewShare & { mode: ShareMode };

export interface ShareDelivery extends NewShare {
  id: string;
  applicationId: string;
  /** Where it stands in the order of everything shared; higher after it was sent again. */
  place: string;
  madeAt: number;
  /** When its receiver said that it has it; null before. */
  receivedAt: number | null;
}

/** Codes and times alone, for who oversees. */
export interface ShareCount {
  receiver: string;
  about: SharedFact;
  event: ShareEvent;
  made: number;
  received: number;
  disputed: number;
}

/** Who has a receiver told again, and why. */
export interface RecoveryWord {
  now: number;
  by: string;
  reason: string;
}

export interface ShareStore {
  /**
   * One transaction of one process at a time: cases whose events were committed since the last round, each once, and what
   * their receivers are told. Nothing is skipped: the place in the history moves with the deliveries or not at all.
   * Returns how many events it has passed; 0 also where another process is at it.
   */
  round(limit: number, now: number, decide: (changed: SharedCase) => readonly DueDelivery[]): Promise<number>;
  /** In the order of their places, from after one or from a moment on. */
  page(receiver: string, from: { after: string | null; since: number | null }, limit: number): Promise<ShareDelivery[]>;
  byId(id: string): Promise<Pick<ShareDelivery, 'id' | 'receiver' | 'applicationId' | 'newbornIndex' | 'about'> | null>;
  /** Its receiver has it; the first time counts. One transaction with the message that says so. */
  acknowledge(id: string, once: InboxRow): Promise<'new' | 'duplicate' | 'reused'>;
  /** A new place, so that its receiver finds it again, is pushed it once more, or has it in its table again; likewise. */
  resend(id: string, once: InboxRow, mode: ShareMode): Promise<'new' | 'duplicate' | 'reused'>;
  /** The same by a clerk's word, which is kept. */
  resendBy(told: { id: string; receiver: string }, mode: ShareMode, word: RecoveryWord): Promise<void>;
  /** The first time counts. */
  disputed(id: string, at: number): Promise<void>;
  counts(from: Date, to: Date): Promise<ShareCount[]>;
}
export const SHARE_STORE = Symbol('SHARE_STORE');
