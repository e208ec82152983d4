import {
  AgencyGates,
  AgencyUnavailable,
  CallPacer,
  type CallPass,
  FREE_PASS,
  OutcomeUnknown,
  SendStep,
  SubmitApplication,
  TakeTurn,
  type Tally,
  TRAFFIC_STORE,
  type TrafficReport,
  TrafficRounds,
  type TrafficStore,
  WORK_STORE,
  type WorkStore,
} from '@birth/application';
import { CLOSED, noLatencies } from '@birth/domain';
import { newId } from '@birth/platform';
import { until } from '../../../apps/standalone/src/embedded/until';
import { aFamily, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const QUEUE = 'health-commission';
const tally = (change: Partial<Tally>): Tally => ({
  calls: 0,
  failures: 0,
  connectErrors: 0,
  failedRetries: 0,
  latencies: noLatencies(),
  ...change,
});

describe('D10: what keeps agencies alive, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let store: TrafficStore;
  let work: WorkStore;
  let gates: AgencyGates;
  beforeAll(async () => {
    platform = await startPlatform();
    store = platform.app.get<TrafficStore>(TRAFFIC_STORE);
    work = platform.app.get<WorkStore>(WORK_STORE);
    gates = platform.app.get(AgencyGates);
  });
  afterAll(() => platform.stop());
  beforeEach(async () => {
    for (const table of ['agency_state', 'agency_calls', 'calling_process', 'agency_maintenance', 'work']) {
      await platform.database.pool.query(`delete from ${table}`);
    }
    platform.queue.offered.length = 0;
    platform.agencies.sent.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
    platform.agencies.onCheck = () => Promise.resolve({ kind: 'accepted' });
    await gates.look();
  });

  const report = (change: Partial<TrafficReport> = {}): Promise<Awaited<ReturnType<TrafficStore['report']>>> =>
    store.report({
      holder: null,
      tallies: new Map(),
      now: Date.now(),
      windowMs: 10_000,
      seenMs: 300,
      settleMs: 300,
      ...change,
    });
  async function filed(): Promise<string> {
    const { form, mother } = aFamily();
    const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    return (body as { id: string }).id;
  }
  const ofThis = (hints: readonly { queue: string }[]) => hints.filter(({ queue }) => queue === QUEUE).length;
  const feed = (plan: { backlog: number; fresh: number; retries: number }) =>
    work.feed(QUEUE, plan, { now: Date.now(), visibilityMs: 60_000 });
  const every = { backlog: 100, fresh: 0, retries: 100 };
  const set = (sql: string) => platform.database.pool.query(`update work set ${sql} where queue = '${QUEUE}'`);

  describe('processes that share a rate', () => {
    it('the first may call at once, one that comes when the others have made room, and both know the same order', async () => {
      const [one, other] = [newId(), newId()];
      expect(await report({ holder: one })).toMatchObject({ holders: 1, rank: 0 });
      expect(await report({ holder: other, seenMs: 5_000 })).toMatchObject({ holders: 2, rank: null });
      const ranks = async () => [
        (await report({ holder: one, seenMs: 5_000 })).rank,
        (await report({ holder: other, seenMs: 5_000 })).rank,
      ];
      await until(async () => (await ranks())[1] === 1, 5_000, 'the second one’s share');
      expect(await ranks()).toEqual([0, 1]);
    });

    it('one that is not heard of any more leaves its share to the others', async () => {
      const [one, other] = [newId(), newId()];
      await report({ holder: one });
      const isAlone = async () => (await report({ holder: other, seenMs: 5_000 })).holders === 1;
      expect(await isAlone()).toBe(false);
      await until(isAlone, 5_000, 'the silence of the first one');
      expect(await report({ holder: other })).toMatchObject({ rank: 0 });
    });

    it('no two come first together', async () => {
      const holders = Array.from({ length: 6 }, () => newId());
      const seen = await Promise.all(holders.map((holder) => report({ holder, seenMs: 5_000, settleMs: 5_000 })));
      expect(seen.filter(({ rank }) => rank !== null).length).toBeLessThanOrEqual(1);
    });
  });

  describe('the breaker', () => {
    it('what each process saw is counted together, once', async () => {
      const tallies = new Map([[QUEUE, tally({ calls: 10, failures: 5, failedRetries: 2 })]] as const);
      await Promise.all([report({ tallies }), report({ tallies })]);
      const seen = (await report()).calls.get(QUEUE);
      expect(seen).toEqual({ calls: 20, failures: 10, connectErrors: 0, failedRetries: 4 });
    });

    it('one of many that would change it does', async () => {
      const to = { breaker: { ...CLOSED, phase: 'open' as const, until: 1 }, limit: null, loweredAt: 0 };
      const won = await Promise.all(Array.from({ length: 8 }, () => store.change(QUEUE, 0, to)));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await report()).gates.get(QUEUE)).toMatchObject({ breaker: { phase: 'open' }, version: 1 });
    });

    it('opens after five calls that reached nothing, for every process; hints are dropped unclaimed until a probe is answered', async () => {
      platform.agencies.onSubmit = (_, agency) =>
        agency === QUEUE
          ? Promise.reject(new AgencyUnavailable('not reached'))
          : Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
      for (let count = 0; count < 6; count += 1) await filed();
      const hints = platform.queue.offered.filter(({ queue }) => queue === QUEUE);
      for (const hint of hints) await platform.app.get(SendStep).execute(hint);
      expect(platform.agencies.sent.filter(({ agency }) => agency === QUEUE)).toHaveLength(5);
      const { rows } = await platform.database.pool.query<{ count: string }>(
        `select count(*) from work where queue = $1 and kind = 'CALL' and attempts = 0`,
        [QUEUE],
      );
      expect(rows[0]!.count).toBe('1');
      expect((await report()).gates.get(QUEUE)).toMatchObject({ breaker: { phase: 'open', opens: 1 } });
      expect(gates.isOpen('disease-control')).toBe(true);

      await set('due_at = now(), lease_until = null');
      platform.agencies.sent.length = 0;
      const rounds = platform.app.get(TrafficRounds);
      const isOpenAgain = (opens: number) => async () => {
        await rounds.round();
        return gates.of(QUEUE).breaker.opens === opens;
      };
      await until(isOpenAgain(2), 10_000, 'a probe that fails');
      expect(ofThis(platform.agencies.sent.map(({ agency }) => ({ queue: agency })))).toBe(1);

      platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
      const isClosed = async () => {
        await rounds.round();
        return gates.isOpen(QUEUE);
      };
      await set('due_at = now(), lease_until = null');
      await until(isClosed, 10_000, 'a probe that is answered');
      expect(ofThis(platform.agencies.sent.map(({ agency }) => ({ queue: agency })))).toBe(2);
      expect(gates.of(QUEUE).limit).toEqual({ limit: 1, threshold: 32 });
      expect(gates.total(QUEUE).slots).toBe(1);
      await rounds.leave();
    });

    it('is tried with a question where one is due', async () => {
      const id = await filed();
      await platform.app.get(SendStep).execute(platform.queue.take(QUEUE));
      await filed();
      await set('due_at = now(), lease_until = null');
      const options = { now: Date.now() + 1_000, visibilityMs: 1_000 };
      const hint = (await store.probe(QUEUE, options))!;
      expect(hint).toMatchObject({ kind: 'POLL', queue: QUEUE });
      const { rows } = await platform.database.pool.query('select application_id from step where id = $1', [
        hint.stepId,
      ]);
      expect(rows).toEqual([{ application_id: id }]);
      expect(await store.probe(QUEUE, options)).toMatchObject({ kind: 'CALL' });
    });

    it('a probe that nobody owes an answer leaves it open, and tries again', async () => {
      const breaker = { phase: 'open' as const, since: 0, until: 1, opens: 3 };
      await gates.change(QUEUE, { breaker, limit: null, loweredAt: 0 });
      const rounds = platform.app.get(TrafficRounds);
      await rounds.round();
      await rounds.leave();
      expect(gates.of(QUEUE).breaker).toMatchObject({ phase: 'open', opens: 3 });
      expect(gates.of(QUEUE).breaker.until).toBeGreaterThan(Date.now());
    });
  });

  it('a drop lowers the limit for all, once a round; answers under load raise it again', async () => {
    platform.agencies.onSubmit = () => Promise.reject(new OutcomeUnknown('no reply'));
    const hints: Parameters<SendStep['execute']>[0][] = [];
    for (let count = 0; count < 3; count += 1) {
      await filed();
      hints.push(platform.queue.take(QUEUE));
    }
    const busy: CallPass = { ...FREE_PASS, isBusy: () => true };
    await platform.app.get(SendStep).execute(hints[0]!, busy);
    await platform.app.get(SendStep).execute(hints[1]!, busy);
    const rounds = platform.app.get(TrafficRounds);
    await rounds.round();
    const { slots } = gates.contractOf(QUEUE)!;
    expect((await report()).gates.get(QUEUE)!.limit!.limit).toBeCloseTo(slots * 0.7);
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
    await platform.app.get(SendStep).execute(hints[2]!, busy);
    await rounds.round();
    expect((await report()).gates.get(QUEUE)!.limit!.limit).toBeCloseTo(slots * 0.7 + 1 / (slots * 0.7));
    await rounds.leave();
  });

  describe('letting a backlog out', () => {
    beforeEach(async () => {
      for (let count = 0; count < 8; count += 1) await filed();
      await platform.database.pool.query(
        `update work w set due_at = now() - make_interval(mins => 100 - p.place::integer), lease_until = null
         from (select step_id, kind, row_number() over (order by step_id) as place from work) p
         where p.step_id = w.step_id and p.kind = w.kind and w.kind = 'CALL' and w.queue = '${QUEUE}'`,
      );
    });
    const inOrder = async () => {
      const { rows } = await platform.database.pool.query<{ id: string }>(
        `select step_id as id from work where queue = '${QUEUE}' and kind = 'CALL' order by due_at`,
      );
      return rows.map(({ id }) => id);
    };

    it('what is due longest first, and a part for the cases that came last', async () => {
      const order = await inOrder();
      const hints = await feed({ backlog: 3, fresh: 2, retries: 100 });
      expect(hints.map(({ stepId }) => stepId)).toEqual([order[0], order[1], order[2], order[6], order[7]]);
    });

    it('nothing of the room is left where too few came last', async () => {
      await set('attempts = 1');
      expect(await feed({ backlog: 3, fresh: 5, retries: 100 })).toHaveLength(8);
    });

    it('of what was tried before no more than its budget; it stands in nobody’s way', async () => {
      const order = await inOrder();
      await platform.database.pool.query('update work set attempts = 1 where step_id = any ($1)', [order.slice(0, 6)]);
      const first = await feed({ backlog: 6, fresh: 0, retries: 2 });
      expect(first.map(({ stepId }) => stepId)).toEqual(order.slice(0, 2));
      const second = await feed({ backlog: 6, fresh: 0, retries: 2 });
      expect(second.map(({ stepId }) => stepId)).toEqual(order.slice(6));
      expect(await feed(every)).toEqual([]);
    });
  });

  it('calls of a process that hears nothing of the others wait, and are dropped', async () => {
    const pacer = platform.app.get(CallPacer);
    pacer.allot(QUEUE, { slots: 1, callsPerSecond: 1_000 }, 0);
    expect(await pacer.enter(QUEUE, 30)).toBeNull();
    await filed();
    const hint = platform.queue.take(QUEUE);
    pacer.allot(QUEUE, { slots: 1, callsPerSecond: 1_000 }, Infinity);
    await platform.app.get(TakeTurn).execute(hint);
    expect(platform.agencies.sent.filter(({ agency }) => agency === QUEUE)).toHaveLength(1);
  });

  it('turns that are kept for families are given one after the other, and not for ever ahead', async () => {
    const options = { now: Date.now(), intervalMs: 500, maxWaitMs: 1_000 };
    const waits = [];
    for (let count = 0; count < 5; count += 1) waits.push(await store.turnAside(QUEUE, options));
    expect(waits).toEqual([0, 500, 1_000, null, null]);
  });

  it('announced maintenance closes the gate for its time', async () => {
    await platform.database.pool.query(
      `insert into agency_maintenance (id, queue, starts_at, ends_at, announced_by, announced_at)
       values ($1, $2, now() - interval '1 minute', now() + interval '1 hour', 'c', now())`,
      [newId(), QUEUE],
    );
    await gates.refresh();
    expect([gates.isOpen(QUEUE), gates.isOpen('disease-control')]).toEqual([false, true]);
    await filed();
    expect([ofThis(platform.queue.offered), platform.queue.offered.length > 0]).toEqual([0, true]);
  });
});
