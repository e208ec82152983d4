import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { until } from '../../../apps/standalone/src/embedded/until';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { EventStream } from '../../support/event-stream';
import { aFamily } from '../../support/families';

const ALL = { regions: ['*'], agencies: ['*'], offices: ['*'] };
jest.setTimeout(60_000);

const AGENCIES = [
  'health-commission',
  'disease-control',
  'public-security',
  'medical-insurance',
  'human-resources',
  'tax-administration',
];

describe('what a clerk sees live, over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  const folder = mkdtempSync(join(tmpdir(), 'birth-clerk-live-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Files and waits until the vaccination unit has answered: events of several agencies are committed then. */
  async function fileAndFinishVaccination(): Promise<string> {
    const { form, mother } = aFamily();
    const token = await client.token({ name: mother.identity!.name, identity: mother.identity! });
    const { body } = await client.send({ path: '/v1/applications', token, body: form });
    const id = String(body['id']);
    const end = Date.now() + 20_000;
    while (Date.now() < end) {
      const shown = await client.get(`/v1/applications/${id}`, token);
      const [newborn] = shown.body['newborns'] as { steps: { code: string; state: string }[] }[];
      if (newborn!.steps.some(({ code, state }) => code === 'vaccination' && state === 'completed')) return id;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the vaccination unit never answered');
  }

  const seqsOf = (stream: EventStream, id: string): unknown[] =>
    stream.events.filter(({ data }) => data!['applicationId'] === id).map(({ data }) => data!['seq']);
  const isDone = (id: string) => (stream: EventStream) =>
    stream.events.some(
      ({ data }) =>
        data!['applicationId'] === id && data!['agency'] === 'disease-control' && data!['toState'] === 'completed',
    );

  /** What the database says is in the chain, in the order of the tail. */
  const chainOf = async (id: string, clerk: string): Promise<Record<string, unknown>[]> => {
    const { body } = await client.get(`/clerk/v1/applications/${id}`, clerk);
    return body['timeline'] as Record<string, unknown>[];
  };

  it('a line that broke is taken up again by its last id: nothing is missing, nothing comes twice', async () => {
    const clerk = await client.clerkToken('clerk');
    const url = `${stack.apiUrl}/clerk/v1/stream`;
    const before = await EventStream.open(url, clerk);
    const first = await fileAndFinishVaccination();
    await before.until('the first case', isDone(first));
    await before.cut();

    const missed = await fileAndFinishVaccination();
    const after = await EventStream.open(url, clerk, before.lastId);
    const later = await fileAndFinishVaccination();
    await after.until('the case that was missed', isDone(missed));
    await after.until('the case that came after', isDone(later));
    await after.cut();

    const together = [...before.events, ...after.events];
    const ids = together.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const seen = [...seqsOf(before, first), ...seqsOf(after, first)];
    expect(seen).toEqual(seen.map((_, index) => index + 1));
    const missedSeqs = seqsOf(after, missed);
    expect(missedSeqs).toEqual(missedSeqs.map((_, index) => index + 1));
    const chain = await chainOf(missed, clerk);
    expect(missedSeqs.length).toBeGreaterThan(3);
    expect(missedSeqs.length).toBeLessThanOrEqual(chain.length);
  });

  /** The cases before may still be under way: a line on which one of their events came is no such line. */
  async function placeBeforeAnyEvent(url: string, token: string): Promise<string | null> {
    const line = await EventStream.open(url, token);
    await line.until('its place', ({ lastId }) => lastId !== '');
    const { events, lastId } = line;
    await line.cut();
    return events.length === 0 ? lastId : null;
  }

  it('who lost the line before any event came misses nothing either', async () => {
    const clerk = await client.clerkToken('clerk');
    const url = `${stack.apiUrl}/clerk/v1/stream`;
    const place = await until(() => placeBeforeAnyEvent(url, clerk), 20_000, 'a line without an event');
    const missed = await fileAndFinishVaccination();
    const after = await EventStream.open(url, clerk, place);
    await after.until('the case that was missed', isDone(missed));
    await after.cut();
    expect(seqsOf(after, missed)[0]).toBe(1);
  });

  it('the replay keeps to the clerk’s scope, and an odd last id means from now on', async () => {
    const url = `${stack.apiUrl}/clerk/v1/stream`;
    const scoped = await client.clerkToken('clerk', { ...ALL, agencies: ['disease-control'] });
    const missed = await fileAndFinishVaccination();
    const replayed = await EventStream.open(url, scoped, '0.0');
    await replayed.until('its own agency’s part', isDone(missed));
    const agencies = new Set(replayed.events.map(({ data }) => data!['agency']));
    expect([...agencies]).toEqual(['disease-control']);
    await replayed.cut();
    for (const odd of ['x', '99999999999999999999.1', "1.1' or 1=1", '999999999999999999.0']) {
      const stream = await EventStream.open(url, scoped, odd);
      await stream.until('its place', ({ lastId }) => lastId !== '');
      expect(isDone(missed)(stream)).toBe(false);
      await stream.cut();
    }
  });

  it('all six agencies are listed, the idle ones too, and never the platform’s timers', async () => {
    const supervisor = await client.clerkToken('supervisor');
    const { body } = await client.get('/clerk/v1/agencies', supervisor);
    const items = body['items'] as Record<string, unknown>[];
    expect(items.map(({ agency }) => agency)).toEqual(AGENCIES);
    for (const item of items) {
      expect(Object.keys(item).sort()).toEqual(
        [
          ...['agency', 'name', 'backlog', 'dueNow', 'inFlight', 'oldestDueAt', 'pausedUntil', 'lastSuccessAt'],
          ...['serving', 'breaker', 'callLimit', 'callsPerSecond', 'recentCalls', 'failurePercent', 'p50Ms', 'p95Ms'],
          'maintenance',
        ].sort(),
      );
      if (item['backlog'] === 0) expect(item['oldestDueAt']).toBeNull();
    }
    const vaccination = items.find(({ agency }) => agency === 'disease-control');
    expect(Date.parse(String(vaccination!['lastSuccessAt']))).toBeGreaterThan(Date.now() - 60_000);
    expect(vaccination).toMatchObject({ serving: true, breaker: 'closed', maintenance: [] });
  });

  it.each([
    ['of two agencies', { agencies: ['disease-control', 'human-resources'] }, ['disease-control', 'human-resources']],
    ['of one office', { offices: ['YYV001'] }, ['disease-control']],
    ['of another agency’s office', { agencies: ['human-resources'], offices: ['YYV001'] }, []],
    ['of another county', { regions: ['500101'] }, []],
    ['of the whole city', { regions: ['50'] }, AGENCIES],
    ['of nothing named', { agencies: [] }, []],
  ])('a clerk %s sees those agencies alone', async (_name, claims, expected) => {
    const { body } = await client.get('/clerk/v1/agencies', await client.clerkToken('viewer', { ...ALL, ...claims }));
    expect((body['items'] as { agency: string }[]).map(({ agency }) => agency)).toEqual(expected);
  });
});
