import { isSamePerson } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type Caller, type Once, onceRow, type Reply } from '../caller';
import { CASE_STORE, type CaseConsent, type CaseStore, type LoadedCase } from '../ports/case-store';
import { CONSENT_STORE, type ConsentRef, type ConsentStore } from '../ports/reads';
import type { ConsentAsked } from '../shapes/family-shapes';
import { maskName } from '../views/masking';
import { consentView } from './consent-standing';
import { RecordConsent } from './record-consent';

const LISTED = 20;

interface Asked {
  consent: CaseConsent;
  loaded: LoadedCase;
}

/** A parent who did not file reads what is asked and answers once. A token alone opens nothing: the verified identity must be that parent's. */
@Injectable()
export class Consents {
  constructor(
    @Inject(CONSENT_STORE) private readonly store: ConsentStore,
    @Inject(CASE_STORE) private readonly cases: CaseStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly record: RecordConsent,
  ) {}

  /** What waits for this caller's word. */
  async list({ identity }: Caller): Promise<{ items: ConsentAsked[]; nextCursor: null }> {
    if (identity === undefined) return { items: [], nextCursor: null };
    const refs = await this.store.waitingFor(identity, this.clock.now(), LISTED);
    const asked = await Promise.all(refs.map((ref) => this.open(ref, { subject: '', identity })));
    return { items: asked.filter((found) => found !== null).map((found) => this.view(found)), nextCursor: null };
  }

  async read(tokenOrId: string, caller: Caller): Promise<ConsentAsked> {
    return this.view(await this.find(tokenOrId, caller));
  }

  async answer(
    tokenOrId: string,
    caller: Caller,
    once: Once,
    { answer, reason }: { answer: 'agreed' | 'refused'; reason?: string },
  ): Promise<Reply> {
    const { consent, loaded } = await this.find(tokenOrId, caller);
    return this.record.execute(loaded.state.id, {
      parent: consent.parent,
      answer,
      reason: reason ?? null,
      via: 'online',
      by: { actor: 'other_parent', actorId: caller.subject },
      once: onceRow(caller, once),
      find: (locked) => sameRequest(locked, consent.id),
    });
  }

  private async find(tokenOrId: string, caller: Caller): Promise<Asked> {
    const ref = await this.store.find(tokenOrId);
    const found = ref === null ? null : await this.open(ref, caller);
    if (found === null) throw new Problem(404, 'not_found');
    return found;
  }

  private async open({ id, applicationId }: ConsentRef, { identity }: Caller): Promise<Asked | null> {
    const loaded = await this.cases.read(applicationId);
    const consent = loaded?.consents.find((candidate) => candidate.id === id);
    if (loaded === null || loaded.isProtected || consent === undefined || identity === undefined) return null;
    const parent = loaded.open(0, [consent.parent])[consent.parent];
    return parent !== null && isSamePerson(parent.identity, identity) ? { consent, loaded } : null;
  }

  /** Enough to know what one agrees to: who files, for which child; no number, no address. */
  private view({ consent, loaded }: Asked): ConsentAsked {
    const { id, parent, purposes, state, expiresAt } = consentView(consent, this.clock.now());
    const { role, name } = loaded.open(0, ['applicant']).applicant;
    return {
      id,
      parent,
      purposes,
      state,
      expiresAt,
      filedBy: { role, name: maskName(name) },
      newborns: loaded.state.newborns.map(({ index, bornOn }) => ({
        index,
        bornOn,
        name: loaded.open(index, ['name']).name,
      })),
    };
  }
}

function sameRequest(loaded: LoadedCase, id: string): CaseConsent {
  const consent = loaded.consents.find((candidate) => candidate.id === id);
  if (consent === undefined || loaded.isProtected) throw new Problem(404, 'not_found');
  return consent;
}
