import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { aFamily } from '../../support/families';
import { rowCounts } from '../../support/row-counts';

jest.setTimeout(60_000);

interface Operation {
  parameters: { name: string; in: string }[];
  requestBody?: { required?: boolean; content: Record<string, unknown> };
}
const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  paths: Record<string, Partial<Record<'post' | 'put', Operation>>>;
};
/** They keep nothing. */
const ONLY_ASK = [
  '/v1/checks',
  '/v1/track',
  '/v1/receipt-checks',
  '/v1/applications/{id}/steps/{stepId}/correction-previews',
];
const NOBODYS = '01920000-0000-7000-8000-000000000000';
const WRITES = Object.entries(paths)
  .filter(([path]) => path.startsWith('/v1/') && !ONLY_ASK.includes(path))
  .flatMap(([path, item]) =>
    (['post', 'put'] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
    }),
  );
const PARENT = {
  name: '王芳',
  identity: { type: 'resident_id_card', number: '500235199103247584' },
  nationality: 'CHN',
  mobile: '13812345678',
  household: { region: '500235001' },
  residence: { region: '500235001' },
};
/** The least that each body needs to be read; the others need nothing. */
const BODIES: Readonly<Record<string, unknown>> = {
  '/v1/applications': aFamily().form,
  '/v1/applications/{id}/consents': { parent: 'father' },
  '/v1/applications/{id}/mother-alone': {
    declaration: { code: 'father_added_later', version: '1', acceptedAt: '2026-11-02T08:30:00+08:00' },
    newborns: [],
  },
  '/v1/applications/{id}/papers/{paperId}/events': { event: 'received' },
  '/v1/applications/{id}/rating': { level: 5 },
  '/v1/applications/{id}/steps/{stepId}/basis-switches': { basis: 'citizen_id' },
  '/v1/applications/{id}/steps/{stepId}/corrections': { fields: {} },
  '/v1/applications/{id}/steps/{stepId}/demand-reports': { demand: 'birth_permit' },
  '/v1/consents/{token}': { answer: 'agreed' },
  '/v1/takeovers/{token}': { mobile: '13900001111' },
  '/v1/fertility-registrations': { declarant: 'mother', mother: PARENT, parity: 1, officeBy: 'residence' },
  '/v1/fertility-registrations/{id}/evidence': { materials: [] },
  '/v1/applications/{id}/newborns/{index}/name': { surname: '李', given: '安', surnameSource: 'father' },
};
const addressOf = (path: string): string =>
  path
    .replace('{index}', '0')
    .replace('{parent}', 'mother')
    .replaceAll(/\{\w+\}/g, NOBODYS);

describe('what every write of a family keeps to', () => {
  let stack: Stack;
  let client: PlatformClient;
  let database: Client;
  let token: string;
  let caseId: string;
  const folder = mkdtempSync(join(tmpdir(), 'birth-writes-'));
  const { form, mother } = aFamily();

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    token = await client.token({ name: mother.identity!.name, identity: mother.identity! });
    database = new Client({ connectionString: stack.postgres.url });
    await database.connect();
    caseId = String((await client.send({ path: '/v1/applications', token, body: form })).body['id']);
  });
  afterAll(async () => {
    await database.end();
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function call(method: string, path: string, headers: Record<string, string>, body?: string | FormData) {
    const response = await fetch(stack.apiUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const idempotencyRows = async (): Promise<number> => (await rowCounts(database))['idempotency_record']!;

  it('there are as many as the contract has', () => {
    expect(WRITES.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'POST /v1/applications',
      'POST /v1/applications/{id}/consents',
      'POST /v1/applications/{id}/mother-alone',
      'POST /v1/applications/{id}/newborns/{index}/death',
      'POST /v1/applications/{id}/papers/{paperId}/events',
      'POST /v1/applications/{id}/parents/{parent}/death',
      'POST /v1/applications/{id}/rating',
      'POST /v1/applications/{id}/steps/{stepId}/basis-switches',
      'POST /v1/applications/{id}/steps/{stepId}/corrections',
      'POST /v1/applications/{id}/steps/{stepId}/demand-reports',
      'POST /v1/applications/{id}/steps/{stepId}/done-elsewhere',
      'POST /v1/applications/{id}/steps/{stepId}/external-results',
      'POST /v1/applications/{id}/steps/{stepId}/reapplications',
      'POST /v1/applications/{id}/steps/{stepId}/withdrawal',
      'POST /v1/applications/{id}/withdrawal',
      'POST /v1/consents/{token}',
      'POST /v1/fertility-registrations',
      'POST /v1/fertility-registrations/{id}/evidence',
      'POST /v1/materials',
      'POST /v1/takeovers/{token}',
      'PUT /v1/applications/{id}/newborns/{index}/name',
    ]);
  });

  it.each(WRITES)('$method $path wants a key, and says so', async ({ method, path, operation }) => {
    expect(operation.parameters.map(({ name }) => name)).toContain('Idempotency-Key');
    const json = { 'content-type': 'application/json' };
    const body = JSON.stringify(BODIES[path] ?? {});
    const isFile = operation.requestBody?.content['multipart/form-data'] !== undefined;
    const sent = isFile
      ? await call(method, path, {}, new FormData())
      : await call(method, addressOf(path), json, body);
    expect(sent).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_required' },
    });
  });

  const isJson = ({ operation }: (typeof WRITES)[number]): boolean =>
    operation.requestBody?.content['application/json'] !== undefined;
  it.each(WRITES.filter(isJson))('$method $path refuses a property that it does not know', async ({ method, path }) => {
    const before = await idempotencyRows();
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'unknown' };
    const { status, body } = await call(method, addressOf(path), headers, '{"a/b":1}');
    expect([status, body['code']]).toEqual([400, 'invalid_request']);
    expect(body['errors']).toContainEqual(
      expect.objectContaining({ pointer: '/a~1b', code: 'unknown_property', message: expect.any(String) as string }),
    );
    expect(await idempotencyRows()).toBe(before);
  });

  const withoutBody = WRITES.filter(({ operation }) => operation.requestBody?.required === false);
  it.each(withoutBody)('$method $path says all by its address', async ({ method, path }) => {
    const key = { 'idempotency-key': 'empty' };
    const json = { ...key, 'content-type': 'application/json' };
    expect((await call(method, addressOf(path), key)).status).toBe(404);
    expect((await call(method, addressOf(path), json, '{}')).status).toBe(404);
    expect(await call(method, addressOf(path), json, '[]')).toMatchObject({
      status: 400,
      body: { code: 'body_must_be_object' },
    });
  });

  it('a withdrawal that is sent again is the same one, and the key holds for no other address', async () => {
    const path = `/v1/applications/${caseId}/withdrawal`;
    const key = { 'idempotency-key': 'w-1' };
    const first = await call('POST', path, key);
    expect(first.status).toBe(200);
    expect(await call('POST', path, key)).toEqual(first);
    expect(await call('POST', path, { ...key, 'content-type': 'application/json' }, '{}')).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
    const [newborn] = first.body['newborns'] as { steps: { id: string }[] }[];
    const other = `/v1/applications/${caseId}/steps/${newborn!.steps[0]!.id}/reapplications`;
    expect(await call('POST', other, key)).toMatchObject({ status: 409, body: { code: 'not_rejected' } });
  });

  describe('P20: a rating', () => {
    const TEXT = '窗口让我跑了三趟';
    const json = { 'content-type': 'application/json' };
    const rate = (key: string, body: object, id = caseId) =>
      call('POST', `/v1/applications/${id}/rating`, { ...json, 'idempotency-key': key }, JSON.stringify(body));
    const asClerk = async (claims?: Record<string, unknown>) => {
      const by = await client.clerkToken('supervisor', claims);
      return (await client.get(`/clerk/v1/applications/${caseId}`, by)).body;
    };

    it('needs something that has ended, and an own case', async () => {
      const { form: another, mother: other } = aFamily();
      const hers = await client.token({ name: other.identity!.name, identity: other.identity! });
      const { body } = await client.send({ path: '/v1/applications', token: hers, body: another });
      const path = `/v1/applications/${String(body['id'])}/rating`;
      const early = await client.send({ path, token: hers, body: { level: 5 } });
      expect([early.status, early.body['code']]).toEqual([409, 'nothing_to_rate']);
      expect((await client.get(`/v1/applications/${String(body['id'])}`, hers)).body).toMatchObject({
        rating: null,
        mayRate: false,
      });
      expect((await rate('r-0', { level: 5 }, String(body['id']))).status).toBe(404);
    });

    it('is given once, also where two are under way, and the same key gives the same answer', async () => {
      const shown = await client.get(`/v1/applications/${caseId}`, token);
      expect(shown.body).toMatchObject({ rating: null, mayRate: true });
      const bad = { level: 1, aspects: { windowAttitude: 1, efficiency: null }, text: TEXT };
      const answers = await Promise.all(['r-1', 'r-2', 'r-3', 'r-4'].map((key) => rate(key, bad)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      const taken = answers.findIndex(({ status }) => status === 200);
      expect(answers[taken]!.body['rating']).toMatchObject({
        level: 1,
        levelName: '非常不满意',
        aspects: { windowAttitude: 1 },
        text: TEXT,
        correctBy: expect.any(String) as string,
        calledBackAt: null,
      });
      expect(await rate(`r-${taken + 1}`, bad)).toEqual(answers[taken]);
      expect(await rate('r-5', { level: 5 })).toMatchObject({ status: 409, body: { code: 'already_rated' } });
      const { rows } = await database.query<{ kind: string; agency: string; office_code: string | null }>(
        `select kind, agency, office_code from human_task where application_id = $1 and kind = 'bad_rating'`,
        [caseId],
      );
      expect(rows).toEqual([{ kind: 'bad_rating', agency: 'health-commission', office_code: null }]);
    });

    it('is kept sealed, and its words are read by the family and by who calls back', async () => {
      const cells = await database.query<{ sealed: Buffer }>(
        `select sealed from form_section where application_id = $1 and section = 'rating'`,
        [caseId],
      );
      expect(cells.rows).toHaveLength(1);
      expect(cells.rows[0]!.sealed.includes(Buffer.from(TEXT))).toBe(false);
      const own = (await client.get(`/v1/applications/${caseId}`, token)).body;
      expect(own).toMatchObject({ rating: { level: 1, text: TEXT }, mayRate: false });
      expect(await asClerk()).toMatchObject({ rating: { level: 1, text: TEXT } });
      const police = { regions: ['*'], agencies: ['public-security'], offices: ['*'] };
      expect(await asClerk(police)).toMatchObject({ rating: { level: 1, text: null } });
    });

    it('a bad one ends with the call to the family', async () => {
      const { openTasks, newborns } = await asClerk();
      const task = (openTasks as { kind: string; stepId: string }[]).find(({ kind }) => kind === 'bad_rating')!;
      const steps = (newborns as { steps: { id: string; version: number }[] }[])[0]!.steps;
      const { version: expectedVersion } = steps.find(({ id }) => id === task.stepId)!;
      const body = { expectedVersion, reason: 'called the mother', decision: 'rating_called_back' };
      const path = `/clerk/v1/steps/${task.stepId}/resolutions`;
      const by = await client.clerkToken('clerk');
      expect((await client.send({ path, token: by, body })).status).toBe(200);
      const again = await client.send({ path, token: by, body });
      expect([again.status, again.body['code']]).toEqual([409, 'no_bad_rating']);
      expect((await asClerk())['openTasks']).toEqual([]);
      const own = (await client.get(`/v1/applications/${caseId}`, token)).body;
      expect(own['rating']).toMatchObject({ calledBackAt: expect.any(String) as string });
    });
  });
});
