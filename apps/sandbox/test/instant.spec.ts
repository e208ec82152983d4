import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { AGENCIES } from '../src/agencies';
import { callInsurance } from './insurance-client';
import { PlatformDouble } from './platform-double';
import {
  cardDocument,
  certificateRequest,
  childRequest,
  insuranceRegistration,
  noticeRequest,
  registrationRow,
} from './requests';
import { SandboxFixture, someName } from './sandbox-fixture';

describe('instant mode', () => {
  let platform: PlatformDouble;
  let sandbox: SandboxFixture;

  beforeAll(async () => {
    platform = await PlatformDouble.start();
    sandbox = await SandboxFixture.start({
      PLATFORM_URL: platform.url,
      SANDBOX_MODE: 'instant',
      SANDBOX_LEDGER: 'memory',
    });
  });

  afterAll(async () => {
    await sandbox.stop();
    await platform.stop();
  });

  it('gives the final answer of every agency in the first reply, and calls nobody', async () => {
    const key = randomUUID();
    const path = '/health-commission/gateway/birth-certificates';
    const headers = { 'idempotency-key': key };
    const certificate = await sandbox.gateway('POST', path, certificateRequest(someName()), headers);
    expect(certificate.json()).toMatchObject({
      statusCode: '90',
      certificate: { newbornName: expect.any(String) as unknown },
    });
    const child = await sandbox.gateway('POST', '/disease-control/api/v1/children', childRequest(someName()));
    expect(child.json()['resultCode']).toBe('0000');
    expect(child.headers['server-timing']).toMatch(/^total;dur=\d+\.\d{3}$/);
    const row = registrationRow(randomUUID());
    const written = await sandbox.send('PUT', `/public-security/exchange/zzj_csdj/${row.postid}`, { value: row });
    expect(written.json()).toMatchObject({ flag: '1', zzzt: '已裁', gmsfhm: expect.any(String) as unknown });
    const saved = await callInsurance(sandbox, '2901', insuranceRegistration());
    expect(saved.output).toMatchObject({ rslt_stas: '1', crt_insu_date: expect.any(String) as unknown });
    const card = await sandbox.send('POST', '/human-resources/service/card-applications', {
      body: cardDocument(randomUUID()),
      headers: { 'content-type': 'application/xml; charset=UTF-8' },
    });
    expect(card.bytes.toString()).toContain('<progress>04</progress>');
    const notice = '/tax-administration/social-premiums/notices';
    const premium = await sandbox.gateway('POST', notice, noticeRequest(someName()), {
      'idempotency-key': randomUUID(),
    });
    expect(premium.json()).toMatchObject({ statusCode: '90', payment: { coverTo: '2026-12-31' } });
    expect(platform.received).toEqual([]);
  });

  it('counts one effect for each agency, and keeps nothing on the disk', async () => {
    for (const agency of AGENCIES) {
      const { effects } = await sandbox.ledger(agency);
      expect([agency, effects.finals, effects.doubledNaturalKeys]).toEqual([agency, 1, []]);
    }
    const { SANDBOX_DATA_DIR: directory } = sandbox.config();
    expect(existsSync(directory) ? readdirSync(directory) : []).toEqual([]);
  });

  it.each([
    ['a correction', { kind: 'correction_once' }, '20'],
    ['a refusal', { kind: 'refuse', reason: '甲' }, '91'],
    ['a request to act', { kind: 'action_needed' }, '21'],
  ])('gives %s in the first reply as well', async (_, scenario, code) => {
    const name = someName();
    await sandbox.script('health-commission', { byName: { [name]: scenario } });
    const path = '/health-commission/gateway/birth-certificates';
    const reply = await sandbox.gateway('POST', path, certificateRequest(name), { 'idempotency-key': randomUUID() });
    expect(reply.json()['statusCode']).toBe(code);
  });

  it('answers a thousand requests at once without losing or doubling one', async () => {
    const keys = Array.from({ length: 1_000 }, () => randomUUID());
    const path = '/public-security/exchange/zzj_csdj';
    const states = await Promise.all(
      keys.map(async (key) => (await sandbox.send('PUT', `${path}/${key}`, { value: registrationRow(key) })).json()),
    );
    expect(new Set(states.map((state) => state['gmsfhm'])).size).toBe(keys.length);
    const { effects } = await sandbox.ledger('public-security');
    expect(keys.filter((key) => effects.byKey[key] !== 1)).toEqual([]);
  });
});
