import type { AgencyCode } from '@birth/domain';
import { submissionKey } from '@birth/platform';
import type { AdapterBook, AgencyAdapter, StepReference, SubmissionRequest } from '../ports/agency-adapter';
import type { ClaimedWork } from '../ports/work-store';
import type { CallPass } from '../traffic/call-pass';
import { Evidence } from './evidence';

/** One claimed row on its way to an agency. */
export interface Errand {
  work: ClaimedWork;
  adapter: AgencyAdapter;
  reference: StepReference;
  evidence: Evidence;
  pass: CallPass;
  /** When it was claimed. */
  startedAt: number;
  /** Every sub-call ends before this (epoch ms). */
  deadlineAt: number;
}

export type Terms = Pick<Errand, 'pass' | 'startedAt' | 'deadlineAt'>;

export function errand(work: ClaimedWork, book: AdapterBook, terms: Terms): Errand {
  const evidence = new Evidence(terms.pass);
  const { stepId, code, qualifier, mode, generation, receipt, earlierReceipt, officeCode, basis, caseNumber } = work;
  const key = submissionKey(stepId, generation);
  const step = { stepId, code, qualifier, mode, officeCode, basis, caseNumber };
  const named = { ...step, generation, key, receipt, earlierReceipt };
  const adapter = book.get(work.queue as AgencyCode, work.channel);
  return { work, adapter, reference: { ...named, evidence }, evidence, ...terms };
}

/** Opens the sections that the adapter named, for this one call. */
export function submissionRequest({ work, adapter, reference, deadlineAt }: Errand): SubmissionRequest {
  return { ...reference, deadlineAt, sections: work.open(adapter.sectionsOf?.(work.code) ?? adapter.sections) };
}
