import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import type { LedgerEntry } from '../src/ledger/ledger-entry';
import { PlatformDouble } from './platform-double';
import { certificateRequest, registrationRow } from './requests';
import { gatewayHeaders, someName, until } from './sandbox-fixture';
import { platformHeaders, platformKey } from './platform-signature';
import { CompiledSandbox, type SandboxProcess } from './sandbox-process';

// Each test starts processes, on a machine that may be busy.
jest.setTimeout(30_000);

const PATH = '/health-commission/gateway/birth-certificates';

describe('the process', () => {
  let built: CompiledSandbox;
  let platform: PlatformDouble;
  let sandbox: SandboxProcess | undefined;

  beforeAll(async () => {
    built = new CompiledSandbox();
    platform = await PlatformDouble.start();
  });

  afterEach(async () => {
    sandbox?.child.kill('SIGKILL');
    await sandbox?.exited;
  });

  afterAll(async () => {
    built.remove();
    await platform.stop();
  });

  const start = async (paceMs: number): Promise<void> => {
    sandbox = await built.start({ PLATFORM_URL: platform.url, SANDBOX_PACE_MS: String(paceMs) });
  };
  const crash = async (): Promise<void> => {
    sandbox?.child.kill('SIGKILL');
    await sandbox?.exited;
  };
  const call = async (
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    value?: unknown,
    key = '',
  ): Promise<Record<string, unknown>> => {
    const url = (sandbox?.url ?? '') + path;
    const body = value === undefined ? null : JSON.stringify(value);
    const signed = platformHeaders(
      { method, url, body },
      platformKey(join(built.directory, 'keys'), 'ecdsa-p256-sha256'),
    );
    const reply = await request(url, {
      method,
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...gatewayHeaders(), ...signed },
      body,
    });
    return (await reply.body.json()) as Record<string, unknown>;
  };
  const statusOf = async (key: string): Promise<unknown> => (await call('GET', `${PATH}/${key}`))['statusCode'];
  const finals = async (key: string): Promise<LedgerEntry[]> => {
    const { entries } = (await call('GET', '/_sandbox/ledger')) as unknown as { entries: LedgerEntry[] };
    return entries.filter((one) => one.key === key && one.kind === 'final');
  };
  const messagesOf = (key: string): unknown[] =>
    platform.messages('/agency/v1/health-commission/messages').filter((one) => one['idempotencyKey'] === key);

  it('keeps receipts, keys and pending work over kill -9, and finishes them once', async () => {
    const [certificate, row] = [randomUUID(), registrationRow(randomUUID())];
    await start(900);
    const { receipt } = await call('POST', PATH, certificateRequest(someName()), certificate);
    await call('PUT', `/public-security/exchange/zzj_csdj/${row.postid}`, row);
    await crash();
    await start(50);
    expect(await call('GET', `${PATH}/${certificate}`)).toMatchObject({ receipt, idempotencyKey: certificate });
    await until(
      () => statusOf(certificate),
      (status) => status === '90',
      10_000,
    );
    await until(
      () => call('GET', `/public-security/exchange/zzj_csdj/${row.postid}`),
      (state) => state['flag'] === '1',
      10_000,
    );
    await until(
      () => messagesOf(certificate),
      (messages) => messages.length > 0,
    );
    expect([(await finals(certificate)).length, (await finals(row.postid)).length]).toEqual([1, 1]);
  });

  it('gives nobody a number twice after a restart, and repeats a key without a second effect', async () => {
    await start(1);
    const [first, second] = [registrationRow(randomUUID()), registrationRow(randomUUID())];
    const numberOf = async (row: typeof first): Promise<unknown> => {
      await call('PUT', `/public-security/exchange/zzj_csdj/${row.postid}`, row);
      const path = `/public-security/exchange/zzj_csdj/${row.postid}`;
      return (
        await until(
          () => call('GET', path),
          (state) => state['flag'] === '1',
        )
      )['gmsfhm'];
    };
    const before = await numberOf(first);
    await crash();
    await start(1);
    expect(await numberOf(first)).toBe(before);
    expect(await numberOf(second)).not.toBe(before);
    expect(await finals(first.postid)).toHaveLength(1);
  });

  it('sends a callback again that nobody took before the crash, and not one that was taken', async () => {
    const [lost, taken] = [randomUUID(), randomUUID()];
    await start(1);
    await call('POST', PATH, certificateRequest(someName()), taken);
    await until(
      () => messagesOf(taken),
      (messages) => messages.length === 1,
    );
    platform.answer = () => ({ status: 503 });
    await call('POST', PATH, certificateRequest(someName()), lost);
    await until(
      () => messagesOf(lost),
      (messages) => messages.length > 0,
    );
    await crash();
    platform.received.length = 0;
    platform.answer = () => ({ status: 200 });
    await start(1);
    await until(
      () => messagesOf(lost),
      (messages) => messages.length === 1,
    );
    expect(messagesOf(taken)).toEqual([]);
  });

  it('passes over a ledger line that a crash cut short', async () => {
    const key = randomUUID();
    await start(1);
    await call('POST', PATH, certificateRequest(someName()), key);
    await until(
      () => statusOf(key),
      (status) => status === '90',
    );
    await crash();
    const file = join(built.directory, 'data/health-commission.jsonl');
    appendFileSync(file, '{"at":"2026-11-02T');
    await start(1);
    expect(await statusOf(key)).toBe('90');
    const next = randomUUID();
    await call('POST', PATH, certificateRequest(someName()), next);
    const last = readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ agency: 'health-commission', key: next });
  });

  it('keeps its script over a restart, and what of it is used up', async () => {
    await start(1);
    await call('PUT', '/_sandbox/scenarios/human-resources', { all: { kind: 'down', times: 2 } });
    const path = `/human-resources/service/card-applications?key=${randomUUID()}`;
    const status = async (): Promise<number> => {
      const reply = await request((sandbox?.url ?? '') + path);
      await reply.body.dump();
      return reply.statusCode;
    };
    expect(await status()).toBe(503);
    await crash();
    await start(1);
    expect([await status(), await status()]).toEqual([503, 200]);
  });

  it('says one line when it is ready and ends on SIGTERM', async () => {
    await start(1);
    expect(sandbox?.line).toMatch(/^sandbox ready on http:\/\/127\.0\.0\.1:\d+\n$/);
    sandbox?.child.kill('SIGTERM');
    expect(await sandbox?.exited).toBe(0);
  });

  it('ends with its parent', async () => {
    sandbox = await built.start({}, 'pipe');
    sandbox.child.stdin?.end();
    expect(await sandbox.exited).toBe(0);
  });

  it('does not start with a bad environment, and names the variable only', async () => {
    const starting = built.start({ SANDBOX_INSURANCE_SM4_KEY: 'not-a-key' });
    await expect(starting).rejects.toThrow('SANDBOX_INSURANCE_SM4_KEY');
    await expect(starting).rejects.not.toThrow('not-a-key');
  });
});
