import type { ParentForm } from '@birth/domain';
import type { Sample } from '../sample';
import { type FamilyOptions, ordinaryFamily } from './family';

/** An ordinary family, except for what the case changes. */
export function make(name: string, title: string, change: (sample: Sample) => void, options: FamilyOptions = {}) {
  const sample = ordinaryFamily(name, title, options);
  change(sample);
  return sample;
}

export const child = (sample: Sample, index = 0) => sample.form.newborns[index]!;
export const birthOf = (sample: Sample, index = 0) => sample.births[index]!;

export const surnameOfMother = ({ form: { mother } }: Sample): string =>
  mother!.name.startsWith('欧阳') ? '欧阳' : mother!.name.slice(0, 1);

export const headed = ({ name, identity }: ParentForm) =>
  ({ name, identityNumber: identity.number, relationToFollowed: 'self' }) as const;

/** The child joins the mother's own household book. */
export function followMother(sample: Sample, index = 0): void {
  const mother = sample.form.mother!;
  const { household } = child(sample, index);
  child(sample, index).household = { ...household!, follows: 'mother', head: headed(mother) };
}

/** The mother names no father; the child bears her surname and follows her. */
export function motherAlone(sample: Sample): void {
  sample.form.father = null;
  const { region, address } = sample.form.mother!.household;
  const newborn = child(sample);
  newborn.surnameSource = 'mother';
  newborn.name = { surname: surnameOfMother(sample), given: newborn.name?.given ?? '安' };
  followMother(sample);
  newborn.household = { ...newborn.household!, region, address };
}

/** What the family knows of the birth, where the hospital's record is not at hand. */
export function claimBirth(sample: Sample): void {
  child(sample).birthRecordId = null;
  child(sample).claimedBirth = {
    hospitalOfficeCode: birthOf(sample).office,
    bornOn: '{{bornOn}}',
    plurality: 1,
    deliveryOrder: 1,
  };
}

/** Born in an institution of that region, which has issued the certificate. */
export function bornElsewhere(sample: Sample, region: string): void {
  sample.known = { certificate: true };
  ownBirthFacts(sample, { region, kind: 'hospital' });
  child(sample).existing = { birthCertificateNumber: '{{certificate:0}}' };
}

/** The family's own facts of a birth of which no hospital here has a record. */
export function ownBirthFacts(
  sample: Sample,
  place: { region: string; kind: 'hospital' | 'home' | 'en_route' | 'abroad' },
): void {
  sample.births = [{ ...birthOf(sample), notified: 'never' }];
  child(sample).birthRecordId = null;
  child(sample).birth = {
    sex: birthOf(sample).sex,
    bornAt: '{{bornAt:0}}',
    plurality: 1,
    deliveryOrder: 1,
    place,
  };
}
