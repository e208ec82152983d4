import { type AgencyCode, type CaseState, isAnsweredByTask, profileOf } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig, failPoint, newId } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { TakeAnswer } from '../agency/take-answer';
import { AgencyGates } from '../agency-gates';
import { type County, COUNTY } from '../county';
import { type AdapterBook, ADAPTER_BOOK, type AgencyAnswer } from '../ports/agency-adapter';
import { OutcomeUnknown } from '../ports/agency-errors';
import type { TaskWrite } from '../ports/case-store';
import { taskDueAt } from '../task-due';
import type { Hint } from '../ports/hint-queue';
import { WORK_STORE, type WorkStore } from '../ports/work-store';
import { AgencyTraffic } from '../traffic/agency-traffic';
import { type CallPass, FREE_PASS } from '../traffic/call-pass';
import { SettleCall } from './settle-call';
import { type Errand, errand, submissionRequest } from './step-reference';

/** Takes one hint of a CALL: claim, call with no transaction open, answer in one transaction. */
@Injectable()
export class SendStep {
  constructor(
    @Inject(WORK_STORE) private readonly store: WorkStore,
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly engine: EngineConfig,
    private readonly gates: AgencyGates,
    private readonly traffic: AgencyTraffic,
    private readonly takeAnswer: TakeAnswer,
    private readonly settle: SettleCall,
  ) {}

  async execute(hint: Hint, pass: CallPass = FREE_PASS): Promise<void> {
    if (!pass.isProbe && !this.gates.isOpen(hint.queue)) return;
    const now = this.clock.now();
    const isIntent = this.mustKnowWhetherSent(hint.queue as AgencyCode);
    const options = { now, leaseMs: this.engine.times.leaseMs, setsMaybeSent: isIntent, durable: isIntent };
    const work = await this.store.claim(hint, options);
    if (work === null) return;
    const sending = errand(work, this.book, { pass, startedAt: now, deadlineAt: now + this.gates.callMs(work.queue) });
    const answer = await this.send(sending);
    if (answer !== null) await this.take(sending, answer);
    await failPoint('after-commit-before-job-end');
  }

  /** B and D cannot repeat blindly: their claim is the durable intent. */
  private mustKnowWhetherSent(agency: AgencyCode): boolean {
    const { agencyClass } = profileOf({ agency, channel: 'api' });
    return agencyClass === 'B' || agencyClass === 'D';
  }

  private async send(sending: Errand): Promise<AgencyAnswer | null> {
    try {
      await failPoint('before-call');
      const answer = await this.askOrSubmit(sending);
      await failPoint('after-reply-before-commit');
      if (answer === 'not_found') await this.settle.notFound(sending);
      return answer === 'not_found' ? null : answer;
    } catch (error) {
      await this.settle.failed(sending, error);
      return null;
    }
  }

  /**
   * After an unknown outcome: A and C repeat the same key, B asks first, D needs a person. Of a case from an earlier time
   * whoever can be asked is asked first.
   */
  private async askOrSubmit(sending: Errand): Promise<AgencyAnswer | 'not_found'> {
    const { work, adapter, reference, deadlineAt } = sending;
    if (mayHaveIt(work) && adapter.agencyClass === 'D') throw new OutcomeUnknown('may have been sent before');
    if (isAskedFirst(sending) && adapter.check !== undefined) {
      const known = await adapter.check(reference, deadlineAt);
      if (known !== 'not_found' || work.receipt !== null) return known;
    }
    if (adapter.readMessage !== undefined) await this.store.rememberKey(work, reference.key);
    const answer = await adapter.submit(submissionRequest(sending));
    await failPoint('after-agency-did-it');
    return answer;
  }

  private async take(sending: Errand, answer: AgencyAnswer): Promise<void> {
    const { work, evidence } = sending;
    const { stepId, generation, kind, leaseToken, queue } = work;
    await this.traffic.answered(sending);
    await this.takeAnswer.execute({
      stepId,
      generation,
      via: 'reply',
      answer: foundBefore(sending, answer),
      work: { kind, leaseToken },
      by: { actor: 'agency', actorId: queue },
      exchanges: evidence.of(stepId, generation),
      ...(isAnsweredByTask(work.channel) ? { openTask: (_step, state) => this.worklistTask(sending, state) } : {}),
    });
  }

  private worklistTask(sending: Errand, state: CaseState): TaskWrite {
    const { work, adapter } = sending;
    const now = this.clock.now();
    return {
      id: newId(),
      stepId: work.stepId,
      kind: 'worklist',
      reason: 'to_be_answered',
      agency: work.queue,
      officeCode: work.officeCode,
      dueAt: taskDueAt(now, this.county.policyAt(now).settings),
      payload: withPaper(adapter.taskPayload?.(submissionRequest(sending)), work.stepId, state),
    };
  }
}

const mayHaveIt = ({ maybeSentBefore, isRestored }: Errand['work']): boolean => maybeSentBefore || isRestored;

const isAskedFirst = ({ work, adapter }: Errand): boolean =>
  work.isRestored || (work.maybeSentBefore && adapter.agencyClass === 'B');

/**
 * "Exists" is somebody else's doing unless something of ours may have been there first: an earlier attempt or time, which an agency
 * that is asked first (B) has denied, or an earlier request of the same case.
 */
function foundBefore({ work, adapter }: Errand, answer: AgencyAnswer): AgencyAnswer {
  if (answer.kind !== 'completed' || answer.existed === undefined) return answer;
  const isTried = mayHaveIt(work) || work.previousAttemptAt !== null;
  const mayBeOurs = work.earlierReceipt !== null || (isTried && adapter.agencyClass !== 'B');
  const { existed: _existed, registered, ...made } = answer;
  // the name may have been another one when we sent it
  const person = registered === undefined ? {} : { registered: { ...registered, name: null } };
  return mayBeOurs ? { ...made, ...person } : answer;
}

/** Which paper is handed out; what goes to the same address at the same time is one parcel with one waybill (P13). */
function withPaper(payload: unknown, stepId: string, { newborns }: CaseState): unknown {
  const papers = newborns.flatMap((newborn) => newborn.papers);
  const paper = papers.find((one) => one.stepId === stepId);
  if (paper === undefined) return payload;
  const { kind, parcel } = paper;
  const documents = papers.filter((one) => parcel !== null && one.parcel === parcel).length;
  return { ...(payload as object), paper: kind, ...(parcel === null ? {} : { parcel, documents }) };
}
