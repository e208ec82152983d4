import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { INBOX_STORE, type InboxStore } from '../ports/inbox-store';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import { WORKLIST_READS, type WorklistReads } from '../ports/reads';
import type { WorklistPage } from '../shapes/agency-shapes';
import { taskView } from '../views/task-view';
import { inboxRow, incomingExchange, isAgency, readOrKeep, refuseReused } from './incoming';
import { TakeAnswer } from './take-answer';
import { VerifiedReads } from './verified-reads';
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
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly reads: VerifiedReads,
    private readonly takeAnswer: TakeAnswer,
  ) {}

  async list(raw: RawMessage, query: WorklistQuery): Promise<WorklistPage> {
    if (!isAgency(query.agency)) throw new MessageRefused('unknown_sender');
    await this.reads.verify(query.agency, raw);
    const { agency, office = null, cursor = null, limit } = query;
    const { items, nextCursor } = await this.worklist.open(agency, office, cursor, limit);
    return { items: items.map((item) => ({ ...taskView(item), taskId: item.id })), nextCursor };
  }

  async execute(raw: RawMessage, taskId: string): Promise<{ outcome: 'taken' | 'duplicate' }> {
    const task = await this.worklist.task(taskId);
    if (task === null || !isAgency(task.agency)) throw new MessageRefused('unknown_task');
    const verified = this.verifier.verify(task.agency, raw);
    const incoming = { ...verified, agency: task.agency, body: raw.body, receivedAt: this.clock.now() };
    const { messageId, answer } = await readOrKeep(this.inbox, incoming, (body) => readWorklistAnswer(body, task));
    const { stepId, generation } = task;
    const outcome = await this.takeAnswer.execute({
      stepId,
      generation,
      via: 'worklist',
      answer,
      by: { actor: 'agency', actorId: task.agency },
      once: inboxRow(incoming, messageId),
      exchanges: [incomingExchange({ stepId, generation }, raw, incoming)],
    });
    refuseReused(outcome.outcome, incoming);
    if (outcome.outcome === 'unknown_case') throw new Problem(404, 'not_found');
    return { outcome: outcome.outcome === 'duplicate' ? 'duplicate' : 'taken' };
  }
}
