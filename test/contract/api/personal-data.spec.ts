import { Redis } from 'ioredis';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import type { Sample } from '../../../apps/standalone/src/samples/sample';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { FiledSample } from '../../support/filed-sample';
import { itWithRedisServer } from '../../support/redis';
import { tracesIn } from '../../support/traces';

jest.setTimeout(90_000);

const STREET = '金丝雀巷';
const WORDS = { mother: '王鸬鹚', father: '王鹮鹇', given: '鹈鹕', reason: '我们想再商量鹈鹕的事' };
const WAYBILL = 'EKANARIE4711CN';

/** The same family under names and a street that nobody else has. */
function rename(sample: Sample): void {
  const { mother, father } = sample.form as unknown as { mother: { name: string }; father: { name: string } };
  const text = JSON.stringify(sample.form)
    .replaceAll(mother.name, WORDS.mother)
    .replaceAll(father.name, WORDS.father)
    .replaceAll('示例路', STREET);
  sample.form = JSON.parse(text) as Sample['form'];
  const { newborns } = sample.form as unknown as { newborns: { name: { given: string } }[] };
  newborns[0]!.name.given = WORDS.given;
}

describe('what is known of a family stays where it is sealed', () => {
  let stack: Stack;
  let client: PlatformClient;
  let monitor: Socket;
  let jobs = '';
  const folder = mkdtempSync(join(tmpdir(), 'birth-personal-'));
  const values: Record<string, string> = { street: STREET, given: WORDS.given, waybill: WAYBILL };

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'redis', split: true, folder, env: { LOG_LEVEL: 'debug' } });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    monitor = connect(Number(new URL(stack.redis!.url).port), '127.0.0.1', () => monitor.write('MONITOR\r\n'));
    monitor.on('data', (bytes) => (jobs += bytes.toString('latin1')));
  });
  afterAll(async () => {
    monitor.destroy();
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const remember = ({ real }: FiledSample): void => {
    for (const who of ['mother', 'father'] as const) {
      const { name, identity, mobile } = real.form[who]!;
      Object.assign(values, { [who]: name, [`${who}’s number`]: identity.number, [`${who}’s mobile`]: mobile });
    }
  };

  /** Filed, corrected, refused by the father and agreed later; garbage from an agency; what is not let in. */
  async function live(): Promise<FiledSample> {
    const scenario = { kind: 'correction_once', fields: ['residenceAddress'], text: `请${WORDS.mother}核对` } as const;
    const family = FiledSample.of(client, 'ordinary-couple', (sample) => {
      rename(sample);
      sample.scenarios = {
        'disease-control': scenario,
        'medical-insurance': { kind: 'garbage' },
        'public-security': { kind: 'paper_awaited', resumeAfterMs: 3_000 },
      };
    });
    remember(family);
    await family.file();
    const { form } = family.real;
    const his = await client.token(form.father!);
    const { items } = (await client.get('/v1/consents', his)).body as { items: { id: string }[] };
    for (const { id } of items) {
      const body = { answer: 'agreed', reason: WORDS.reason };
      expect((await client.send({ path: `/v1/consents/${id}`, token: his, body })).status).toBe(200);
    }
    const hers = await client.token(form.mother!);
    const { office } = family.sample.births[0]!;
    const claimed = { hospitalOfficeCode: office, bornOn: family.real.bornOn, plurality: 1, deliveryOrder: 1 };
    const again = structuredClone(form);
    Object.assign(again.newborns[0]!, { birthRecordId: null, claimedBirth: claimed });
    expect((await client.send({ path: '/v1/applications', token: hers, body: again })).status).toBe(409);
    const { number } = form.mother!.identity;
    again.mother!.identity.number = number.slice(0, 17) + (number.endsWith('X') ? '1' : 'X');
    expect((await client.send({ path: '/v1/applications', token: hers, body: again })).status).toBe(422);
    await family.until('vaccination', ({ state }) => state === 'correction_needed');
    const fields = { '/vaccination/residenceAddress': `重庆市云阳县双江街道${STREET}1号` };
    expect((await family.send('vaccination', 'corrections', { fields })).status).toBe(200);
    await post(family, hers);
    await family.until('household_registration', ({ state }) => state === 'completed');
    await family.until('vaccination', ({ state }) => state === 'completed');
    return family;
  }

  /** The hospital gives her the certificate, and she posts it. */
  async function post(family: FiledSample, token: string): Promise<void> {
    const { custody } = await family.until('household_registration', (step) => step.custody.length > 0);
    const path = `/v1/applications/${family.id}/papers/${custody[0]!.paperId}/events`;
    for (const body of [{ event: 'received' }, { event: 'posted', waybill: WAYBILL }]) {
      expect((await client.send({ path, token, body })).status).toBe(200);
    }
    const { body } = await client.get(`/v1/applications/${family.id}/papers`, token);
    expect(JSON.stringify(body)).toContain(WAYBILL);
  }

  /** Every row of every table as text, bytes in hex. */
  async function dump(): Promise<{ text: string; log: string }> {
    const database = new Client({ connectionString: stack.postgres.url });
    await database.connect();
    const { rows: tables } = await database.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await database.query<{ row: string }>(`select t::text as row from ${name} t`);
      texts.push(...rows.map(({ row }) => `${name} ${row}`));
    }
    const { rows } = await database.query<{ data_directory: string }>('show data_directory');
    await database.end();
    return { text: texts.join('\n'), log: join(dirname(rows[0]!.data_directory), 'postgres.log') };
  }

  async function redisContents(): Promise<string> {
    const redis = new Redis(stack.redis!.url);
    const keys = await redis.keys('*');
    const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
    redis.disconnect();
    return [...keys, ...dumps.map((bytes) => bytes?.toString('latin1') ?? '')].join('\n');
  }

  itWithRedisServer('no log, no job, no address, no open column, no key of Redis says who they are', async () => {
    const family = await live();
    const { text, log } = await dump();
    expect(text).toContain(family.id);
    expect(jobs).toMatch(/stepId/);
    const logs = [...readdirSync(folder).filter((name) => /^(api|worker).*\.log$/.test(name))];
    expect(logs.length).toBeGreaterThanOrEqual(2);
    const places = {
      'rows of PostgreSQL': text,
      'the log of PostgreSQL': readFileSync(log, 'utf8'),
      'what went to Redis': jobs,
      'what lies in Redis': await redisContents(),
      ...Object.fromEntries(logs.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    };
    const found = Object.entries(places).map(([place, content]) => [place, tracesIn(content, values)]);
    expect(found.filter(([, traces]) => traces!.length > 0)).toEqual([]);
  });

  it.each([
    ['plain', (value: string) => `name=${value};`],
    [
      'escaped',
      (value: string) => JSON.stringify(value).replace(/[^\0-~]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`),
    ],
    ['in an address', (value: string) => `GET /v1?name=${encodeURIComponent(value)}`],
    ['as bytes', (value: string) => `\\x00${Buffer.from(`a${value}b`).toString('hex')}`],
    ['as Redis repeats it', (value: string) => Buffer.from(value).toString('hex').replace(/../g, '\\x$&')],
    ['in base64', (value: string) => Buffer.from(`ab${value}cd`).toString('base64')],
  ])('a value %s would be seen', (_name, write) => {
    expect(tracesIn(write(WORDS.mother), { mother: WORDS.mother })).toEqual(['mother']);
    expect(tracesIn(write('王静'), { mother: WORDS.mother })).toEqual([]);
  });
});
