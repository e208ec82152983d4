import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { residentIdCheckCharacter } from '@birth/standards';

export interface Family {
  name: string;
  number: string;
  bornAt: string;
  form(birthRecordId: string): Record<string, unknown>;
}

const DAYS_AGO = 15;
const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
let families = 0;

/** A mother alone with her newborn; the number belongs to nobody and is new each time. */
export function newFamily(): Family {
  families += 1;
  const first = `50023519960101${String(families * 2).padStart(3, '0')}`;
  const number = first + residentIdCheckCharacter(first);
  const day = new Date(Date.now() + SHANGHAI_MS - DAYS_AGO * DAY_MS).toISOString().slice(0, 10);
  const file = join(process.cwd(), 'seeds', 'applications', '007-unmarried-mother-alone.json');
  const sample = JSON.parse(readFileSync(file, 'utf8')) as { form: { mother: { identity: { number: string } } } };
  const text = JSON.stringify(sample.form)
    .replaceAll(sample.form.mother.identity.number, number)
    .replaceAll('"{{birthYear}}"', day.slice(0, 4))
    .replaceAll('{{now}}', new Date().toISOString());
  const form = (birthRecordId: string): Record<string, unknown> =>
    JSON.parse(text.replaceAll('{{birthRecord:0}}', birthRecordId)) as Record<string, unknown>;
  const { name } = JSON.parse(text).mother as { name: string };
  return { name, number, bornAt: `${day}T08:30:00+08:00`, form };
}

/** What a hospital sends about her, as docs/agencies/wire/hospital.md says. */
export function birthNotification({ name, number, bornAt }: Family, messageId: string): string {
  return JSON.stringify({
    messageId,
    occurredAt: bornAt,
    office: 'YYH001',
    records: [
      {
        recordNumber: `ZY-${messageId}`,
        motherName: name,
        motherIdentity: { type: 'resident_id_card', number },
        bornAt,
        sex: 'male',
        plurality: 1,
        deliveryOrder: 1,
        weightGrams: 3300,
        lengthCm: 50.5,
        gestationalWeeks: 39,
        gestationalDays: 2,
        outcome: 'live',
        place: { region: '500235', kind: 'hospital' },
      },
    ],
  });
}
