import { setTimeout as delay } from 'node:timers/promises';

export const FAIL_POINTS = [
  'after-validate',
  'after-commit-before-response',
  'before-offer',
  'before-call',
  'after-agency-did-it',
  'after-reply-before-commit',
  'after-commit-before-job-end',
  'callback-after-verify',
  'callback-after-commit',
  'after-records-stored',
] as const;
export type FailPoint = (typeof FAIL_POINTS)[number];

interface Armed {
  point: string;
  countdown: number;
  mode: string;
}

/** FAIL_AT=name:n:mode (kill | throw | hang): the n-th time that this process passes the point. Refused in production. */
function arm(env: NodeJS.ProcessEnv): Armed | null {
  const text = env['FAIL_AT'];
  if (text === undefined || text === '') return null;
  if (env['NODE_ENV'] === 'production') throw new Error('FAIL_AT is refused in production');
  const [point = '', n = '1', mode = 'kill'] = text.split(':');
  if (!(FAIL_POINTS as readonly string[]).includes(point)) throw new Error('FAIL_AT names no known fail point');
  return { point, countdown: Number(n), mode };
}

const armed = arm(process.env);

/** A place where tests end, break or hang the process; costs one comparison when nothing is armed. */
export async function failPoint(point: FailPoint): Promise<void> {
  if (armed === null || armed.point !== point || --armed.countdown !== 0) return;
  if (armed.mode === 'kill') process.kill(process.pid, 'SIGKILL');
  if (armed.mode === 'throw') throw new Error(`fail point ${point}`);
  await delay(2 ** 31 - 1);
}
