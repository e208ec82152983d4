import type { Sample, SampleAction } from '../samples/sample';
import { certificateNumber } from './known-values';
import type { StepShown } from './view';

const VERIFIED = {
  outcome: 'verified',
  text: '经核查，该证明由我地签发',
  issuedOn: '2023-12-01',
  issuer: '重庆市万州区出生医学证明管理办公室',
};

/** The clerk's operation, and what its body says besides version and reason. */
export function clerksWord({ do: what, officeCode, decision }: SampleAction): [operation: string, more: object] {
  if (what === 'assign') return ['assignments', { officeCode }];
  if (what === 'check_verified') return ['check-answers', VERIFIED];
  if (what === 'check_not_verified') return ['check-answers', { outcome: 'not_verified', text: '我地系统无此编号' }];
  if (what === 'confirm_withdrawal') return ['resolutions', { decision: 'withdrawal_confirmed' }];
  if (what === 'decide_demand') return ['demand-decisions', { decision }];
  return what === 'verify' ? ['verifications', { confirmed: true }] : ['retries', {}];
}

/** What the family says at one step: operation and body; null where others act, or for the whole newborn. */
export function familysWord(
  { do: what, fields }: SampleAction,
  residentIdNumber: string,
): [operation: string, body: object] | null {
  switch (what) {
    case 'correct':
      return ['corrections', { fields }];
    case 'reapply':
      return ['reapplications', {}];
    case 'withdraw':
      return ['withdrawal', {}];
    case 'report_external':
      return ['external-results', { residentIdNumber }];
    case 'done_elsewhere':
      return ['done-elsewhere', { residentIdNumber }];
    case 'switch_basis':
      return ['basis-switches', { basis: 'birth_certificate' }];
    default:
      return null;
  }
}

export function wasTaken({ do: what, officeCode, to }: SampleAction, step: StepShown): boolean {
  const { office, state, withdrawalRequestedAt } = step;
  if (what === 'withdraw' && to !== undefined) return withdrawalRequestedAt !== null;
  if (what === 'assign') return office.code === officeCode;
  if (what === 'link_record') return state !== 'waiting';
  return ['verify', 'retry', 'correct'].includes(what) && state === 'completed';
}

/** What a family corrects, with the certificate's number of the run. */
export function filledIn({ fields = {} }: SampleAction, sample: Sample): Record<string, unknown> {
  const number = certificateNumber(sample);
  return Object.fromEntries(
    Object.entries(fields).map(([pointer, value]) => [pointer, value === '{{certificate:0}}' ? number : value]),
  );
}

const CLERKS = [
  'decide_demand',
  'verify',
  'retry',
  'assign',
  'check_verified',
  'check_not_verified',
  'confirm_withdrawal',
];

/** Done in the console. */
export const isClerks = ({ do: what }: SampleAction): boolean => CLERKS.includes(what);
