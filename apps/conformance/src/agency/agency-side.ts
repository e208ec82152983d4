import type { AgencyAdapter, AgencyAnswer, PaymentDue, SubmissionRequest } from '@birth/application';
import type { AgencyCode, AgencyCodes, StepCode } from '@birth/domain';
import { setTimeout as pause } from 'node:timers/promises';
import { must } from '../conformance-case';
import type { CallbackDoor } from '../door/callback-door';
import { again, deadline, type SentFamily, someFamily } from './families';

const PAUSE_MS = 50;

export const STEP_OF: Readonly<Record<AgencyCode, StepCode>> = {
  'health-commission': 'birth_certificate',
  'disease-control': 'vaccination',
  'public-security': 'household_registration',
  'medical-insurance': 'medical_insurance',
  'human-resources': 'social_security_card',
  'tax-administration': 'insurance_payment',
};

/** One agency that is tried, spoken to as the platform does. */
export interface AgencySide {
  adapter: AgencyAdapter;
  /** The same agency, spoken to with secrets and keys that it does not know; null where none are agreed. */
  stranger: AgencyAdapter | null;
  codes: AgencyCodes;
  /** How long a test case may take at the agency until its end. */
  patienceMs: number;
  /** Where its messages come in; null: it is not tried for them. */
  door: CallbackDoor | null;
  /** Pays as the family would; absent: the agency's test address does it by itself. */
  pay?: (due: PaymentDue) => Promise<void>;
}

export type Answered = SentFamily & { answer: AgencyAnswer };

export const familyOf = ({ adapter }: AgencySide): SentFamily => someFamily(STEP_OF[adapter.agency]);

export async function sent(side: AgencySide): Promise<Answered> {
  const family = familyOf(side);
  return { ...family, answer: await side.adapter.submit(family.request) };
}

/** What the agency says when it is asked; only for those that can be. */
export const asked = ({ adapter }: AgencySide, request: SubmissionRequest): Promise<AgencyAnswer | 'not_found'> =>
  adapter.check!(request, deadline());

/** Sent, and asked until something other than "accepted" is said. */
export async function ended(side: AgencySide): Promise<Answered> {
  const first = await sent(side);
  const end = Date.now() + side.patienceMs;
  let { answer } = first;
  while (answer.kind === 'accepted') {
    must(side.adapter.check !== undefined, 'accepted, and there is no call to ask what became of it');
    must(Date.now() < end, `still "accepted" after ${side.patienceMs} ms`);
    await pause(PAUSE_MS);
    const now = await asked(side, again(first.request));
    must(now !== 'not_found', 'not found after it was accepted');
    answer = now;
  }
  return { ...first, answer };
}
