import { TERMINAL_STATES, type StepCode } from '@birth/domain';

/** What the driver reads of a case (public contract). */
export interface StepShown {
  id: string;
  code: StepCode;
  qualifier: string;
  custody: { paperId: string; kind: string; holder: { kind: string } }[];
  state: string;
  reason: string;
  owner: string;
  mode: string;
  route: string;
  papers: string[];
  basis: string | null;
  office: { code: string; kind: string; name: string };
  acceptingOffice: { code: string } | null;
  nextAt: string | null;
  promisedAt: string | null;
  promisedAtEstimated: boolean;
  statutory: {
    safeAt: string;
    dueAt: string;
    estimated: boolean;
    lateOnArrival: boolean;
    metBy?: string | null;
  } | null;
  withdrawalRequestedAt: string | null;
  version: number;
  source: string | null;
  agencyText: { payment?: { noticeNumber: string; amountFen: number } } | null;
}

export interface CaseShown {
  id: string;
  caseNumber: string;
  status: string;
  filedAt: string;
  overallPromise: { promisedAt: string; pausedOn: string | null; endedOn: string | null } | null;
  newborns: { index: number; steps: StepShown[] }[];
  rating?: { level: number; levelName: string; correctBy: string | null; calledBackAt: string | null } | null;
  mayRate?: boolean;
}

export const isEnded = (step: StepShown): boolean => (TERMINAL_STATES as readonly string[]).includes(step.state);

const PEOPLE = ['applicant', 'clerk', 'hospital'];

/** Ended, or it is a person's turn. */
export const isSettled = (step: StepShown): boolean =>
  isEnded(step) || (PEOPLE.includes(step.owner) && step.state !== 'queued' && step.state !== 'submitting');
