import type { ApplicationForm } from '@birth/domain';
import { residentIdCheckCharacter } from '@birth/standards';
import { inParallel } from '../demo/demo-run';
import type { PlatformClient } from '../demo/platform-client';
import { loadSamples, realise } from '../samples/realise';

const TOKENS_IN_FLIGHT = 16;
const BATCH = 100;

export interface BenchFamily {
  form: ApplicationForm;
  token: string;
  filed(id: string): void;
}

/** Families without a second parent to wait for: a mother alone, all five services, the hospital's record known, no premium to pay. */
export class BenchFamilies {
  readonly naturalKeys = new Map<string, string>();

  constructor(private readonly client: PlatformClient) {}

  async make(count: number): Promise<BenchFamily[]> {
    const sample = loadSamples().find(({ name }) => name === 'unmarried-mother-alone');
    const [birth] = sample?.births ?? [];
    if (sample === undefined || birth == null) throw new Error('the sample unmarried-mother-alone is missing');
    const real = realise(sample, Date.now());
    const bornAt = real.bornAt[0] ?? '';
    const numbers = Array.from({ length: count }, (_, index) => motherNumber(index));
    const people = numbers.map((number) => ({
      name: real.form.mother?.name ?? '',
      identity: { type: 'resident_id_card' as const, number },
    }));
    const { office, daysAgo: _days, time, notified: _notified, ...facts } = birth;
    for (let from = 0; from < count; from += BATCH) {
      const records = people.slice(from, from + BATCH).map((mother) => ({
        motherName: mother.name,
        motherIdentity: mother.identity,
        bornAt,
        place: { region: '500235', kind: 'hospital' },
        ...facts,
      }));
      await this.client.control('POST', '/_sandbox/hospital/birth-records', { office, records });
    }
    const families: BenchFamily[] = new Array<BenchFamily>(count);
    await inParallel(
      people.map((person, index) => ({ person, index })),
      TOKENS_IN_FLIGHT,
      async ({ person, index }) => {
        const token = await this.client.token(person);
        const { body } = await this.client.get('/v1/birth-records', token);
        const [record] = body['items'] as { id: string }[];
        const { form } = realise(sample, Date.now(), { 'birthRecord:0': record?.id ?? '' });
        const naturalKey = `${person.identity.number}|${bornAt.slice(0, 10)} ${time}:00|1`;
        families[index] = {
          form: withMother(form, person.identity.number),
          token,
          filed: (id) => this.naturalKeys.set(`${id}/0`, naturalKey),
        };
      },
    );
    return families;
  }
}

function withMother(form: ApplicationForm, number: string): ApplicationForm {
  const before = form.mother?.identity.number ?? '';
  const own = JSON.parse(JSON.stringify(form).replaceAll(before, number)) as ApplicationForm;
  // a premium ends when a family pays it, so none is due here: the five services are measured
  for (const { insurance } of own.newborns) if (insurance) insurance.mode = 'with_guardian';
  return own;
}

/** Numbers of nobody, one a family. */
function motherNumber(index: number): string {
  const year = 1985 + (index % 18);
  const month = String(1 + (Math.floor(index / 18) % 12)).padStart(2, '0');
  const day = String(1 + (Math.floor(index / 216) % 28)).padStart(2, '0');
  const order = String(Math.floor(index / 6048) * 2 + 2).padStart(3, '0');
  const first = `500235${year}${month}${day}${order}`;
  return first + residentIdCheckCharacter(first);
}
