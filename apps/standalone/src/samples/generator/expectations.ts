import type { StepCode } from '@birth/domain';
import type { ExpectedStep } from '../sample';

/** Words for expectations; what each case expects is written in its own line, from the policy. */
export const done = (more: Partial<ExpectedStep> = {}): ExpectedStep => ({
  state: 'completed',
  owner: 'platform',
  route: 'online',
  mode: 'issue',
  ...more,
});
export const not = (reason: ExpectedStep['reason']): ExpectedStep => ({
  state: 'not_applicable',
  owner: 'platform',
  ...(reason ? { reason } : {}),
});
export const window = (papers: ExpectedStep['papers'] = [], more: Partial<ExpectedStep> = {}): ExpectedStep => ({
  state: 'action_needed',
  owner: 'applicant',
  route: 'window',
  reason: 'visit_window',
  papers,
  ...more,
});
export const waits = (
  owner: ExpectedStep['owner'],
  reason: NonNullable<ExpectedStep['reason']>,
  more: Partial<ExpectedStep> = {},
): ExpectedStep => ({
  state: 'waiting',
  owner,
  reason,
  ...more,
});
export const external = (more: Partial<ExpectedStep> = {}): ExpectedStep => ({
  state: 'action_needed',
  owner: 'applicant',
  mode: 'external',
  route: 'window',
  reason: 'external_registration',
  officeKind: 'outside_agency',
  ...more,
});
export const refused = (more: Partial<ExpectedStep> = {}): ExpectedStep => ({
  state: 'rejected',
  owner: 'applicant',
  reason: 'agency_refused',
  ...more,
});

type Expected = Partial<Record<StepCode, ExpectedStep>>;

/** 民法典 art. 201-203 read cautiously: a month less a day, ninety days less a day. */
export const MONTH = '+1month-1day';
export const NINETY = '+89days';

/** An ordinary case to the end. */
export const allDone = (changes: Expected = {}): Expected => ({
  birth_certificate: done({ officeKind: 'hospital', papers: [] }),
  vaccination: done({ officeKind: 'vaccination_unit', papers: [], safeAt: MONTH }),
  household_registration: done({ officeKind: 'police_station', papers: [], safeAt: MONTH }),
  medical_insurance: done({ officeKind: 'insurance_desk', papers: [], safeAt: NINETY }),
  social_security_card: done({ officeKind: 'bank_outlet', papers: [] }),
  ...changes,
});
