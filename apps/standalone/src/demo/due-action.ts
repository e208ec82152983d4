import type { SampleAction } from '../samples/sample';
import type { StepShown } from './view';

/** Of several steps of one code the one of the named document. */
export const isMeant = ({ code, qualifier }: StepShown, { step, qualifier: named }: SampleAction['when']): boolean =>
  code === step && (named === undefined || named === qualifier);

/** The moment for it has come; what a clerk verifies, the family has reported before. */
export function isDue({ when, do: what }: SampleAction, { state, reason, owner }: StepShown): boolean {
  const isThere = isReached(when.state, state) && reason === (when.reason ?? reason);
  return isThere && (what !== 'verify' || owner === 'clerk');
}

/** What is delivered may be accepted before anybody looks. */
const isReached = (wanted: SampleAction['when']['state'], state: StepShown['state']): boolean =>
  state === wanted || (wanted === 'delivered' && state === 'accepted');
