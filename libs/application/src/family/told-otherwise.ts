import type { StepRecord } from '@birth/domain';
import { isDeepStrictEqual } from 'node:util';
import type { AdapterBook, SubmissionRequest } from '../ports/agency-adapter';
import { AgencyContractBroken } from '../ports/agency-errors';
import type { LoadedCase, SectionWrite } from '../ports/case-store';
import { partsOf, type StoredParts, withSections } from './stored-form';

/**
 * Steps whose agency is told something else once these sections stand: read off what its own adapter would send of the
 * one dossier and of the other, so that no list of fields can fall behind (policy P15).
 */
export function toldOtherwise(loaded: LoadedCase, sections: readonly SectionWrite[], book: AdapterBook): string[] {
  const before = partsOf(loaded);
  const after = withSections(before, sections);
  const touched = loaded.state.steps.filter((step) => isTouched(step, sections));
  return touched
    .filter((step) => !isDeepStrictEqual(contentOf(step, before, book), contentOf(step, after, book)))
    .map(({ id }) => id);
}

/** Who only hands a document out is told nothing that the step which made it is not told. */
const isTouched = ({ code, newbornIndex, state }: StepRecord, sections: readonly SectionWrite[]): boolean =>
  code !== 'delivery' &&
  state !== 'not_applicable' &&
  sections.some((one) => one.newbornIndex === null || one.newbornIndex === newbornIndex);

/** An office that works by hand is shown what the agency's interface would carry. */
function contentOf(step: StepRecord, parts: StoredParts, book: AdapterBook): unknown {
  const adapter = book.get(step.agency, 'api');
  const sections = parts.open(step.newbornIndex, adapter.sections);
  if (adapter.contentOf === undefined) return sections;
  try {
    return adapter.contentOf(requestOf(step, sections));
  } catch (error) {
    // not to be sent as it stands: nothing is told
    if (error instanceof AgencyContractBroken) return null;
    throw error;
  }
}

/** Of a step of which nothing is sent. */
export function requestOf(step: StepRecord, sections: ReturnType<StoredParts['open']>): SubmissionRequest {
  const { id: stepId, code, qualifier, mode, generation, officeCode, basis } = step;
  const named = { stepId, code, qualifier, mode, generation, officeCode, basis };
  const unsent = { key: '', receipt: null, earlierReceipt: null, caseNumber: '', deadlineAt: 0 };
  return { ...named, ...unsent, evidence: { record: () => undefined }, sections };
}
