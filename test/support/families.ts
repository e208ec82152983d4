import type { Caller } from '@birth/application';
import type { ApplicationForm } from '@birth/domain';
import { residentIdCheckCharacter } from '@birth/standards';
import { randomUUID } from 'node:crypto';
import { loadSamples, realise } from '../../apps/standalone/src/samples/realise';

let serial = 0;

/** A mother who files alone for a child born at home: nothing to wait for but the agencies. Every family is another. */
export function aFamily(): { form: ApplicationForm; mother: Caller } {
  const sample = loadSamples().find(({ name }) => name === 'unmarried-mother-alone')!;
  serial += 1;
  const first = `500235${1985 + (serial % 15)}0${1 + (serial % 9)}1${serial % 9}${String(serial * 2)
    .padStart(3, '0')
    .slice(-3)}`;
  const number = first + residentIdCheckCharacter(first);
  const real = realise(sample, Date.now());
  const before = real.form.mother!.identity.number;
  const form = JSON.parse(JSON.stringify(real.form).replaceAll(before, number)) as ApplicationForm;
  const [newborn] = form.newborns;
  newborn!.birthRecordId = null;
  newborn!.birth = {
    sex: 'female',
    bornAt: real.bornAt[0]!,
    plurality: 1,
    deliveryOrder: 1,
    place: { region: '510722', kind: 'hospital' },
  };
  newborn!.existing = { birthCertificateNumber: 'L510000001' };
  const identity = { type: 'resident_id_card', number, name: form.mother!.name };
  return { form, mother: { subject: `mother-${serial}`, identity } };
}

export const once = (form: unknown, key: string = randomUUID()) => ({
  key,
  body: JSON.stringify(form),
  route: 'POST /v1/applications',
});

export interface Couple {
  form: ApplicationForm;
  mother: Caller;
  father: Caller;
  /** As the hospital's notification of this birth says it. */
  record: { office: string; facts: Record<string, unknown> };
}

/** Married, one child born in hospital, filed by the mother before the record is known. Every couple is another. */
export function aCouple(): Couple {
  const sample = loadSamples().find(({ name }) => name === 'ordinary-couple')!;
  serial += 1;
  const real = realise(sample, Date.now());
  const birth = sample.births[0]!;
  const text = JSON.stringify(real.form)
    .replaceAll(real.form.mother!.identity.number, numberOf('female'))
    .replaceAll(real.form.father!.identity.number, numberOf('male'));
  const form = JSON.parse(text) as ApplicationForm;
  const [newborn] = form.newborns;
  newborn!.birthRecordId = null;
  newborn!.claimedBirth = {
    hospitalOfficeCode: birth.office,
    bornOn: real.bornOn,
    plurality: 1,
    deliveryOrder: 1,
  };
  const { office, daysAgo: _days, time: _time, notified: _notified, ...measured } = birth;
  const facts = {
    recordNumber: `R-${serial}-${randomUUID().slice(0, 8)}`,
    motherName: form.mother!.name,
    motherIdentity: form.mother!.identity,
    bornAt: real.bornAt[0],
    place: { region: '500235', kind: 'hospital' },
    ...measured,
  };
  const mother = callerOf('mother', form.mother!);
  return { form, mother, father: callerOf('father', form.father!), record: { office, facts } };
}

/** The same form as somebody else files it. */
export function filedBy(
  form: ApplicationForm,
  role: ApplicationForm['applicant']['role'],
  { identity }: Caller,
  authorisation?: string,
): ApplicationForm {
  const { type, number, name } = identity!;
  const applicant = { role, name, identity: { type, number }, mobile: '13900001111' } as ApplicationForm['applicant'];
  return { ...form, applicant: authorisation === undefined ? applicant : { ...applicant, authorisation } };
}

/** Somebody with verified papers and no part in any case. */
export const aStranger = (): Caller => {
  serial += 1;
  const identity = { type: 'resident_id_card', number: numberOf('male'), name: '周明辉' };
  return { subject: `stranger-${serial}`, identity };
};

const callerOf = (who: string, { name, identity }: { name: string; identity: { type: string; number: string } }) => ({
  subject: `${who}-${serial}`,
  identity: { ...identity, name },
});

function numberOf(sex: 'male' | 'female'): string {
  const order = String((serial % 490) * 2 + (sex === 'male' ? 1 : 2)).padStart(3, '0');
  const first = `500235${1970 + (Math.floor(serial / 490) % 15)}0101${order}`;
  return first + residentIdCheckCharacter(first);
}
