import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import contract from '../../../docs/openapi.json';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { aFamily } from '../../support/families';
import { WrongBodies } from '../../support/wrong-bodies';

jest.setTimeout(60_000);

type Audience = 'applicants' | 'clerks' | 'agencies' | 'platform';
interface Call {
  name: string;
  method: string;
  template: string;
  audience: Audience;
  parameters: { name: string; in: string }[];
  schema: Record<string, unknown> | null;
  isOpen: boolean;
}
interface Asked {
  path?: string;
  token?: string | null;
  headers?: Record<string, string>;
  body?: string;
}
interface Refusal {
  status: number;
  code: string;
  pointers: string[];
}

interface Problem {
  code: string;
  errors?: { pointer: string }[];
}

async function refusalOf(response: Response): Promise<Refusal> {
  const { status, headers } = response;
  const isProblem = (headers.get('content-type') ?? '').startsWith('application/problem+json');
  if (!isProblem) await response.body?.cancel();
  const { code, errors = [] } = isProblem ? ((await response.json()) as Problem) : { code: 'no problem' };
  return { status, code, pointers: errors.map(({ pointer }) => pointer) };
}

const UNKNOWN_ID = '01920000-0000-7000-8000-000000000000';
const wrongBodies = new WrongBodies(contract.components.schemas);

/** Read off the contract: a call that is added tomorrow is asked the same things. */
const CALLS: readonly Call[] = Object.entries(
  contract.paths as unknown as Record<string, Record<string, Operation>>,
).flatMap(([template, item]) =>
  Object.entries(item).map(([method, { tags, parameters = [], requestBody, security }]) => ({
    name: `${method.toUpperCase()} ${template}`,
    method: method.toUpperCase(),
    template,
    audience: tags[0],
    parameters,
    schema: requestBody?.content['application/json']?.schema ?? null,
    isOpen: security === undefined,
  })),
);
interface Operation {
  tags: [Audience];
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
  security?: unknown;
}

const fertility = ({ identity }: Person) => ({
  declarant: 'mother',
  mother: {
    name: identity!.name,
    identity: { type: 'resident_id_card', number: identity!.number },
    nationality: 'CHN',
    mobile: '13812345678',
    household: { region: '510722' },
    residence: { region: '500235001' },
  },
  expectedOn: '2027-03-01',
  parity: 2,
  officeBy: 'residence',
});
type Person = ReturnType<typeof aFamily>['mother'];

const rows = (calls: readonly Call[]): [string, Call][] => calls.map((call) => [call.name, call]);
const withBearer = CALLS.filter(({ isOpen, audience }) => !isOpen && audience !== 'agencies');
const withBody = CALLS.filter(({ schema, audience }) => schema !== null && audience !== 'agencies');
const takesKey = ({ parameters }: Call): boolean => parameters.some(({ name }) => name === 'Idempotency-Key');
const takesId = ({ template, audience }: Call): boolean => /\{\w*[iI]d\}/.test(template) && audience !== 'agencies';

describe('bad input to every call of the contract', () => {
  let stack: Stack;
  let client: PlatformClient;
  let tokens: Record<Audience, string>;
  let viewer: string;
  const folder = mkdtempSync(join(tmpdir(), 'birth-bad-input-'));
  const { form, mother } = aFamily();

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    const applicants = await client.token({ name: mother.identity!.name, identity: mother.identity! });
    const clerks = await client.clerkToken(['supervisor', 'auditor']);
    tokens = { applicants, clerks, agencies: '', platform: '' };
    viewer = await client.clerkToken('viewer');
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const headersOf = (call: Call, { token, body }: Asked): Record<string, string> => {
    const bearer = token === undefined ? tokens[call.audience] : token;
    return {
      ...(bearer === null || bearer === '' ? {} : { authorization: `Bearer ${bearer}` }),
      ...(takesKey(call) ? { 'idempotency-key': 'bad-input' } : {}),
      ...(call.schema === null && body === undefined ? {} : { 'content-type': 'application/json' }),
    };
  };

  /** Well asked but for what the case changes. */
  async function ask(call: Call, asked: Asked = {}): Promise<Refusal> {
    const headers = { ...headersOf(call, asked), ...asked.headers };
    const sent = asked.body ?? (call.schema === null ? null : '{}');
    const body = call.method === 'GET' ? null : sent;
    const response = await fetch(stack.apiUrl + (asked.path ?? addressOf(call)), {
      method: call.method,
      headers,
      body,
    });
    return refusalOf(response);
  }

  const addressOf = ({ template }: Call, id = UNKNOWN_ID): string =>
    template
      .replace('{index}', '0')
      .replace('{agency}', 'health-commission')
      .replace('{audience}', 'applicant')
      .replace(/\{\w+\}/g, id);

  /** A body that is right: the key is asked for after it. */
  const rightBodies: Record<string, unknown> = {
    'POST /v1/applications': form,
    'POST /v1/applications/{id}/rating': { level: 5 },
    'POST /v1/applications/{id}/steps/{stepId}/basis-switches': { basis: 'citizen_id' },
    'POST /v1/applications/{id}/steps/{stepId}/corrections': { fields: {} },
    'POST /v1/applications/{id}/mother-alone': {
      declaration: { code: 'father_added_later', version: '1', acceptedAt: '2026-11-02T08:30:00+08:00' },
      newborns: [],
    },
    'POST /v1/applications/{id}/papers/{paperId}/events': { event: 'received' },
    'POST /v1/applications/{id}/steps/{stepId}/correction-previews': { fields: {} },
    'POST /v1/applications/{id}/steps/{stepId}/demand-reports': { demand: 'birth_permit' },
    'PUT /v1/applications/{id}/newborns/{index}/name': { surname: '王', given: '安', surnameSource: 'mother' },
    'POST /v1/consents/{token}': { answer: 'agreed' },
    'POST /v1/takeovers/{token}': { mobile: '13812345678' },
    'POST /v1/applications/{id}/consents': { parent: 'father' },
    'POST /v1/fertility-registrations': { ...fertility(mother) },
    'POST /v1/fertility-registrations/{id}/evidence': { materials: [] },
    'POST /clerk/v1/reconciliations': { agency: 'health-commission' },
  };
  const bodyOf = ({ name }: Call) => (name in rightBodies ? { body: JSON.stringify(rightBodies[name]) } : {});
  const multipart = ({ name }: Call) =>
    name === 'POST /v1/materials' ? { 'content-type': 'multipart/form-data; boundary=x' } : {};

  it('every call is asked something', () => {
    const asked = new Set([...withBearer, ...withBody, ...CALLS.filter(({ audience }) => audience === 'agencies')]);
    expect(CALLS.filter((call) => !asked.has(call)).map(({ name }) => name)).toEqual([
      'GET /v1/services',
      'GET /v1/receipt-keys',
      'GET /v1/entitlements',
      'GET /health/live',
      'GET /health/ready',
      'GET /openapi.json',
      'GET /openapi/{audience}',
    ]);
  });

  it.each(rows(withBearer))('%s without a token, and with one for somebody else’s door', async (_name, call) => {
    expect(await ask(call, { token: null })).toMatchObject({ status: 401, code: 'token_required' });
    const other = call.audience === 'clerks' ? tokens.applicants : tokens.clerks;
    expect(await ask(call, { token: other })).toMatchObject({ status: 401, code: 'token_invalid' });
  });

  it.each(rows(CALLS.filter(({ audience, method }) => audience === 'clerks' && method !== 'GET')))(
    '%s by somebody who may only look',
    async (_name, call) => {
      expect(await ask(call, { token: viewer })).toMatchObject({ status: 403, code: 'role_missing' });
    },
  );

  it.each(rows(CALLS.filter(({ audience }) => audience === 'agencies')))('%s unsigned', async (_name, call) => {
    const address = addressOf(call);
    const asker = address.endsWith('/deliveries') ? 'receiver=health-population' : 'agency=disease-control';
    const path = call.method === 'GET' ? `${address}?${asker}` : address;
    expect(await ask(call, { path })).toEqual({ status: 401, code: 'signature_invalid', pointers: [] });
  });

  it.each(rows(CALLS.filter(takesKey)))('%s without a key, and with one too long', async (_name, call) => {
    for (const key of ['', 'k'.repeat(256)]) {
      const refusal = await ask(call, { headers: { 'idempotency-key': key, ...multipart(call) }, ...bodyOf(call) });
      expect([refusal.status, refusal.code]).toEqual([400, 'idempotency_key_required']);
    }
  });

  it.each(rows(CALLS.filter((call) => call.method === 'GET' && takesId(call))))(
    '%s of nobody, of no id, and of one without end',
    async (_name, call) => {
      expect(await ask(call)).toMatchObject({ status: 404, code: 'not_found' });
      expect(await ask(call, { path: addressOf(call, 'no-id') })).toMatchObject({ status: 404, code: 'not_found' });
      const long = addressOf(call, 'a'.repeat(300));
      expect(await ask(call, { path: long })).toMatchObject({ status: 414, code: 'uri_too_long' });
    },
  );

  it.each(
    rows(
      CALLS.filter(({ parameters }) => parameters.some(({ name }) => name === 'limit')).filter(
        ({ audience }) => audience !== 'agencies',
      ),
    ),
  )('%s with words after the question mark that it does not know', async (_name, call) => {
    for (const query of ['limit=0', 'limit=101', 'limit=many', 'cursor=%00', 'colour=red', 'limit=1&limit=2']) {
      const refusal = await ask(call, { path: `${addressOf(call)}?${query}` });
      expect([query, refusal.status]).toEqual([query, 400]);
    }
  });

  it.each(rows(withBody))('%s with a body that cannot be read', async (_name, call) => {
    const cases: [string, string, number, string][] = [
      ['half a document', '{"a":', 400, 'malformed_json'],
      ['a list', '[]', 400, 'body_must_be_object'],
      ['a word', '"word"', 400, 'body_must_be_object'],
      ['the same key twice', '{"a":1,"a":2}', 400, 'duplicate_key'],
      ['a prototype', '{"__proto__":{"a":1}}', 400, 'forbidden_key'],
      ['half a character', '{"a":"\\ud800"}', 400, 'lone_surrogate'],
      ['2 MB', JSON.stringify({ a: 'x'.repeat(2_000_000) }), 413, 'body_too_large'],
    ];
    for (const [what, body, status, code] of cases) {
      const refusal = await ask(call, { body });
      expect([what, refusal.status, refusal.code]).toEqual([what, status, code]);
    }
    const plain = await ask(call, { headers: { 'content-type': 'text/plain' } });
    expect([plain.status, plain.code]).toEqual([415, 'unsupported_media_type']);
  });

  it.each(rows(withBody))('%s with each property wrong, unknown or missing', async (_name, call) => {
    const silent: string[] = [];
    for (const { body, pointer } of wrongBodies.of(call.schema!)) {
      const { status, code, pointers } = await ask(call, { body: JSON.stringify(body) });
      const isClear = status === 400 && code === 'invalid_request' && pointers.includes(pointer);
      if (!isClear) silent.push(`${pointer} → ${status} ${code} ${pointers.join(' ')}`);
    }
    expect(silent).toEqual([]);
  });

  it('says in Chinese and in English what is wrong, and repeats no value', async () => {
    const secret = '138-0013-8000';
    const body = JSON.stringify({ ...form, applicant: { ...form.applicant, mobile: { secret } } });
    for (const [language, title] of [
      ['zh-CN', '提交的内容有误'],
      ['en', 'The request is not valid'],
    ] as const) {
      const response = await fetch(`${stack.apiUrl}/v1/checks`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens.applicants}`,
          'content-type': 'application/json',
          'accept-language': language,
        },
        body,
      });
      const text = await response.text();
      expect([response.status, (JSON.parse(text) as { title: string }).title]).toEqual([400, title]);
      expect(text).not.toContain(secret);
    }
  });
});
