import { AGENCIES, CHANNELS, type AgencyCode, type Channel, type StepState, type WorkKind } from '../vocabulary';
import { owedWork } from './owed-work';

interface Asked {
  sent?: number;
  isWithdrawing?: boolean;
  mode?: 'issue' | 'already_done';
}

const owed = (
  state: StepState,
  agency: AgencyCode,
  channel: Channel,
  { sent = 1, isWithdrawing = false, mode = 'issue' }: Asked = {},
): string =>
  owedWork({
    state,
    agency,
    channel,
    mode,
    sentGeneration: sent,
    withdrawalRequestedAt: isWithdrawing ? 1 : null,
  }).join(' ');

type Rows = '' | `DEADLINE${'' | ` ${Exclude<WorkKind, 'DEADLINE'>}`}` | 'DEADLINE WITHDRAW POLL';

/** Of a step at an agency that can be asked and told of a withdrawal, as the rule is written, not as the code reads it. */
const FULL: Record<StepState, { never: Rows; sent: Rows; withdrawing: Rows }> = {
  waiting: { never: 'DEADLINE', sent: 'DEADLINE', withdrawing: 'DEADLINE WITHDRAW' },
  queued: { never: 'DEADLINE CALL', sent: 'DEADLINE CALL', withdrawing: 'DEADLINE WITHDRAW' },
  accepted: { never: 'DEADLINE', sent: 'DEADLINE POLL', withdrawing: 'DEADLINE WITHDRAW POLL' },
  correction_needed: { never: 'DEADLINE', sent: 'DEADLINE POLL', withdrawing: 'DEADLINE WITHDRAW POLL' },
  action_needed: { never: 'DEADLINE', sent: 'DEADLINE POLL', withdrawing: 'DEADLINE WITHDRAW POLL' },
  suspended: { never: 'DEADLINE', sent: 'DEADLINE POLL', withdrawing: 'DEADLINE WITHDRAW POLL' },
  stuck: { never: 'DEADLINE', sent: 'DEADLINE POLL', withdrawing: 'DEADLINE WITHDRAW POLL' },
  completed: { never: '', sent: '', withdrawing: '' },
  rejected: { never: '', sent: '', withdrawing: '' },
  withdrawn: { never: '', sent: '', withdrawing: '' },
  cancelled: { never: '', sent: '', withdrawing: '' },
  not_applicable: { never: '', sent: '', withdrawing: '' },
};
const STATES = Object.entries(FULL) as [StepState, (typeof FULL)[StepState]][];

/** What an agency's technique leaves of it. */
const TECHNIQUE: Record<AgencyCode, { canBeAsked: boolean; takesWithdrawals: boolean }> = {
  'health-commission': { canBeAsked: true, takesWithdrawals: true },
  'disease-control': { canBeAsked: false, takesWithdrawals: false },
  'public-security': { canBeAsked: true, takesWithdrawals: true },
  'medical-insurance': { canBeAsked: true, takesWithdrawals: true },
  'human-resources': { canBeAsked: true, takesWithdrawals: false },
  'tax-administration': { canBeAsked: true, takesWithdrawals: true },
};
const HAND_WORK = { canBeAsked: false, takesWithdrawals: false };

const without = (rows: string, kind: WorkKind): string =>
  rows
    .split(' ')
    .filter((row) => row !== kind)
    .join(' ');

describe.each(CHANNELS.flatMap((channel) => AGENCIES.map((agency) => [agency, channel] as const)))(
  'the work owed to %s over %s',
  (agency, channel) => {
    const { canBeAsked, takesWithdrawals } = channel === 'worklist' ? HAND_WORK : TECHNIQUE[agency];
    const left = (rows: string): string => {
      const asked = canBeAsked ? rows : without(rows, 'POLL');
      return takesWithdrawals ? asked : without(asked, 'WITHDRAW');
    };

    it.each(STATES)('%s', (state, rows) => {
      expect(owed(state, agency, channel, { sent: 0 })).toBe(left(rows.never));
      expect(owed(state, agency, channel)).toBe(left(rows.sent));
      expect(owed(state, agency, channel, { isWithdrawing: true })).toBe(left(rows.withdrawing));
    });

    it.each(STATES)('%s at a register that was only looked at: there is no case to ask about', (state, rows) => {
      expect(owed(state, agency, channel, { mode: 'already_done' })).toBe(without(left(rows.sent), 'POLL'));
    });
  },
);
