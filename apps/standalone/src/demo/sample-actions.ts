import type { SampleAction } from '../samples/sample';
import type { StepShown } from './view';

/** The clerk's operation, and what its body says besides version and reason. */
export function clerksWord({ do: what, officeCode }: SampleAction): [operation: string, more: object] {
  if (what === 'assign') return ['assignments', { officeCode }];
  return what === 'verify' ? ['verifications', { confirmed: true }] : ['retries', {}];
}

export function wasTaken({ do: what, officeCode, to }: SampleAction, step: StepShown): boolean {
  const { office, state, withdrawalRequestedAt } = step;
  if (what === 'withdraw' && to !== undefined) return withdrawalRequestedAt !== null;
  if (what === 'assign') return office.code === officeCode;
  if (what === 'link_record') return state !== 'waiting';
  return ['verify', 'retry', 'correct'].includes(what) && state === 'completed';
}
