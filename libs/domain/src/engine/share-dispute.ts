import { isTerminal } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';

/** A receiver of shared data says that they are wrong (数据异议, P19): the office that made them is asked by a person. */
export function takeShareDispute(
  draft: CaseDraft,
  { stepId, receiver, fields }: Extract<CaseEvent, { type: 'share_disputed' }>,
): void {
  const step = draft.step(stepId);
  if (isTerminal(step.state) && step.state !== 'completed') throw new Refused('nothing_to_dispute');
  draft.note('share_disputed', step, step.state, { receiver, fields: fields.join() });
  draft.openTask({ stepId, kind: 'data_update', reason: 'receiver_disputes' });
}
