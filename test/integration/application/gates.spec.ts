import {
  AgencyGates,
  AgencyUnavailable,
  CASE_STORE,
  type CaseStore,
  SendStep,
  SubmitApplication,
  WithdrawSteps,
  WORK_STORE,
  type WorkStore,
} from '@birth/application';
import { EngineConfig } from '@birth/platform';
import { MODULE_METADATA } from '@nestjs/common/constants';
import { ApiModule } from '../../../apps/api/src/api.module';
import { GateWatch } from '../../../apps/api/src/platform/gate-watch';
import { until } from '../../../apps/standalone/src/embedded/until';
import { aFamily, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;

describe('gates of the agencies, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let store: CaseStore;
  let work: WorkStore;
  beforeAll(async () => {
    platform = await startPlatform();
    store = platform.app.get<CaseStore>(CASE_STORE);
    work = platform.app.get<WorkStore>(WORK_STORE);
  });
  afterAll(() => platform.stop());
  beforeEach(async () => {
    await platform.database.pool.query('delete from agency_state');
    platform.queue.depth = () => Promise.resolve(0);
    await platform.app.get(AgencyGates).look();
    platform.queue.offered.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
  });

  async function filed() {
    const { form, mother } = aFamily();
    const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    const { id } = body as { id: string };
    const { state } = (await store.read(id))!;
    const { id: stepId } = state.steps.find(({ code }) => code === 'birth_certificate')!;
    return { id, mother, stepId };
  }
  const rowOf = async (id: string, stepId: string, kind: string) =>
    (await store.read(id))!.state.work.find((row) => row.stepId === stepId && row.kind === kind);

  it('a Retry-After of ten days pauses the agency for no longer than the cap', async () => {
    const { id, stepId } = await filed();
    platform.agencies.onSubmit = () => Promise.reject(new AgencyUnavailable('503', 10 * DAY_MS));
    await platform.app.get(SendStep).execute(platform.queue.take('health-commission'));
    const { pauseCapMs, backoffCapMs } = platform.app.get(EngineConfig).times;
    const gates = platform.app.get(AgencyGates);
    await gates.refresh();
    const { pausedUntil } = gates.of('health-commission');
    expect(pausedUntil).toBeGreaterThan(Date.now());
    expect(pausedUntil).toBeLessThanOrEqual(Date.now() + pauseCapMs);
    expect((await rowOf(id, stepId, 'CALL'))!.dueAt).toBeLessThanOrEqual(Date.now() + pauseCapMs + backoffCapMs);
  });

  it('a lost queue makes calls that were offered due at once; a withdrawal still waits for the live call', async () => {
    const asked = await filed();
    const hint = platform.queue.take('health-commission');
    const options = { now: Date.now(), leaseMs: 60_000, setsMaybeSent: false, durable: true };
    const { leaseUntil } = (await work.claim(hint, options))!;
    const at = { applicationId: asked.id, stepId: asked.stepId };
    await platform.app.get(WithdrawSteps).one(asked.mother, once({}), at);
    const offered = await filed();
    const now = Date.now();
    expect((await rowOf(offered.id, offered.stepId, 'CALL'))!.dueAt).toBeGreaterThan(now);
    await work.hurry('health-commission', now);
    expect((await rowOf(offered.id, offered.stepId, 'CALL'))!.dueAt).toBeLessThanOrEqual(now);
    expect((await rowOf(asked.id, asked.stepId, 'WITHDRAW'))!.dueAt).toBe(leaseUntil);
  });

  const offeredTo = (agency: string) => platform.queue.offered.filter(({ queue }) => queue === agency);

  it('what another process paused is not offered here, and waits for the feeder as due as it is', async () => {
    await work.pause('health-commission', Date.now() + DAY_MS);
    await platform.app.get(AgencyGates).look();
    const { id, stepId } = await filed();
    expect(offeredTo('health-commission')).toEqual([]);
    expect(offeredTo('disease-control')).toHaveLength(1);
    expect((await rowOf(id, stepId, 'CALL'))!.dueAt).toBeLessThanOrEqual(Date.now());
  });

  it('a queue above its mark is left to the feeder until it has room again', async () => {
    platform.queue.depth = (queue) => Promise.resolve(queue === 'health-commission' ? 1_000_000 : 0);
    await platform.app.get(AgencyGates).look();
    await filed();
    expect(offeredTo('health-commission')).toEqual([]);
    platform.queue.depth = () => Promise.resolve(0);
    await platform.app.get(AgencyGates).look();
    await filed();
    expect(offeredTo('health-commission')).toHaveLength(1);
  });

  it('the api looks by itself, before its first request and from then on', async () => {
    expect(Reflect.getMetadata(MODULE_METADATA.PROVIDERS, ApiModule)).toContain(GateWatch);
    const gates = platform.app.get(AgencyGates);
    const watch = new GateWatch(gates);
    await work.pause('health-commission', Date.now() + DAY_MS);
    await watch.onApplicationBootstrap();
    expect(gates.isOfferable('health-commission')).toBe(false);
    await work.pause('public-security', Date.now() + DAY_MS);
    await until(() => !gates.isOfferable('public-security'), 5_000, 'the next look');
    await watch.onModuleDestroy();
  });
});
