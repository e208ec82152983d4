import { eventHash, exchangeHash } from '@birth/application';
import { applicationStatus } from '@birth/domain';
import { type CaseRows, type EventRow, groupedBy, type StoredStep } from './case-rows';

/** I10, I3: events and exchanges are unbroken chains whose ends the case knows; folding the events gives every step's state. */
export function brokenHistories({ cases, steps, events, exchanges }: CaseRows): string[] {
  const ofCase = groupedBy(events, ({ applicationId }) => applicationId);
  const exchangesOf = groupedBy(exchanges, ({ applicationId }) => applicationId);
  const ofStep = groupedBy(events, ({ stepId }) => stepId);
  return [
    ...cases.flatMap((end) => [
      ...brokenChain(ofCase.get(end.id) ?? [], end, eventLink).map((line) => `I10 ${end.id}: ${line}`),
      ...brokenChain(exchangesOf.get(end.id) ?? [], exchangeEnd(end), exchangeHash).map(
        (line) => `I10 ${end.id}: exchanges: ${line}`,
      ),
    ]),
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

interface Link {
  seq: number;
  previousHash: Buffer;
  hash: Buffer;
}

const exchangeEnd = ({ exchangeSeq: seq, exchangeHead: head }: CaseRows['cases'][number]) => ({ seq, head });
const eventLink = ({ applicationId: _case, previousHash: _previous, hash: _hash, ...entry }: EventRow, after: Buffer) =>
  eventHash(entry, after);

function brokenChain<L extends Link>(
  links: readonly L[],
  end: { head: Buffer; seq: number },
  hashOf: (link: L, previous: Buffer) => Buffer,
): string[] {
  const broken: string[] = [];
  let previous: Buffer = Buffer.alloc(32);
  links.forEach((link, index) => {
    if (link.seq !== index + 1) broken.push(`link ${link.seq} in place ${index + 1}`);
    if (!link.previousHash.equals(previous) || !hashOf(link, previous).equals(link.hash)) {
      broken.push(`link ${link.seq}`);
    }
    previous = link.hash;
  });
  if (!previous.equals(end.head) || links.length !== end.seq) broken.push('the chain ends elsewhere');
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
