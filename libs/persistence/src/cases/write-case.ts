import type { CaseWrite, ChainHead, Hint, TaskWrite, WorkWrite } from '@birth/application';
import { isTerminal } from '@birth/domain';
import type { Answer, Statement } from '../batch';
import { keepReason } from './event-reasons';
import { peopleStatements } from './people-rows';
import { paperStatements } from '../papers/paper-rows';
import { moment } from './row-writer';
import { sealedStatements, type Sealing } from './sealed-rows';
import { closeTasks, dropWork, moveTasks, putEvent, putStep, putTask, putWork, type SealedTask } from './step-rows';
import type { StoredCase } from './stored-case';

export interface WriteOptions {
  now: number;
  visibilityMs: number;
  offerable: (queue: string) => boolean;
  chain: ChainHead;
  exchangeChain: ChainHead;
  isClosed: boolean;
}

/** A decision as the statements that store it, typed row by row; they leave in one packet with the commit. */
export function writeStatements(
  write: CaseWrite,
  caseId: string,
  sealing: Sealing,
  options: WriteOptions,
): Statement[] {
  const { now } = options;
  return [
    putStanding(write, caseId, options),
    ...(write.applicantSubject === null ? [] : [putApplicant(write.applicantSubject, caseId)]),
    ...(write.isProtected === null ? [] : [putProtection(write.isProtected, caseId)]),
    ...(write.unheard === null ? [] : [putUnheard(write.unheard, caseId)]),
    ...(write.rating === null ? [] : [putRating(write.rating, caseId)]),
    ...write.newborns.map((newborn) => putNewborn(newborn, caseId)),
    ...write.steps.map((step) => putStep(step, caseId)),
    ...write.deleteWork.map(dropWork),
    ...write.putWork.map((row) => putWork(placed(row, options), caseId)),
    ...write.events.map((event) => putEvent(event, caseId)),
    ...paperStatements(write, caseId, sealing.seal),
    ...reasonStatements(write, sealing),
    ...moved(write, sealing).map((step) => moveTasks(step, caseId)),
    ...write.closeTasks.map((tasks) => closeTasks(tasks, caseId, now)),
    ...write.openTasks.map((task) => putTask(sealTask(task, write, sealing, now), caseId)),
    ...peopleStatements(write, caseId, now, sealing),
    ...sealedStatements(write, caseId, sealing),
    ...(write.releaseTokens ? [releaseTokens(caseId)] : []),
  ];
}

/** Which of the answers to these statements are wake-ups to offer right after the commit. */
export function offeredHints(answers: readonly Answer[], write: CaseWrite, options: WriteOptions): Hint[] {
  const fast = new Set(
    write.putWork.filter((row) => isOfferedAtOnce(row, options)).map(({ stepId, kind }) => `${stepId}/${kind}`),
  );
  const hints = answers.flatMap(({ rows }) => rows as Hint[]);
  return hints.filter(({ stepId, kind }) => fast.has(`${stepId}/${kind}`));
}

function putStanding(write: CaseWrite, caseId: string, options: WriteOptions): Statement {
  const { chain, exchangeChain, isClosed, now } = options;
  const last = write.events.at(-1);
  const lastExchange = write.exchanges.at(-1);
  return {
    name: 'put_standing',
    text: `update application set status = $2, event_seq = $3, chain_head = $4,
      closed_at = case when $5 then coalesce(closed_at, $6) end, overall_promise = $7,
      exchange_seq = $8, exchange_head = $9 where id = $1`,
    values: [
      caseId,
      write.status,
      last?.seq ?? chain.seq,
      last?.hash ?? chain.head,
      isClosed,
      moment(now),
      write.overall,
      lastExchange?.seq ?? exchangeChain.seq,
      lastExchange?.hash ?? exchangeChain.head,
    ],
  };
}

const putApplicant = (subject: string, caseId: string): Statement => ({
  name: 'put_applicant',
  text: 'update application set applicant_subject = $2 where id = $1',
  values: [caseId, subject],
});

const putProtection = (isProtected: boolean, caseId: string): Statement => ({
  name: 'put_protection',
  text: 'update application set protected = $2 where id = $1',
  values: [caseId, isProtected],
});

const putUnheard = (unheard: NonNullable<CaseWrite['unheard']>, caseId: string): Statement => ({
  name: 'put_unheard',
  text: 'update application set unheard = $2 where id = $1',
  values: [caseId, JSON.stringify(unheard)],
});

const putRating = (rating: NonNullable<CaseWrite['rating']>, caseId: string): Statement => ({
  name: 'put_rating',
  text: 'update application set rating = $2 where id = $1',
  values: [caseId, rating],
});

/** Why a clerk acted, beside the first event of it. */
function reasonStatements({ events: [first], eventReason }: CaseWrite, { seal }: Sealing): Statement[] {
  return eventReason === null || first === undefined ? [] : [keepReason(seal, first.seq, eventReason)];
}

const putNewborn = (newborn: CaseWrite['newborns'][number], caseId: string): Statement => ({
  name: 'newborn_timers',
  text: `update newborn set born_on = $3, timers_fired_until = $4, death_reported_at = $5, papers = $6,
      death_retracted_at = $7, in_hospital = $8
    where application_id = $1 and index = $2`,
  values: [
    caseId,
    newborn.index,
    newborn.bornOn,
    moment(newborn.timersFiredUntil),
    moment(newborn.deathReportedAt),
    JSON.stringify(newborn.papers),
    moment(newborn.deathRetractedAt),
    newborn.inHospital,
  ],
});

/** Rows that are offered right after the commit fall due again only when that offer is lost. */
const placed = (row: WorkWrite, options: WriteOptions): WorkWrite =>
  isOfferedAtOnce(row, options) ? { ...row, dueAt: options.now + options.visibilityMs } : row;

function isOfferedAtOnce(row: WorkWrite, { now, offerable }: WriteOptions): boolean {
  const isFast = row.kind === 'CALL' || row.kind === 'WITHDRAW';
  return isFast && row.renewOffer && row.leaseToken === null && row.dueAt <= now && offerable(row.queue);
}

/** Steps that another office has from now on. */
function moved({ steps }: CaseWrite, { loaded }: Sealing): CaseWrite['steps'] {
  const before = new Map(loaded?.state.steps.map((step) => [step.id, step.officeCode]));
  return steps.filter(({ id, officeCode }) => (before.get(id) ?? officeCode) !== officeCode);
}

function sealTask(task: TaskWrite, write: CaseWrite, { seal, loaded }: Sealing, openedAt: number): SealedTask {
  const steps = [...write.steps, ...(loaded?.state.steps ?? [])];
  const generation = steps.find((step) => step.id === task.stepId)?.generation ?? null;
  const payload = task.payload === undefined ? null : seal.seal('human_task', 'payload', task.id, task.payload);
  return { ...task, payload, generation, openedAt };
}

const releaseTokens = (caseId: string): Statement => ({
  name: 'release_newborn_tokens',
  text: `delete from lookup_token where application_id = $1 and kind = 'newborn'`,
  values: [caseId],
});

/** No open step is left after this write. */
export function closesCase(write: CaseWrite, loaded: StoredCase | null): boolean {
  const changed = new Map(write.steps.map((step) => [step.id, step]));
  const untouched = (loaded?.state.steps ?? []).filter((step) => !changed.has(step.id));
  return [...changed.values(), ...untouched].every((step) => isTerminal(step.state));
}
