import { isTerminal } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Reply } from '../caller';
import { RecordConsent, requestOf } from '../family/record-consent';
import { CASE_STORE, type CaseConsent, type CaseStore, type LoadedCase } from '../ports/case-store';
import { type ClerkScope, isInScope } from './clerk-scope';
import type { Clerk } from './clerk-steps';

export interface DeskSignature {
  parent: CaseConsent['parent'];
  /** What was seen and signed, in the clerk's words. */
  reason: string;
}

/**
 * A parent who does not answer online, or refused there, signs on paper before a clerk of an office that waits for it
 * (policy P7). Also long after the request ran out: the paper is the word.
 */
@Injectable()
export class SignAtDesk {
  constructor(
    @Inject(CASE_STORE) private readonly store: CaseStore,
    private readonly record: RecordConsent,
  ) {}

  /** 404 for a case of others, 409 where nothing of it waits for a parent or this one has agreed. */
  async execute({ subject, scope }: Clerk, applicationId: string, signature: DeskSignature): Promise<Reply> {
    const loaded = await this.store.read(applicationId);
    if (loaded === null || stepsSeen(loaded, scope).length === 0) throw new Problem(404, 'not_found');
    return this.record.execute(applicationId, {
      ...signature,
      answer: 'agreed',
      via: 'desk',
      by: { actor: 'clerk', actorId: subject },
      find: (locked) => {
        const asked = requestOf(locked, signature.parent);
        if (asked.state !== 'agreed' && !isWaitedFor(locked, scope)) throw new Problem(409, 'nothing_to_confirm');
        return asked;
      },
    });
  }
}

const stepsSeen = ({ state }: LoadedCase, scope: ClerkScope) => state.steps.filter((step) => isInScope(scope, step));

const isWaitedFor = (loaded: LoadedCase, scope: ClerkScope): boolean =>
  stepsSeen(loaded, scope).some(
    ({ state, holds }) =>
      !isTerminal(state) && (holds.includes('parent_confirmation') || holds.includes('parent_refused')),
  );
