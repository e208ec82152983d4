import type { AgencyAnswer, SubmissionRequest } from '@birth/application';
import { setTimeout as pause } from 'node:timers/promises';
import { must } from '../conformance-case';
import type { CallbackDoor, Sending, Treatment } from '../door/callback-door';
import { type AgencySide, familyOf } from './agency-side';
import { again, deadline } from './families';

const PAUSE_MS = 20;
const QUIET_SHARE = 40;
const ENDS: readonly AgencyAnswer['kind'][] = ['completed', 'rejected'];

export interface Watched {
  request: SubmissionRequest;
  /** What the first reply said. */
  reply: AgencyAnswer;
  sendings: readonly Sending[];
}

export type Course = Treatment | 'withdrawn';

const watched = new WeakMap<AgencySide, Map<Course, Promise<Watched>>>();

export const doorOf = ({ door }: AgencySide): CallbackDoor => {
  must(door !== null, 'no door is open');
  return door;
};

/** One case a course: its first sending is treated so, and what comes is heard until the end and a while longer. */
export function watch(side: AgencySide, course: Course): Promise<Watched> {
  const known = watched.get(side) ?? new Map<Course, Promise<Watched>>();
  watched.set(side, known);
  const found = known.get(course) ?? (course === 'withdrawn' ? withdrawnCase(side) : endedCase(side, course));
  known.set(course, found);
  return found;
}

async function endedCase(side: AgencySide, treatment: Treatment): Promise<Watched> {
  const door = doorOf(side);
  const { request } = familyOf(side);
  door.treat(request.key, treatment === 'take' ? [] : [treatment]);
  const reply = await side.adapter.submit(request);
  must(!ENDS.includes(reply.kind), `the first reply is the end (${reply.kind}): nothing is left to call back for`);
  await paid(side, reply);
  const end = Date.now() + side.patienceMs;
  while (!door.heardOf(request.key).some((sending) => sending.treatment === 'take' && isEnd(side, sending))) {
    must(Date.now() < end, missing(door.heardOf(request.key), side.patienceMs));
    await pause(PAUSE_MS);
  }
  if (treatment === 'take') await quiet(side);
  return { request, reply, sendings: door.heardOf(request.key) };
}

async function withdrawnCase(side: AgencySide): Promise<Watched> {
  const { request } = familyOf(side);
  const reply = await side.adapter.submit(request);
  await side.adapter.withdraw!(again(request), { code: 'applicant_withdrew' }, deadline());
  await quiet(side);
  return { request, reply, sendings: doorOf(side).heardOf(request.key) };
}

/** A while in which nothing more should come. */
const quiet = ({ patienceMs }: AgencySide): Promise<void> => pause(patienceMs / QUIET_SHARE);

async function paid({ pay }: AgencySide, reply: AgencyAnswer): Promise<void> {
  if (reply.kind === 'action_needed' && reply.payment !== undefined) await pay?.(reply.payment);
}

/** One that cannot be read ends the watch as well: what is wrong with it is a case's matter. */
function isEnd({ adapter }: AgencySide, { body }: Sending): boolean {
  try {
    return ENDS.includes(adapter.readMessage!(body).answer.kind);
  } catch {
    return true;
  }
}

function missing(heard: readonly Sending[], patienceMs: number): string {
  const times = heard.map(({ treatment }) => treatment).join(', ');
  return heard.length === 0
    ? `no message within ${patienceMs} ms`
    : `no message of the end was taken within ${patienceMs} ms (${heard.length} came: ${times})`;
}
