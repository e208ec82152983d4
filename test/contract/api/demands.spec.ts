import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepCode } from '@birth/domain';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { until } from '../../../apps/standalone/src/embedded';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { FiledSample } from '../../support/filed-sample';

jest.setTimeout(60_000);

interface HeldBack {
  demands: string[];
  notices: string[];
  answerBy: string;
}
const isHeld = ({ reason }: { reason: string }) => reason === 'unlawful_demand';
const REFUSAL = {
  kind: 'refuse',
  reason: '未提供准生证',
  legalBasis: '《某办法》第三条',
  documentNumber: '云不予〔2026〕3号',
  remedy: '可在六十日内申请行政复议',
} as const;

describe('P8: an agency that asks for a forbidden paper, over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  const folder = mkdtempSync(join(tmpdir(), 'birth-demands-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder, sandbox: { SANDBOX_PACE_MS: '100' } });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const held = async (family: FiledSample, code: StepCode) => {
    const step = await family.until(code, isHeld);
    return step as typeof step & { heldBack: HeldBack; version: number };
  };
  const decide = async (step: { id: string; version: number }, decision: string, role = 'supervisor') =>
    client.send({
      path: `/clerk/v1/steps/${step.id}/demand-decisions`,
      token: await client.clerkToken(role),
      body: { expectedVersion: step.version, decision, reason: '该材料不得要求，已通知经办机构' },
    });
  const filedWith = (name: string, agency: string, scenario: object) =>
    FiledSample.of(client, name, (sample) => {
      sample.scenarios = { [agency]: scenario as never };
    }).file();

  it('a correction for a birth permit never reaches the family; overruled, the police go on', async () => {
    const family = await filedWith('ordinary-couple', 'public-security', { kind: 'illegal_ground' });
    const step = await held(family, 'household_registration');
    expect(step).toMatchObject({ state: 'stuck', owner: 'clerk', agencyText: null });
    expect(step.heldBack).toMatchObject({ demands: ['birth_permit'], notices: [expect.stringContaining('无需')] });
    expect(Date.parse(step.heldBack.answerBy)).toBeGreaterThan(Date.now());
    expect(JSON.stringify(step)).not.toContain('请补充提供准生证');
    expect((await decide(step, 'overruled', 'clerk')).status).toBe(403);
    expect((await decide(step, 'overruled')).status).toBe(200);
    await family.until('household_registration', ({ state }) => state === 'completed');
    const finals = (await family.ledger('public-security')).filter(({ kind }) => kind === 'final');
    expect(finals).toHaveLength(1);
  });

  it.each<[string, StepCode, string]>([
    ['health-commission', 'birth_certificate', 'ordinary-couple-2'],
    ['disease-control', 'vaccination', 'ordinary-couple-3'],
    ['medical-insurance', 'medical_insurance', 'ordinary-couple-4'],
    ['human-resources', 'social_security_card', 'ordinary-couple-5'],
  ])('%s: a refusal for want of one ends nothing, and overruled the step is done', async (agency, code, name) => {
    const family = await filedWith(name, agency, REFUSAL);
    const step = await held(family, code);
    expect(step).toMatchObject({ state: 'stuck', agencyText: null });
    await family.tell(agency, { kind: 'accept_slowly', delayMs: 0 });
    expect((await decide(step, 'overruled')).body).toMatchObject({ state: 'queued' });
    await family.until(code, ({ state }) => state === 'completed');
  });

  it('released, the family reads what the agency wrote', async () => {
    const family = await filedWith('two-services-only', 'disease-control', { kind: 'illegal_ground' });
    const step = await held(family, 'vaccination');
    expect((await decide(step, 'released')).body).toMatchObject({ state: 'correction_needed' });
    const shown = await family.until('vaccination', ({ state }) => state === 'correction_needed');
    expect(shown.agencyText!.text).toContain('准生证');
  });

  it('a family tells of a demand at a counter; the coordinator finds it in the list', async () => {
    const family = await FiledSample.of(client, 'ordinary-couple-6').file();
    const told = await family.send('household_registration', 'demand-reports', { demand: 'maintenance_fee' });
    expect([told.status, told.body['answerBy']]).toEqual([200, expect.any(String)]);
    const wrong = await family.send('household_registration', 'demand-reports', { demand: 'passport' });
    expect(wrong.status).toBe(400);
    const { body } = await client.get('/clerk/v1/demands', await client.clerkToken('supervisor'));
    const { id } = await family.step('household_registration');
    const open = body['open'] as { stepId: string; kind: string; reason: string }[];
    expect(open.filter(({ stepId }) => stepId === id)).toMatchObject([
      { kind: 'demand_report', reason: 'maintenance_fee' },
    ]);
    const offices = body['offices'] as { agency: string; demand: string; reported: number; officeName: string }[];
    expect(offices.find(({ demand }) => demand === 'maintenance_fee')).toMatchObject({
      agency: 'public-security',
      reported: 1,
      officeName: expect.stringMatching(/.+/),
    });
    expect((await client.get('/clerk/v1/demands?year=1999', await client.clerkToken('viewer'))).status).toBe(400);
  });

  it('P3: the hospitals’ births of a year are counted for clerks', async () => {
    const token = await client.clerkToken('viewer');
    const { body } = await client.get('/clerk/v1/hospitals', token);
    const hospitals = body['hospitals'] as { officeName: string | null; records: number; waiting: number }[];
    expect(hospitals.some(({ officeName, records }) => officeName !== null && records > 0)).toBe(true);
    expect((await client.get('/clerk/v1/hospitals?year=1999', token)).status).toBe(400);
  });

  it('a supervisor has an agency compared, and reads what came of it', async () => {
    const token = await client.clerkToken('supervisor');
    const path = '/clerk/v1/reconciliations';
    const asked = await client.send({ path, token, body: { agency: 'health-commission' } });
    expect(asked).toMatchObject({ status: 202, body: { agency: 'health-commission' } });
    const ended = async () => {
      const { body } = await client.get(path, token);
      const runs = body['runs'] as { id: string; state: string; by: string; ours: number; theirs: number }[];
      return runs.find(({ id, state }) => id === asked.body['id'] && state === 'done');
    };
    const run = await until(ended, 30_000, 'the comparison');
    expect([run.by, run.ours > 0, run.theirs > 0]).toEqual(['list', true, true]);
    const { body } = await client.get(path, token);
    const open = body['open'] as { agency: string; kind: string }[];
    expect(open.filter(({ agency }) => agency === 'health-commission')).toEqual([]);
    const viewer = await client.clerkToken('viewer');
    expect((await client.send({ path, token: viewer, body: { agency: 'health-commission' } })).status).toBe(403);
  });
});
