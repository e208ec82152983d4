import { type Actor, eventHash } from '@birth/application';
import { applicationStatus, type StepRecord } from '@birth/domain';
import { Client } from 'pg';

interface EventRow {
  applicationId: string;
  seq: number;
  stepId: string | null;
  newbornIndex: number | null;
  type: string;
  fromState: string | null;
  toState: string | null;
  reason: string | null;
  actor: Actor;
  actorId: string | null;
  detail: Record<string, string | number | boolean | null>;
  at: number;
  previousHash: Buffer;
  hash: Buffer;
}

const EVENTS = `select application_id as "applicationId", seq, step_id as "stepId", newborn_index as "newbornIndex", type,
  from_state as "fromState", to_state as "toState", reason, actor, actor_id as "actorId", detail, ms(at)::float8 as at,
  previous_hash as "previousHash", hash from step_event order by application_id, seq`;

/**
 * What must hold after every fault, read from the rows: each history is one unbroken chain whose end the case knows,
 * folding it gives every step's state, a terminal state is left by a re-application alone, and the list column
 * is the function of the steps. Breaches as readable lines.
 */
export async function brokenInvariants(databaseUrl: string): Promise<string[]> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const { rows: events } = await database.query<EventRow>(EVENTS);
    const { rows: cases } = await database.query<{ id: string; status: string; seq: number; head: Buffer }>(
      'select id, status, event_seq as seq, chain_head as head from application',
    );
    const { rows: steps } = await database.query<StepRecord & { applicationId: string }>(
      'select s.*, s.application_id as "applicationId", s.newborn_index as "newbornIndex" from step s',
    );
    return [
      ...cases.flatMap(({ id, head, seq }) =>
        brokenChain(
          events.filter((event) => event.applicationId === id),
          { head, seq },
        ).map((line) => `${id}: ${line}`),
      ),
      ...steps.flatMap((step) => brokenPath(step, events)),
      ...cases.flatMap(({ id, status }) => {
        const due = applicationStatus(steps.filter((step) => step.applicationId === id));
        return due === status ? [] : [`${id}: shown as ${status}, its steps say ${due}`];
      }),
    ];
  } finally {
    await database.end();
  }
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

function brokenPath(step: { id: string; state: string }, events: readonly EventRow[]): string[] {
  const moves = events.filter((event) => event.stepId === step.id && event.toState !== null);
  const broken = moves.flatMap((move, index) => {
    const before = moves[index - 1]?.toState ?? null;
    const isTorn = index > 0 && move.fromState !== before;
    const leaves = before !== null && LAST.has(before) && move.toState !== before && !REOPENS.has(move.type);
    return [
      ...(isTorn ? [`${step.id}: from ${move.fromState} after ${before}`] : []),
      ...(leaves ? [`${step.id}: ${move.type} left ${before}`] : []),
    ];
  });
  const last = moves.at(-1)?.toState;
  // filed so, and nothing happened since
  const isAsFiled = last === undefined && (step.state === 'waiting' || step.state === 'not_applicable');
  return isAsFiled || last === step.state ? broken : [...broken, `${step.id}: ${step.state} is not its last event`];
}
