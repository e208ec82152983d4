import {
  type AgencyAnswer,
  AgencyContractBroken,
  AgencyGates,
  FREE_PASS,
  AgencyUnavailable,
  AnswerCorrection,
  ClerkSteps,
  OutcomeUnknown,
  ShowApplication,
  TakeAnswer,
  TakeHint,
  WithdrawSteps,
  WORK_STORE,
  type WorkStore,
} from '@birth/application';
import type { AgencyCode, StepCode, WorkKind } from '@birth/domain';
import { submissionKey } from '@birth/platform';
import { caseDesk } from '../../support/cases';
import { once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const HEALTH = { agency: 'health-commission', code: 'birth_certificate' } as const;
const DISEASE = { agency: 'disease-control', code: 'vaccination' } as const;
const CERTIFICATE = { certificateNumber: 'L500000001', issuedOn: '2026-11-02', issuer: '云阳县人民医院' };
const COMPLETED: AgencyAnswer = { kind: 'completed', receipt: 'R-1', results: { birth_certificate: CERTIFICATE } };
const ACCEPTED: AgencyAnswer = { kind: 'accepted', receipt: 'R-1' };
const CORRECTION: AgencyAnswer = { kind: 'correction_needed', fields: ['/mother/mobile'], text: '请核对手机号' };

describe('P15: withdrawals, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  let work: WorkStore;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
    work = platform.app.get<WorkStore>(WORK_STORE);
  });
  afterAll(() => platform.stop());
  beforeEach(async () => {
    await platform.database.pool.query('delete from agency_state');
    await platform.app.get(AgencyGates).look();
    platform.queue.offered.length = 0;
    platform.agencies.sent.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve(ACCEPTED);
    platform.agencies.onCheck = () => Promise.resolve('not_found');
    platform.agencies.onWithdraw = () => Promise.resolve({ kind: 'withdrawn', receipt: 'R-1' });
  });

  async function filed({ code }: { code: StepCode } = HEALTH) {
    const { id, mother } = await desk.file();
    const { id: stepId } = await desk.step(id, code);
    return { id, mother, stepId, code, at: { applicationId: id, stepId } };
  }
  type Filed = Awaited<ReturnType<typeof filed>>;
  const withdraw = async ({ mother, at }: Filed) =>
    (await platform.app.get(WithdrawSteps).one(mother, once({}), at)).body as { withdrawals: object[] };
  const rowOf = async ({ id, stepId }: Filed, kind: WorkKind) =>
    (await desk.read(id)).state.work.find((row) => row.stepId === stepId && row.kind === kind);
  const step = ({ id, code }: Filed) => desk.step(id, code);
  /** What the feeder would offer once it is due. */
  async function hint(one: Filed, kind: WorkKind, queue: AgencyCode = 'health-commission') {
    const { rows } = await platform.database.pool.query<{ offer: string }>(
      'select offer::text from work where step_id = $1 and kind = $2',
      [one.stepId, kind],
    );
    return { queue, stepId: one.stepId, kind, offer: rows[0]!.offer, priority: 0 };
  }
  const run = async (one: Filed, kind: WorkKind) => platform.app.get(TakeHint).execute(await hint(one, kind));
  const say = (one: Filed, answer: AgencyAnswer, generation = 1) =>
    platform.app.get(TakeAnswer).execute({
      stepId: one.stepId,
      generation,
      via: 'callback',
      answer,
      by: { actor: 'agency', actorId: 'health-commission' },
    });

  it('a step that nobody claimed is withdrawn at once, and never sent', async () => {
    const one = await filed();
    expect((await withdraw(one)).withdrawals).toMatchObject([{ outcome: 'withdrawn' }]);
    expect(await step(one)).toMatchObject({ state: 'withdrawn', reason: 'applicant_withdrew' });
    await platform.app.get(TakeHint).execute(platform.queue.take('health-commission'));
    expect(platform.agencies.sent.filter(({ agency }) => agency === 'health-commission')).toEqual([]);
  });

  it('a claimed call counts as sent: no call any more, and the withdrawal waits for its lease', async () => {
    const one = await filed();
    const options = { now: Date.now(), leaseMs: 60_000, setsMaybeSent: false, durable: true };
    const claimed = (await work.claim(platform.queue.take('health-commission'), options))!;
    expect((await withdraw(one)).withdrawals).toMatchObject([{ outcome: 'requested' }]);
    expect(await rowOf(one, 'CALL')).toBeUndefined();
    expect((await rowOf(one, 'WITHDRAW'))!.dueAt).toBe(claimed.leaseUntil);
    expect(platform.queue.offered.filter(({ kind }) => kind === 'WITHDRAW')).toEqual([]);
  });

  it('the call’s late answer wins, and a person looks at what the family had taken back', async () => {
    const one = await filed();
    const options = { now: Date.now(), leaseMs: 60_000, setsMaybeSent: false, durable: true };
    await work.claim(platform.queue.take('health-commission'), options);
    await withdraw(one);
    await say(one, COMPLETED);
    expect(await step(one)).toMatchObject({ state: 'completed', withdrawalRequestedAt: null });
    expect(await desk.openTasks(one.stepId)).toMatchObject([
      { kind: 'conflict', reason: 'completed_while_withdrawing' },
    ]);
    expect(await rowOf(one, 'WITHDRAW')).toBeUndefined();
  });

  it.each<[string, AgencyAnswer | 'not_found', string, boolean]>([
    ['never arrived: nothing is left to take back', 'not_found', 'withdrawn', false],
    ['was done: it cannot be taken back', COMPLETED, 'completed', false],
    ['is under way: it is taken back', ACCEPTED, 'withdrawn', true],
  ])('after an unknown outcome the agency is asked first; what %s', async (_name, known, state, isCalled) => {
    const one = await filed();
    platform.agencies.onSubmit = () => Promise.reject(new OutcomeUnknown('no reply'));
    await desk.send('health-commission');
    await withdraw(one);
    const called: string[] = [];
    platform.agencies.onCheck = () => Promise.resolve(known);
    platform.agencies.onWithdraw = ({ key }) => {
      called.push(key);
      return Promise.resolve({ kind: 'withdrawn', receipt: 'R-1' });
    };
    await run(one, 'WITHDRAW');
    expect(await step(one)).toMatchObject({ state });
    expect(called).toEqual(isCalled ? [submissionKey(one.stepId, 1)] : []);
  });

  it('an answered correction that was never sent: the request before is taken back', async () => {
    const one = await filed();
    await desk.send('health-commission');
    await say(one, CORRECTION);
    const fields = { '/mother/mobile': '13900000001' };
    await platform.app.get(AnswerCorrection).execute(one.mother, once(fields), one.at, fields);
    expect(await step(one)).toMatchObject({ state: 'queued', generation: 2, sentGeneration: 1 });
    expect((await withdraw(one)).withdrawals).toMatchObject([{ outcome: 'requested' }]);
    const asked: string[] = [];
    platform.agencies.onCheck = ({ key }) => {
      asked.push(key);
      return Promise.resolve(CORRECTION);
    };
    platform.agencies.onWithdraw = ({ key }) => {
      asked.push(key);
      return Promise.resolve({ kind: 'withdrawn', receipt: 'R-1' });
    };
    await run(one, 'WITHDRAW');
    expect(new Set(asked)).toEqual(new Set([submissionKey(one.stepId, 1)]));
    expect(await step(one)).toMatchObject({ state: 'withdrawn' });
  });

  it('the agency refuses with words: the family reads them, and the step stays where it was', async () => {
    const one = await filed();
    await desk.send('health-commission');
    await withdraw(one);
    platform.agencies.onWithdraw = () =>
      Promise.resolve({ kind: 'withdrawal_refused', text: '已制证，请到窗口办理变更' });
    await run(one, 'WITHDRAW');
    expect(await step(one)).toMatchObject({ state: 'accepted', withdrawalRequestedAt: null });
    expect((await desk.read(one.id)).openStep(one.stepId).agencyText).toEqual({ text: '已制证，请到窗口办理变更' });
    expect(await rowOf(one, 'WITHDRAW')).toBeUndefined();
    expect(await rowOf(one, 'POLL')).toBeDefined();
  });

  it('an agency that takes none by a call: its office is asked by a clerk, and the parent reads that it is under way', async () => {
    const one = await filed(DISEASE);
    platform.agencies.onSubmit = (_request, agency) =>
      agency === DISEASE.agency ? Promise.reject(new OutcomeUnknown('no reply')) : Promise.resolve(ACCEPTED);
    await desk.send(DISEASE.agency);
    await withdraw(one);
    expect(await desk.openTasks(one.stepId)).toMatchObject([{ kind: 'withdrawal', reason: 'no_withdrawal_call' }]);
    expect([await rowOf(one, 'CALL'), await rowOf(one, 'WITHDRAW')]).toEqual([undefined, undefined]);
    const view = await platform.app.get(ShowApplication).forApplicant(one.mother, one.id, 'zh-CN');
    const shown = view.newborns[0]!.steps.find(({ id }) => id === one.stepId)!;
    expect(shown).toMatchObject({
      reason: 'withdrawal_requested',
      owner: 'clerk',
      withdrawalRequestedAt: expect.any(String),
    });
    const { version: expectedVersion } = await step(one);
    const decided = { expectedVersion, reason: '接种单位已注销档案', decision: 'withdrawal_confirmed' } as const;
    await platform.app.get(ClerkSteps).resolve(CLERK, one.stepId, decided);
    expect(await step(one)).toMatchObject({ state: 'withdrawn' });
    expect(await desk.openTasks(one.stepId)).toEqual([]);
  });

  /** Due again whatever back-off and breaker say, while the agency answers others. */
  async function failAgain(one: Filed, kind: 'POLL' | 'WITHDRAW', answersOthers: boolean): Promise<void> {
    await platform.database.pool.query('update work set due_at = now(), lease_until = null where step_id = $1', [
      one.stepId,
    ]);
    if (answersOthers) await work.answered('health-commission', Date.now() + 1);
    await platform.app.get(AgencyGates).look();
    await platform.app.get(TakeHint).execute(await hint(one, kind), { ...FREE_PASS, isProbe: true });
  }
  const away = () => Promise.reject(new AgencyUnavailable('not reached'));

  it.each<['POLL' | 'WITHDRAW', object[], object]>([
    ['WITHDRAW', [{ kind: 'withdrawal', reason: 'attempts_exhausted' }], { state: 'accepted', owner: 'agency' }],
    ['POLL', [{ kind: 'stuck', reason: 'attempts_exhausted' }], { state: 'stuck', owner: 'clerk' }],
  ])(
    '%s: an outage exhausts nothing; ten failures while others are answered are a person’s',
    async (kind, tasks, after) => {
      const one = await filed();
      await desk.send('health-commission');
      if (kind === 'WITHDRAW') await withdraw(one);
      Object.assign(platform.agencies, { onCheck: away, onWithdraw: away });
      await platform.database.pool.query('delete from agency_state');
      await platform.app.get(AgencyGates).look();
      for (let time = 0; time < 12; time += 1) await failAgain(one, kind, false);
      expect(await desk.openTasks(one.stepId)).toEqual([]);
      for (let time = 0; time < 10; time += 1) await failAgain(one, kind, true);
      expect(await desk.openTasks(one.stepId)).toMatchObject(tasks);
      expect(await step(one)).toMatchObject(after);
      expect(await rowOf(one, kind)).toMatchObject({ failures: 0, leaseToken: null });
    },
  );

  it('a broken reply to it is a clerk’s task, once a day at most', async () => {
    const one = await filed();
    await desk.send('health-commission');
    await withdraw(one);
    platform.agencies.onWithdraw = () => Promise.reject(new AgencyContractBroken('HTTP 404', 'status'));
    await run(one, 'WITHDRAW');
    expect(await desk.openTasks(one.stepId)).toMatchObject([{ kind: 'withdrawal', reason: 'contract_broken' }]);
    expect((await rowOf(one, 'WITHDRAW'))!.dueAt).toBeGreaterThan(Date.now() + 80_000_000);
  });
});
