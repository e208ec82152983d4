import { isSamePerson } from '@birth/domain';
import { Problem } from '@birth/platform';
import type { Caller } from '../caller';
import type { CaseStore, DuplicateNewborn, LoadedCase } from '../ports/case-store';

/** The case is named only to the one who filed it; that there is one, only to a verified parent who is named in it, and of a protected case to nobody (P7). */
export async function duplicateProblem(
  store: CaseStore,
  { applicantSubject, applicationId, caseNumber }: DuplicateNewborn,
  caller: Caller,
): Promise<Problem> {
  if (applicantSubject === caller.subject) {
    return new Problem(409, 'case_open', { extra: { applicationId, caseNumber } });
  }
  const holder = await store.read(applicationId);
  const isOffered = holder?.isProtected === false && isNamedParent(holder, caller);
  return new Problem(409, isOffered ? 'case_open_by_other_parent' : 'cannot_file_now');
}

function isNamedParent(holder: LoadedCase | null, { identity }: Caller): boolean {
  if (holder === null || identity === undefined) return false;
  const { mother, father } = holder.open(0, ['mother', 'father']);
  return [mother, father].some((parent) => parent !== null && isSamePerson(parent.identity, identity));
}
