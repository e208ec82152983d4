import { AGENCIES, type AgencyCode } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import { type Page, WORKLIST_READS, type WorklistItem, type WorklistReads } from '../ports/reads';
import { inboxRow } from './receive-agency-message';
import { TakeAnswer } from './take-answer';
import { readWorklistAnswer } from './worklist-answer';

export interface WorklistQuery {
  agency: string;
  office?: string;
  cursor?: string;
  limit: number;
}

/** An office without an interface pulls its tasks and answers them; signed like every message of its agency. */
@Injectable()
export class AnswerWorklistTask {
  constructor(
    @Inject(MESSAGE_VERIFIER) private readonly verifier: MessageVerifier,
    @Inject(WORKLIST_READS) private readonly worklist: WorklistReads,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly takeAnswer: TakeAnswer,
  ) {}

  list(raw: RawMessage, query: WorklistQuery): Promise<Page<WorklistItem>> {
    if (!isAgency(query.agency)) throw new MessageRefused('unknown agency');
    this.verifier.verify(query.agency, raw);
    return this.worklist.open(query.agency, query.office ?? null, query.cursor ?? null, query.limit);
  }

  async execute(raw: RawMessage, taskId: string): Promise<{ outcome: 'taken' | 'duplicate' }> {
    const task = await this.worklist.task(taskId);
    if (task === null || !isAgency(task.agency)) throw new MessageRefused('unknown task');
    const { keyId, nonce } = this.verifier.verify(task.agency, raw);
    const { messageId, answer } = readWorklistAnswer(raw.body);
    const receivedAt = this.clock.now();
    const outcome = await this.takeAnswer.execute({
      stepId: task.stepId,
      generation: task.generation,
      via: 'worklist',
      answer,
      by: { actor: 'agency', actorId: task.agency },
      once: inboxRow({ agency: task.agency, messageId, nonce, keyId, body: raw.body, receivedAt }),
      exchanges: [this.exchange(task, raw, receivedAt)],
    });
    if (outcome.outcome === 'reused') throw new MessageRefused('message id or nonce used before');
    if (outcome.outcome === 'unknown_case') throw new Problem(404, 'not_found');
    return { outcome: outcome.outcome === 'duplicate' ? 'duplicate' : 'taken' };
  }

  private exchange({ stepId, generation }: { stepId: string; generation: number }, raw: RawMessage, startedAt: number) {
    return {
      stepId,
      generation,
      direction: 'in',
      method: raw.method,
      path: new URL(raw.url).pathname,
      status: 200,
      startedAt,
      durationMs: 0,
      request: raw.body.toString('utf8'),
      reply: null,
    } as const;
  }
}

const isAgency = (code: string): code is AgencyCode => (AGENCIES as readonly string[]).includes(code);
