import type { AgencyCode, AgencyCodes } from '@birth/domain';
import type { AgencyText, StepEventRow } from '../ports/case-store';
import type { AgencyCodeView, AgencyTextView } from '../shapes/agency-text-shape';

/** An agency's code, what it means to a clerk, and what is to be done; undefined where the dictionary has none. */
export function agencyCodeView(
  codes: AgencyCodes,
  agency: AgencyCode | undefined,
  code: string | undefined,
): AgencyCodeView | undefined {
  if (agency === undefined || code === undefined) return undefined;
  const meaning = codes.find(agency, code);
  return meaning === null ? undefined : { code, class: meaning.class, meaning: meaning.clerk, next: meaning.next };
}

/** What the agency wrote, beside what its code means: to the family in plain words, to a clerk with what is to be done. */
export function agencyTextView(
  { code, ...text }: AgencyText,
  agency: AgencyCode,
  { codes, isForClerk }: { codes: AgencyCodes; isForClerk: boolean },
): AgencyTextView {
  const words = code === undefined ? undefined : codes.find(agency, code)?.parent;
  const said = isForClerk ? agencyCodeView(codes, agency, code) : undefined;
  return { ...text, ...(words === undefined ? {} : { words }), ...(said === undefined ? {} : { agencyCode: said }) };
}

/** The code that an event of the history tells of. */
export const codeOfEvent = ({ detail }: StepEventRow): string | undefined =>
  typeof detail['code'] === 'string' ? detail['code'] : undefined;
