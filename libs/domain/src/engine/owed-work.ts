import { type AgencyProfile, profileOf as defaultProfileOf, type ProfileOf } from '../agency-profiles';
import type { StepRecord } from '../case-state';
import { isTerminal, type WorkKind } from '../vocabulary';
import { isReportedDone } from './standing';

type OwedBy = Pick<
  StepRecord,
  | 'code'
  | 'mode'
  | 'state'
  | 'reason'
  | 'owner'
  | 'source'
  | 'agency'
  | 'channel'
  | 'sentGeneration'
  | 'withdrawalRequestedAt'
>;

/** The only rule for which work rows a step has; order is irrelevant. */
export function owedWork(step: OwedBy, profileOf: ProfileOf = defaultProfileOf): WorkKind[] {
  if (isTerminal(step.state)) return [];
  const owed: WorkKind[] = ['DEADLINE'];
  const profile = profileOf(step);
  const isWithdrawing = step.withdrawalRequestedAt !== null;
  if (isWithdrawing && profile.hasWithdraw) owed.push('WITHDRAW');
  if (step.state === 'queued' && !isWithdrawing) owed.push('CALL');
  if (isPolled(step, profile)) owed.push('POLL');
  return owed;
}

/** About our request, or about what the family says was done at a counter. */
function isPolled(step: OwedBy, profile: AgencyProfile): boolean {
  const isOurs = isAsked(step) && profile.hasCheck && hasCaseThere(step);
  return isOurs || (isReportedDone(step) && step.mode !== 'external' && profile.looksUp?.includes(step.code) === true);
}

/** A register that was only looked at has no case of ours to ask about; a row of the table stands there whatever it asks. */
const hasCaseThere = ({ mode, channel }: OwedBy): boolean => mode !== 'already_done' || channel === 'exchange_table';

/** The agency has the step and can be asked: a lost message costs delay only. */
function isAsked(step: OwedBy): boolean {
  switch (step.state) {
    case 'accepted':
    case 'suspended':
    case 'action_needed':
    case 'stuck':
    case 'correction_needed':
      return step.sentGeneration > 0;
    case 'queued':
    case 'waiting':
    case 'completed':
    case 'rejected':
    case 'withdrawn':
    case 'cancelled':
    case 'not_applicable':
      return false;
  }
}
