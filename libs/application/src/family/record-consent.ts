import type { CaseEvent, ConsentVia } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LookForRecords } from '../births/look-for-records';
import type { RecordsTaken } from '../births/waiting-newborns';
import type { Reply } from '../caller';
import type { ActedBy } from '../event-chain';
import type { CaseConsent, ConsentAnswerWrite, LoadedCase, OnceRow } from '../ports/case-store';
import type { ConsentSaid } from '../shapes/family-shapes';
import { type Attachments, StepTransitions } from '../step-transitions';
import { latestOf, standingOf } from './consent-standing';

export interface ParentsWord {
  parent: 'mother' | 'father';
  answer: 'agreed' | 'refused';
  /** The parent's words, or the clerk's. */
  reason: string | null;
  via: ConsentVia;
  by: ActedBy;
  once?: OnceRow;
  /** The request that is answered, read under the case's lock; throws where it cannot be. */
  find(loaded: LoadedCase): CaseConsent;
}

/** The same word again: nothing to write. */
class SaidBefore extends Error {}

/** A parent's word: answer, reason, event, and the birth record that it opens, in one transaction under the case's lock. */
@Injectable()
export class RecordConsent {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly transitions: StepTransitions,
    private readonly births: LookForRecords,
  ) {}

  async execute(applicationId: string, word: ParentsWord): Promise<Reply> {
    const said: ConsentSaid = { parent: word.parent, state: word.answer };
    const response: Reply = { status: 200, body: said };
    const reply = await this.write(applicationId, word, response);
    // a record that came while she answered found no case that waits for it
    if (opensRecords(word)) await this.births.execute(applicationId, word.by);
    return reply;
  }

  private async write(applicationId: string, word: ParentsWord, response: Reply): Promise<Reply> {
    let attachments: Attachments = {};
    try {
      const outcome = await this.transitions.apply({
        ref: { applicationId },
        by: word.by,
        ...(word.once === undefined ? {} : { once: word.once }),
        sections: 'all',
        records: opensRecords(word),
        event: (loaded) => {
          const said = this.said(word, loaded);
          attachments = said.attachments;
          return said.events;
        },
        attach: () => attachments,
        respond: () => response,
      });
      if (outcome.outcome === 'replayed') return outcome.response;
      if (outcome.outcome !== 'saved') throw new Problem(404, 'not_found');
      return response;
    } catch (error) {
      if (error instanceof SaidBefore) return response;
      throw error;
    }
  }

  private said(word: ParentsWord, loaded: LoadedCase): RecordsTaken {
    const { parent, answer, via } = word;
    const { id } = openFor(word, loaded, this.clock.now());
    const opened = opensRecords(word) ? this.births.open(loaded) : NOTHING_OPENED;
    const after = loaded.consents.map((consent) => (consent.id === id ? { ...consent, state: answer } : consent));
    const stands = standingOf(after);
    const change: CaseEvent = { type: 'confirmation_changed', change: `consent_${answer}`, parent, via, stands };
    // before the confirmation lifts its hold: a step that must wait for a record does not start in between
    const events = [...opened.events, change];
    return { events, attachments: { ...opened.attachments, consentAnswers: [answerWrite(word, id, loaded)] } };
  }
}

const NOTHING_OPENED: RecordsTaken = { events: [], attachments: {} };

const opensRecords = ({ parent, answer }: ParentsWord): boolean => parent === 'mother' && answer === 'agreed';

function answerWrite(word: ParentsWord, id: string, loaded: LoadedCase): ConsentAnswerWrite {
  const { answer, via, reason, by } = word;
  const father = opensRecords(word) ? loaded.open(0, ['father']).father : null;
  const subject = via === 'online' ? by.actorId : null;
  return { id, answer, via, reason, subject, sharesRecordsWith: father?.identity ?? null };
}

/** Signed at the desk it may be late or after a refusal; online it is asked again first. */
function openFor(word: ParentsWord, loaded: LoadedCase, now: number): CaseConsent {
  const consent = word.find(loaded);
  if (consent.state === 'replaced') throw new Problem(410, 'consent_expired');
  if (word.via === 'desk') {
    if (consent.state === 'agreed') throw new Problem(409, 'consent_already_answered');
    return consent;
  }
  if (consent.state === word.answer) throw new SaidBefore();
  if (consent.state !== 'open') throw new Problem(409, 'consent_already_answered');
  if (consent.expiresAt < now) throw new Problem(410, 'consent_expired');
  return consent;
}

/** The request of a parent that still counts; unknown where this parent was never asked. */
export function requestOf(loaded: LoadedCase, parent: CaseConsent['parent']): CaseConsent {
  const consent = latestOf(loaded.consents, parent);
  if (consent === undefined) throw new Problem(404, 'not_found');
  return consent;
}
