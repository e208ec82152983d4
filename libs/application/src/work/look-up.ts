import { profileOf } from '@birth/domain';
import type { AgencyAnswer } from '../ports/agency-adapter';
import { type Errand, submissionRequest } from './step-reference';

type Known = AgencyAnswer | 'not_found';

/** What was done at a counter stands under no key of ours; what we had sent may have been done all the same (policy P14). */
export async function lookUp(asking: Errand): Promise<Known> {
  const own = await askForOurs(asking);
  if (own !== 'not_found' && (own.kind === 'completed' || own.kind === 'rejected')) return own;
  const found = await askRegister(asking);
  return found === 'not_found' ? own : found;
}

async function askForOurs({ work, adapter, reference, deadlineAt }: Errand): Promise<Known> {
  const isAsked = work.wasSent && work.mode !== 'already_done';
  return isAsked && adapter.check !== undefined ? adapter.check(reference, deadlineAt) : 'not_found';
}

async function askRegister(asking: Errand): Promise<Known> {
  const { adapter, work } = asking;
  const isKept = profileOf(adapter).looksUp?.includes(work.code) === true;
  return isKept && adapter.lookUp !== undefined ? adapter.lookUp(submissionRequest(asking)) : 'not_found';
}
