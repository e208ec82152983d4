import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { EventStream } from '../../support/event-stream';
import { FiledSample, type Step } from '../../support/filed-sample';

jest.setTimeout(60_000);

type Shown = Step & {
  id: string;
  version: number;
  office: Record<string, string>;
  overdue: { with: string; text: string } | null;
};
const ALL = { regions: ['500235'], agencies: ['*'], offices: ['*'] };

describe('P2: offices over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  let clerk: string;
  let family: FiledSample;
  const folder = mkdtempSync(join(tmpdir(), 'birth-offices-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    clerk = await client.clerkToken('clerk');
    // its vaccination unit has no system, and nobody answers there
    family = await FiledSample.of(client, 'remote-town-worklist').file();
    await family.until('vaccination', ({ state }) => state === 'delivered');
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const vaccination = async (): Promise<Shown> => (await family.step('vaccination')) as Shown;
  const assign = async (officeCode: string, more: Record<string, unknown> = {}, token = clerk) => {
    const { id, version } = await vaccination();
    const body = { officeCode, expectedVersion: version, reason: '接种室停诊', ...more };
    const { status, body: answer } = await client.send({ path: `/clerk/v1/steps/${id}/assignments`, token, body });
    return [status, answer['code'] ?? null];
  };

  it.each([
    ['an office without a worklist', 'YYV001', {}, [409, 'office_has_step']],
    ['another agency’s office', 'YYP001', {}, [409, 'office_not_suitable']],
    ['the present one', 'YYV009', {}, [409, 'office_unchanged']],
    ['none that is known', 'YYV999', {}, [409, 'office_unknown']],
    ['an old version', 'YYV010', { expectedVersion: 0 }, [412, 'version_conflict']],
    ['no reason', 'YYV010', { reason: '' }, [400, 'invalid_request']],
    ['a field nobody knows', 'YYV010', { why: 'x' }, [400, 'invalid_request']],
  ])('refused: %s', async (_name, officeCode, more, expected) => {
    expect(await assign(officeCode, more)).toEqual(expected);
    expect((await vaccination()).office['code']).toBe('YYV009');
  });

  it('who may only look may not, and another office’s clerk does not know the step', async () => {
    const viewer = await client.clerkToken('viewer', ALL);
    expect((await assign('YYV010', {}, viewer))[0]).toBe(403);
    const other = await client.clerkToken('clerk', { ...ALL, offices: ['YYV010'] });
    expect(await assign('YYV010', {}, other)).toEqual([404, 'not_found']);
  });

  it('after its limit the deputy is asked: family and clerk read who, since when and until when', async () => {
    const { id } = await vaccination();
    await inDatabase(
      `update step set timers_fired_until = now() - interval '1 hour',
        duty = jsonb_set(duty, '{dueAt}', to_jsonb((extract(epoch from now()) * 1000)::bigint - 1)) where id = $1`,
      id,
    );
    await inDatabase(`update work set due_at = now() where step_id = $1 and kind = 'DEADLINE'`, id);
    const { overdue } = (await family.until('vaccination', (step) => (step as Shown).overdue !== null)) as Shown;
    expect(overdue).toMatchObject({ with: 'deputy', since: expect.any(String) as string });
    expect(overdue?.text).toBe('泥溪镇卫生院接种室逾期未答复，已交该机构副职（预防接种副组长）催办，您无需操作');
    const { body } = await client.get('/clerk/v1/steps?office=YYV009&limit=100', clerk);
    const found = (body['items'] as { stepId: string; overdueWith: string }[]).find(({ stepId }) => stepId === id);
    expect(found?.overdueWith).toBe('deputy');
    const { body: shown } = await client.get(`/clerk/v1/applications/${family.id}`, clerk);
    const tasks = shown['openTasks'] as { kind: string; reason: string; officeCode: string }[];
    expect(tasks).toContainEqual(
      expect.objectContaining({ kind: 'office_overdue', reason: 'deputy', officeCode: 'YYV009' }),
    );
  });

  it('another worklist takes the step: the family sees the new office, both offices’ clerks hear of it', async () => {
    const url = `${stack.apiUrl}/clerk/v1/stream`;
    const open = async (office: string) =>
      EventStream.open(url, await client.clerkToken('clerk', { ...ALL, offices: [office] }), '0.0');
    const [left, taking] = [await open('YYV009'), await open('YYV010')];
    expect(await assign('YYV010')).toEqual([200, null]);
    const { office, overdue } = await vaccination();
    expect(office).toMatchObject({
      code: 'YYV010',
      name: '清水土家族乡卫生院接种室',
      phone: expect.stringMatching(/^023-/) as string,
    });
    expect([office['address'], office['hours']].every((text) => (text ?? '').length > 5)).toBe(true);
    const { opensAt, closesAt } = office['opening'] as unknown as Record<string, string>;
    expect(Date.parse(closesAt!)).toBeGreaterThan(Math.max(Date.now(), Date.parse(opensAt!)));
    expect(overdue).toBeNull();
    for (const stream of [left, taking]) {
      await stream.until('the change', ({ events }) => events.some(({ data }) => data?.['type'] === 'office_assigned'));
      await stream.cut();
    }
  });

  it('a supervisor changes how an office answers, with a reason; a clerk reads it and may not', async () => {
    const path = '/clerk/v1/offices/YYV012/answer-modes';
    const body = { answerMode: 'exchange_table', reason: '前置机启用' };
    const supervisor = await client.clerkToken('supervisor');
    expect((await client.send({ path, token: clerk, body })).status).toBe(403);
    const { status, body: changed } = await client.send({ path, token: supervisor, body });
    expect([status, changed]).toMatchObject([200, { answerMode: 'exchange_table', changes: [{ previous: 'api' }] }]);
    expect(await client.send({ path, token: supervisor, body })).toMatchObject({
      status: 409,
      body: { code: 'answer_mode_unchanged' },
    });
    expect((await client.get(path, clerk)).body).toEqual(changed);
    expect((await client.get('/clerk/v1/offices/YYV999/answer-modes', clerk)).status).toBe(404);
  });

  it('an office’s tasks leave in a file, and its answers come in one: the family reads the result', async () => {
    const path = '/clerk/v1/offices/YYV010/batches';
    const { body: exported } = await client.send({ path: `${path}/exports`, token: clerk });
    expect(exported).toMatchObject({ number: 1, lines: 1 });
    expect(Buffer.from(String(exported['file']), 'base64').toString()).toContain('""residenceAddress"":');
    const { id } = await vaccination();
    const [, taskId] = /\r\n([0-9a-f-]{36}),vaccination,/.exec(
      Buffer.from(String(exported['file']), 'base64').toString(),
    )!;
    const results = JSON.stringify({ childCode: 'C1', bookNumber: 'B1', unitName: '接种室' }).replaceAll('"', '""');
    const rows = (number: number) => [
      `文件,birth-batch-1,import,YYV010,${number},2026-11-02T16:30:00+08:00`,
      '任务号,答复,答复时间,回执号,说明,补正字段,程序,截止日,结果,不予理由,法律依据,文书号,机关,救济途径',
      `${taskId},completed,2026-11-02T16:30:00+08:00,YJ1,,,,,"${results}",,,,,`,
      `合计,1,${parseInt(taskId!.slice(-8), 16)}`,
    ];
    const take = (number: number) => {
      const file = Buffer.from(`\uFEFF${rows(number).join('\r\n')}`).toString('base64');
      return client.send({ path: `${path}/imports`, token: clerk, body: { file } });
    };
    expect(await take(2)).toMatchObject({ status: 409, body: { code: 'batch_number_gap', expectedNumber: 1 } });
    expect(await take(1)).toMatchObject({ status: 200, body: { taken: 1, rejected: [], isRepeated: false } });
    expect(await take(1)).toMatchObject({ status: 200, body: { taken: 1, isRepeated: true } });
    expect(await family.step('vaccination')).toMatchObject({ id, state: 'completed', source: 'worklist' });
    expect((await client.get(path, clerk)).body).toMatchObject({ nextExport: 2, nextImport: 2 });
  });

  async function inDatabase(text: string, id: string): Promise<void> {
    const database = new Client({ connectionString: stack.postgres.url });
    await database.connect();
    const { rowCount } = await database.query(text, [id]);
    await database.end();
    expect(rowCount).toBe(1);
  }
});
