import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { aPdf } from '../../../apps/standalone/src/demo/a-pdf';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { aFamily } from '../../support/families';
import { aPng, BASELINE_JPEG } from '../../support/papers';

jest.setTimeout(60_000);

const PDF = aPdf('signed');
const PNG = aPng({ raw: 20 });
const half = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2));
const MB = 1_048_576;

type Part = [name: string, content: Buffer | string];
interface Answer {
  status: number;
  type: string | null;
  body: Record<string, unknown>;
}

describe('papers over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  let database: Client;
  let token: string;
  const folder = mkdtempSync(join(tmpdir(), 'birth-materials-'));
  const tokenOf = ({ mother }: ReturnType<typeof aFamily>): Promise<string> =>
    client.token({ name: mother.identity!.name, identity: mother.identity! });

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    token = await tokenOf(aFamily());
    database = new Client({ connectionString: stack.postgres.url });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const stored = async (): Promise<string> => {
    const { rows } = await database.query<{ stored: string }>(
      `select (select count(*) from material) || ' ' || (select count(*) from idempotency_record) as stored`,
    );
    return rows[0]!.stored;
  };
  async function post(body: FormData | string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${stack.apiUrl}/v1/materials`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), ...headers },
    });
    const type = response.headers.get('content-type');
    return { status: response.status, type, body: (await response.json()) as Answer['body'] };
  }
  const formOf = (...parts: Part[]): FormData => {
    const form = new FormData();
    for (const [name, content] of parts) {
      if (typeof content === 'string') form.append(name, content);
      else form.append(name, new Blob([new Uint8Array(content)]), 'x.exe');
    }
    return form;
  };
  const upload = (bytes: Buffer, key: string = randomUUID()): Promise<Answer> =>
    post(formOf(['file', bytes]), { 'idempotency-key': key });

  it.each([
    ['image/jpeg', BASELINE_JPEG],
    ['image/png', PNG],
    ['application/pdf', PDF],
  ])('%s is kept and given back as it was, as a download, to its owner alone', async (mediaType, bytes) => {
    const { status, body } = await upload(bytes);
    expect([status, body]).toMatchObject([201, { mediaType, bytes: bytes.length }]);
    const path = `${stack.apiUrl}/v1/materials/${String(body['id'])}`;
    const back = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
    expect([back.headers.get('content-type'), back.headers.get('content-disposition')]).toEqual([
      mediaType,
      'attachment',
    ]);
    expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
    const other = await tokenOf(aFamily());
    expect((await fetch(path, { headers: { authorization: `Bearer ${other}` } })).status).toBe(404);
  });

  it('the same key and bytes is the same paper, also when both come at once; other bytes are refused', async () => {
    const key = randomUUID();
    const answers = await Promise.all([upload(PDF, key), upload(PDF, key)]);
    const before = await stored();
    answers.push(await upload(PDF, key));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await upload(PNG, key)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(await stored()).toBe(before);
  });

  it('a file that was refused leaves its key for the next try', async () => {
    const key = randomUUID();
    expect((await upload(half(PDF), key)).status).toBe(422);
    expect((await upload(PDF, key)).status).toBe(201);
  });

  it.each<[string, () => Promise<Answer>, number, string, string?]>([
    ['a JPEG that was cut', () => upload(half(BASELINE_JPEG)), 422, 'file_damaged'],
    ['a PNG that was cut', () => upload(half(PNG)), 422, 'file_damaged'],
    ['a PDF that was cut', () => upload(half(PDF)), 422, 'file_damaged'],
    ['a PDF under a password', () => upload(aPdf('x', '/Encrypt 9 0 R')), 422, 'file_encrypted'],
    ['a picture of any size', () => upload(aPng({ width: 60_000, height: 60_000, raw: 1 })), 422, 'image_too_large'],
    ['a script', () => upload(Buffer.from('#!/bin/sh')), 415, 'bad_file'],
    ['more than 5 MB', () => upload(Buffer.concat([PDF, Buffer.alloc(5 * MB)])), 413, 'file_too_large'],
    ['much more than 5 MB', () => upload(Buffer.alloc(30 * MB)), 413, 'file_too_large'],
    ['nothing in it', () => upload(Buffer.alloc(0)), 400, 'invalid_request', '/file missing'],
    ['no file', () => post(formOf()), 400, 'invalid_request', '/file missing'],
    ['a text in its place', () => post(formOf(['file', 'x'])), 400, 'invalid_request', '/file unknown_property'],
    ['another name', () => post(formOf(['a/b', PDF])), 400, 'invalid_request', '/a~1b unknown_property'],
    ['a text beside it', () => post(formOf(['n', 'x'], ['file', PDF])), 400, 'invalid_request', '/n unknown_property'],
    ['two files', () => post(formOf(['file', PDF], ['file', PDF])), 400, 'one_file_only'],
    ['no key', () => post(formOf(['file', PDF]), { 'idempotency-key': '' }), 400, 'idempotency_key_required'],
    ['JSON', () => post('{}', { 'content-type': 'application/json' }), 415, 'unsupported_media_type'],
    ['no boundary', () => post('x', { 'content-type': 'multipart/form-data' }), 400, 'malformed_upload'],
    [
      'a form without its end',
      () =>
        post('--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\n%PDF-1.4', {
          'content-type': 'multipart/form-data; boundary=b',
        }),
      400,
      'malformed_upload',
    ],
    ['a name that reaches a prototype', () => post(formOf(['__proto__', PDF])), 400, 'bad_request'],
  ])('%s is refused, and nothing is stored', async (...[, send, status, code, pointer]) => {
    const before = await stored();
    const refusal = await send();
    const [error] = (refusal.body['errors'] ?? []) as { pointer: string; code: string }[];
    expect([refusal.status, refusal.body['code']]).toEqual([status, code]);
    expect(error && `${error.pointer} ${error.code}`).toBe(pointer);
    expect(refusal.type).toContain('application/problem+json');
    expect(String(refusal.body['title']).length).toBeGreaterThan(3);
    expect(await stored()).toBe(before);
    // the connection and the process are as good as before
    expect((await upload(PNG)).status).toBe(201);
  });
});
