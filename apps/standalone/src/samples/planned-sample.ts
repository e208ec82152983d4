import type { KnownBirth, NewbornForm } from '@birth/domain';
import { certificateNumber, childId } from '../demo/known-values';
import { realise, type RealSample } from './realise';
import type { Sample, SampleBirth } from './sample';

const DAY_OF_FILING = '2026-11-24T10:00:00+08:00';

/** When the sample is filed where no platform runs. */
export const filingOf = ({ clock }: Sample): number => Date.parse(clock ?? DAY_OF_FILING);

/** A sample as it is planned; a name chosen later as if it had been filed with it. */
export function planned<S extends Sample>(sample: S): { real: RealSample; births: KnownBirth[]; now: number } {
  const now = filingOf(sample);
  const values = { 'childId:0': childId(sample, now), 'certificate:0': certificateNumber(sample), material: 'm' };
  const real = realise(named(sample), now, values);
  return { real, births: birthsOf(sample, real.bornAt), now };
}

/** Births as the platform would know them. */
const birthsOf = (sample: Sample, bornAt: readonly (string | null)[]): KnownBirth[] =>
  sample.form.newborns.map((newborn, index) => {
    const [birth, moment] = [sample.births[index], bornAt[index]];
    if (!birth || !moment) throw new Error(`${sample.name}: newborn ${index} has no birth`);
    return birthOf(sample, newborn, { birth, moment });
  });

function birthOf(
  { form: { applicant } }: Sample,
  { claimedBirth, birth: own }: NewbornForm,
  { birth, moment }: { birth: SampleBirth; moment: string },
): KnownBirth {
  const awaitsMother = Boolean(claimedBirth) && applicant.role !== 'mother';
  const isClaimed = awaitsMother || (Boolean(claimedBirth) && birth.notified !== 'before');
  return {
    bornOn: moment.slice(0, 10),
    bornAt: isClaimed ? null : Date.parse(moment),
    sex: isClaimed ? null : birth.sex,
    plurality: birth.plurality,
    deliveryOrder: birth.deliveryOrder,
    officeCode: own ? null : birth.office,
    outcome: 'live',
    recordedMother: null,
    awaitsMother,
    inHospital: !isClaimed && birth.inHospital === true,
    ...(own?.place ?? { region: '500235', kind: 'hospital' }),
  };
}

function named<S extends Sample>(sample: S): S {
  const { laterName } = sample;
  if (laterName === undefined) return sample;
  const { surname, given, surnameSource } = laterName;
  const newborns = sample.form.newborns.map((newborn) => ({ ...newborn, name: { surname, given }, surnameSource }));
  return { ...sample, form: { ...sample.form, newborns } };
}
