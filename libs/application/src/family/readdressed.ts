import type { ApplicantForm, ParentForm } from '@birth/domain';
import type { LoadedCase, SectionWrite } from '../ports/case-store';

type Reader = Pick<ParentForm, 'name' | 'mobile'>;

/** Who has the case from now on, and what was to be written or posted to whoever had it. */
export function newApplicant(loaded: LoadedCase, applicant: ApplicantForm): SectionWrite[] {
  const before = loaded.open(0, ['applicant']).applicant;
  return [{ newbornIndex: null, section: 'applicant', value: applicant }, ...readdressed(loaded, before, applicant)];
}

/** What named a parent who died as the one to write or post to, in the name of who is there instead (policy P16). */
export function readdressed(loaded: LoadedCase, gone: Reader, reader: Reader | null): SectionWrite[] {
  if (reader === null) return [];
  return loaded.state.newborns.flatMap(({ index }) => ofNewborn(loaded, index, gone, reader));
}

function ofNewborn(loaded: LoadedCase, newbornIndex: number, gone: Reader, reader: Reader): SectionWrite[] {
  const { vaccination, delivery } = loaded.open(newbornIndex, ['vaccination', 'delivery']);
  const { name: recipient, mobile } = reader;
  const isHers = (wish: { recipient?: string; mobile?: string }): boolean =>
    wish.recipient === gone.name || (wish.mobile !== undefined && wish.mobile === gone.mobile);
  const sections: SectionWrite[] = [];
  if (vaccination !== null && vaccination.guardianMobile === gone.mobile) {
    sections.push({ newbornIndex, section: 'vaccination', value: { ...vaccination, guardianMobile: mobile } });
  }
  if (delivery?.some(isHers)) {
    const wishes = delivery.map((wish) => (isHers(wish) ? { ...wish, recipient, mobile } : wish));
    sections.push({ newbornIndex, section: 'delivery', value: wishes });
  }
  return sections;
}
