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
