import { eventHash } from '@birth/application';
import { applicationStatus } from '@birth/domain';
import { type CaseRows, type EventRow, groupedBy, type StoredStep } from './case-rows';

/** I10, I3: each history is one unbroken chain whose end the case knows; folding it gives every step's state. */
export function brokenHistories({ cases, steps, events }: CaseRows): string[] {
  const ofCase = groupedBy(events, ({ applicationId }) => applicationId);
  const ofStep = groupedBy(events, ({ stepId }) => stepId);
  return [
    ...cases.flatMap((end) => brokenChain(ofCase.get(end.id) ?? [], end).map((line) => `I10 ${end.id}: ${line}`)),
    ...steps.flatMap((step) => brokenPath(step, ofStep.get(step.id) ?? []).map((line) => `I3 ${step.id}: ${line}`)),
  ];
}

/** I8: what a case is shown as is the function of its steps. */
export function brokenStatuses({ cases, steps }: CaseRows): string[] {
  const ofCase = groupedBy(steps, ({ applicationId }) => applicationId);
  return cases.flatMap(({ id, status }) => {
    const due = applicationStatus(ofCase.get(id) ?? []);
    return due === status ? [] : [`I8 ${id}: shown as ${status}, its steps say ${due}`];
  });
}

function brokenChain(events: readonly EventRow[], end: { head: Buffer; seq: number }): string[] {
  const broken: string[] = [];
  let previous = Buffer.alloc(32);
  events.forEach((event, index) => {
    const { applicationId: _case, previousHash, hash, ...entry } = event;
    if (event.seq !== index + 1) broken.push(`event ${event.seq} in place ${index + 1}`);
    if (!previousHash.equals(previous) || !eventHash(entry, previous).equals(hash)) broken.push(`link ${event.seq}`);
    previous = hash as Buffer<ArrayBuffer>;
  });
  if (!previous.equals(end.head) || events.length !== end.seq) broken.push('the chain ends elsewhere');
  return broken;
}

const LAST = new Set(['completed', 'rejected', 'withdrawn', 'cancelled', 'not_applicable']);
const REOPENS = new Set(['reapplied', 'brought_back']);

function brokenPath(step: StoredStep, events: readonly EventRow[]): string[] {
  const moves = events.filter(({ toState }) => toState !== null);
  const broken = moves.flatMap((move, index) => {
    const before = moves[index - 1]?.toState ?? null;
    const isTorn = index > 0 && move.fromState !== before;
    const leaves = before !== null && LAST.has(before) && move.toState !== before && !REOPENS.has(move.type);
    return [
      ...(isTorn ? [`from ${move.fromState} after ${before}`] : []),
      ...(leaves ? [`${move.type} left ${before}`] : []),
    ];
  });
  const last = moves.at(-1)?.toState;
  // filed so, and nothing happened since
  const isAsFiled = last === undefined && (step.state === 'waiting' || step.state === 'not_applicable');
  return isAsFiled || last === step.state ? broken : [...broken, `${step.state} is not its last event`];
}
