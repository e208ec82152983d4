import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PlatformDouble } from './platform-double';
import { SandboxFixture, someName, until } from './sandbox-fixture';
import { isSigned } from './signed-message';

const LIST = '/agency/v1/worklist?agency=disease-control&office=YY-VAC-09&limit=100';

describe('the worklist answerer', () => {
  let platform: PlatformDouble;
  let sandbox: SandboxFixture;
  let items: Record<string, unknown>[];

  beforeEach(async () => {
    items = [];
    platform = await PlatformDouble.start();
    platform.answer = ({ method, url }) => {
      if (method !== 'GET') return { status: 200 };
      const own = items.filter((item) => url.includes(`agency=${String(item['agency'])}&`));
      return { status: 200, body: { items: own, nextCursor: null } };
    };
    sandbox = await SandboxFixture.start({
      PLATFORM_URL: platform.url,
      SANDBOX_WORKLIST: 'disease-control:YY-VAC-09,public-security:YY-PS-09',
    });
  });

  afterEach(async () => {
    await sandbox.stop();
    await platform.stop();
  });

  const task = (name: string, stepCode = 'vaccination'): { taskId: string; key: string } => {
    const ids = { taskId: randomUUID(), key: randomUUID() };
    items = [
      {
        ...ids,
        agency: stepCode === 'vaccination' ? 'disease-control' : 'public-security',
        stepId: randomUUID(),
        code: stepCode,
        payload: {
          mother: { name: someName() },
          name: { surname: name.slice(0, 1), given: name.slice(1) },
          birth: { sex: 'female', bornAt: '2026-11-02T08:30:00+08:00' },
        },
      },
    ];
    return ids;
  };
  /** In the order in which they were given: each is sent on its own, may overtake another, and may be sent again. */
  const answersTo = (taskId: string): Record<string, unknown>[] => {
    const sent = platform.messages(`/agency/v1/worklist/${taskId}/answers`);
    const once = new Map(sent.map((message) => [message['messageId'], message]));
    return [...once.values()].sort((one, other) => sequenceOf(one) - sequenceOf(other));
  };
  const sequenceOf = ({ messageId }: Record<string, unknown>): number => Number(String(messageId).split('-').at(-1));

  it('accepts a task, completes it a pace later, signed, and writes the ledger', async () => {
    const name = someName();
    const { taskId, key } = task(name);
    const answers = await until(
      () => answersTo(taskId),
      (list) => list.length === 2,
    );
    expect(answers.map((one) => one['kind'])).toEqual(['accepted', 'completed']);
    expect(Object.keys(answers[1]?.['results'] as object).sort()).toEqual(['bookNumber', 'childCode', 'unitName']);
    const { entries, effects } = await sandbox.ledger('disease-control');
    expect(entries[0]).toMatchObject({ key, newborn: { name, sex: 'female', bornAt: '2026-11-02T08:30:00+08:00' } });
    expect(effects.byKey[key]).toBe(1);
    const keysFile = join(sandbox.config().SANDBOX_KEYS_DIR, 'public.json');
    const looks = platform.received.filter(({ url }) => url === platform.url + LIST);
    for (const message of [looks[0], platform.received.find(({ method }) => method === 'POST')]) {
      expect(message).toBeDefined();
      if (message !== undefined) expect(await isSigned(message, keysFile)).toBe(true);
    }
  });

  it('takes a task once, however often it is listed', async () => {
    const { taskId, key } = task(someName());
    await until(
      () => answersTo(taskId),
      (list) => list.length === 2,
    );
    const looks = platform.received.length;
    await until(
      () => platform.received.length,
      (count) => count > looks + 4,
    );
    expect(answersTo(taskId)).toHaveLength(2);
    expect((await sandbox.ledger('disease-control')).effects.byKey[key]).toBe(1);
  });

  it('allots an ID number by hand, other than those of the exchange table', async () => {
    const { taskId } = task(someName(), 'household_registration');
    const answers = await until(
      () => answersTo(taskId),
      (list) => list.length === 2,
    );
    expect((answers[1]?.['results'] as Record<string, string>)['residentIdNumber']).toMatch(
      /^50023520261102\d{3}[\dX]$/,
    );
  });

  it.each([
    [
      { kind: 'correction_once', fields: ['/name'], text: '姓名' },
      { kind: 'correction_needed', fields: ['/name'], text: '姓名' },
    ],
    [
      { kind: 'refuse', reason: '甲', legalBasis: '乙', documentNumber: '丙', remedy: '丁' },
      { kind: 'rejected', refusal: { reason: '甲', legalBasis: '乙', documentNumber: '丙', remedy: '丁' } },
    ],
    [
      { kind: 'action_needed', text: '请来', resumeAfterMs: 60_000 },
      { kind: 'action_needed', text: '请来' },
    ],
    [
      { kind: 'special_procedure', days: 2, coordinated: true, resumeAfterMs: 60_000 },
      { kind: 'suspended', procedure: 'coordinated_check' },
    ],
  ])('plays %j', async (scenario, expected) => {
    const name = someName();
    await sandbox.script('disease-control', { byName: { [name]: scenario } });
    const { taskId } = task(name);
    const answers = await until(
      () => answersTo(taskId),
      (list) => list.length === 2,
    );
    expect(answers[1]).toMatchObject(expected);
  });
});

it('is off unless offices are named', async () => {
  const platform = await PlatformDouble.start();
  const sandbox = await SandboxFixture.start({ PLATFORM_URL: platform.url, SANDBOX_PACE_MS: 1 });
  await until(
    () => sandbox.send('GET', '/health/live'),
    ({ status }) => status === 200,
  );
  expect(platform.received).toEqual([]);
  await sandbox.stop();
  await platform.stop();
});
