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
    code: 'birth_certificate',
    reason: 'in_progress',
    owner: 'agency',
    source: null,
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
/** A row can be looked at; taken back it is by a person. */
const TABLE_WORK = { canBeAsked: true, takesWithdrawals: false };
const BY_CHANNEL = { exchange_table: TABLE_WORK, batch: HAND_WORK, worklist: HAND_WORK };

const without = (rows: string, kind: WorkKind): string =>
  rows
    .split(' ')
    .filter((row) => row !== kind)
    .join(' ');

describe('P14: what is owed of a step that the family reports as done at a counter', () => {
  const reported = {
    state: 'accepted',
    reason: 'verifying',
    owner: 'clerk',
    source: 'counter',
    channel: 'api',
    mode: 'issue',
    sentGeneration: 0,
    withdrawalRequestedAt: null,
  } as const;
  const differing = { ...reported, state: 'stuck', reason: 'data_mismatch' } as const;
  const household = { code: 'household_registration', agency: 'public-security' } as const;
  const insurance = { code: 'medical_insurance', agency: 'medical-insurance' } as const;
  it.each<[string, Parameters<typeof owedWork>[0], string]>([
    ['registered at the police', { ...reported, ...household }, 'DEADLINE POLL'],
    ['insured', { ...reported, ...insurance }, 'DEADLINE POLL'],
    ['insured, and the register holds another child', { ...differing, ...insurance }, 'DEADLINE POLL'],
    ['registered at a station that works by hand', { ...reported, ...household, channel: 'worklist' }, 'DEADLINE'],
    ['vaccinated', { ...reported, code: 'vaccination', agency: 'disease-control' }, 'DEADLINE'],
    ['a card applied for', { ...reported, code: 'social_security_card', agency: 'human-resources' }, 'DEADLINE'],
    ['a certificate', { ...reported, code: 'birth_certificate', agency: 'health-commission' }, 'DEADLINE'],
    ['an update of the number', { ...reported, ...insurance, code: 'insurance_identity_update' }, 'DEADLINE'],
    ['registered elsewhere', { ...reported, ...household, mode: 'external', source: 'external' }, 'DEADLINE'],
    ['registered by our request, of another child', { ...differing, ...household, source: null }, 'DEADLINE'],
  ])('%s', (_name, step, rows) => expect(owedWork(step).join(' ')).toBe(rows));
});

describe.each(CHANNELS.flatMap((channel) => AGENCIES.map((agency) => [agency, channel] as const)))(
  'the work owed to %s over %s',
  (agency, channel) => {
    const { canBeAsked, takesWithdrawals } = channel === 'api' ? TECHNIQUE[agency] : BY_CHANNEL[channel];
    const left = (rows: string): string => {
      const asked = canBeAsked ? rows : without(rows, 'POLL');
      return takesWithdrawals ? asked : without(asked, 'WITHDRAW');
    };

    it.each(STATES)('%s', (state, rows) => {
      expect(owed(state, agency, channel, { sent: 0 })).toBe(left(rows.never));
      expect(owed(state, agency, channel)).toBe(left(rows.sent));
      expect(owed(state, agency, channel, { isWithdrawing: true })).toBe(left(rows.withdrawing));
    });

    it.each(STATES)(
      '%s at a register that was only looked at: a row of the table alone can be asked',
      (state, rows) => {
        const sent = left(rows.sent);
        const asked = channel === 'exchange_table' ? sent : without(sent, 'POLL');
        expect(owed(state, agency, channel, { mode: 'already_done' })).toBe(asked);
      },
    );
  },
);
