import {
  type AgencyAnswer,
  ClerkSteps,
  ReceiveAgencyMessage,
  ShowApplication,
  SubmitApplication,
  TakeAnswer,
  TakeHint,
  WithdrawSteps,
} from '@birth/application';
import { type AgencyCode, PREMIUM_PAYERS, type StepCode, type StepRecord, type WorkKind } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { startOfDayMs, toShanghaiDate } from '@birth/standards';
import { randomUUID } from 'node:crypto';
import { caseDesk } from '../../support/cases';
import { aFamily, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const RESULTS = {
  birth_certificate: { certificateNumber: 'L510000001', issuedOn: '2026-11-02', issuer: '绵阳市人民医院' },
  medical_insurance: { personNumber: '500235000000000001', insuredOn: '2026-11-02', areaCode: '500235' },
};
const due = (amountFen: number, text = '请凭应征凭证号缴纳'): AgencyAnswer => ({
  kind: 'action_needed',
  receipt: 'YZ1',
  text,
  payment: { noticeNumber: 'YZ1', amountFen, payBy: null },
});

describe('P11: insurance payments, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  let now: number | null = null;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
    const clock = platform.app.get<Clock>(CLOCK);
    const real = clock.now.bind(clock);
    jest.spyOn(clock, 'now').mockImplementation(() => now ?? real());
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    now = null;
    platform.queue.offered.length = 0;
    platform.agencies.sent.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve(due(40_000));
  });

  const stepsOf = async (id: string, code: StepCode): Promise<StepRecord[]> =>
    (await desk.read(id)).state.steps.filter((step) => step.code === code);
  const say = (step: StepRecord, answer: AgencyAnswer, via: 'callback' | 'poll' = 'callback') =>
    platform.app.get(TakeAnswer).execute({
      stepId: step.id,
      generation: step.generation,
      via,
      answer,
      by: { actor: 'agency', actorId: step.agency },
    });
  const done = async (id: string, code: keyof typeof RESULTS) =>
    say(await desk.step(id, code), { kind: 'completed', results: { ...RESULTS } });

  /** On the certificate, so that nothing else has to be done first. */
  async function registered(wish: { subsidyCategory?: string } = {}) {
    const { form, mother } = aFamily();
    const [newborn] = form.newborns;
    newborn!.insurance = { ...newborn!.insurance!, basis: 'birth_certificate', ...wish };
    const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    const { id } = body as { id: string };
    await done(id, 'birth_certificate');
    await done(id, 'medical_insurance');
    return { id, mother };
  }
  const payment = async (id: string): Promise<StepRecord> => (await stepsOf(id, 'insurance_payment'))[0]!;
  const paidAt = (at: number): AgencyAnswer => ({
    kind: 'completed',
    receipt: 'YZ1',
    results: {
      [`insurance_payment:${new Date(at).getUTCFullYear()}`]: {
        paidAt: new Date(at).toISOString(),
        voucherNumber: 'WS1',
        amountFen: 40_000,
        coveredFrom: toShanghaiDate(at),
        coveredTo: `${new Date(at).getUTCFullYear()}-12-31`,
      },
    },
  });
  const shown = async (id: string, mother: { subject: string }) => {
    const { newborns, status } = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    const of = (code: StepCode) => newborns[0]!.steps.find((step) => step.code === code)!;
    return { status, insurance: of('medical_insurance'), payment: of('insurance_payment') };
  };
  async function run(step: StepRecord, kind: WorkKind, queue: AgencyCode | 'platform' = 'tax-administration') {
    const { rows } = await platform.database.pool.query<{ offer: string }>(
      'select offer::text from work where step_id = $1 and kind = $2',
      [step.id, kind],
    );
    const hint = { queue, stepId: step.id, kind, offer: rows[0]!.offer, priority: 0 };
    await platform.app.get(TakeHint).execute(hint);
  }

  it('a payment is born once and sent once; the family reads how much and where, three facts apart', async () => {
    const { id, mother } = await registered();
    await done(id, 'medical_insurance');
    expect(await stepsOf(id, 'insurance_payment')).toHaveLength(1);
    await run(await payment(id), 'CALL');
    expect(platform.agencies.sent.filter(({ agency }) => agency === 'tax-administration')).toHaveLength(1);
    const asked = await shown(id, mother);
    expect(asked.payment).toMatchObject({
      state: 'action_needed',
      owner: 'applicant',
      reason: 'payment_due',
      agencyText: { text: '请凭应征凭证号缴纳', payment: { amountFen: 40_000, previousFen: null } },
      office: { kind: 'tax_hall' },
    });
    const { years, registeredAt } = asked.insurance.coverage!;
    expect(registeredAt).not.toBeNull();
    expect(years).toMatchObject([{ payer: PREMIUM_PAYERS[0], paidAt: null, from: null, to: null }]);

    const at = Date.now() - 60_000;
    await say(await payment(id), paidAt(at));
    const paid = await shown(id, mother);
    expect(paid.payment).toMatchObject({ state: 'completed', agencyText: null });
    expect(paid.insurance.coverage!.years).toMatchObject([{ from: toShanghaiDate(at), paidAt: expect.any(String) }]);
    const met = { metBy: 'registered_and_paid' };
    expect([paid.insurance.statutory, paid.payment.statutory]).toMatchObject([met, met]);
    expect((await desk.read(id)).open(0, ['results']).results).toHaveProperty([
      `insurance_payment:${new Date(at).getUTCFullYear()}`,
      'voucherNumber',
    ]);
  });

  it('another amount is told with the one before; asked again, it is no news', async () => {
    const { id, mother } = await registered();
    await run(await payment(id), 'CALL');
    await say(await payment(id), due(42_000));
    const events = async () =>
      (await platform.app.get(ShowApplication).events(mother, id, 0, 200)).filter(
        ({ reason }) => reason === 'payment_changed',
      );
    expect((await shown(id, mother)).payment).toMatchObject({
      reason: 'payment_changed',
      agencyText: { payment: { amountFen: 42_000, previousFen: 40_000 } },
    });
    const before = await payment(id);
    await say(before, due(42_000), 'poll');
    expect(await payment(id)).toEqual({ ...before, lastAnswerOrder: expect.any(Number) });
    expect(await events()).toHaveLength(1);
  });

  it('a message of the agency finds the step by its key, twice it is one payment', async () => {
    const { id } = await registered();
    await run(await payment(id), 'CALL');
    const { key } = platform.agencies.sent.at(-1)!;
    const messageId = randomUUID();
    platform.agencies.message = { messageId, reference: { key }, answer: paidAt(Date.now()) };
    const raw = { method: 'POST', url: 'http://localhost/agency/v1', headers: {}, body: Buffer.from(messageId) };
    const receive = () => platform.app.get(ReceiveAgencyMessage).execute('tax-administration', raw);
    expect(await receive()).toMatchObject({ outcome: 'taken' });
    expect(await receive()).toMatchObject({ outcome: 'duplicate' });
    const { rows } = await platform.database.pool.query(
      `select 1 from step_event where application_id = $1 and type = 'premium_paid'`,
      [id],
    );
    expect(rows).toHaveLength(1);
  });

  it('subsidised: nothing is sent, nothing is paid, the limit is met', async () => {
    const { id, mother } = await registered({ subsidyCategory: 'orphan' });
    const { insurance, payment: free } = await shown(id, mother);
    expect(free).toMatchObject({ state: 'not_applicable', reason: 'payment_not_required' });
    expect(insurance.statutory).toMatchObject({ metBy: 'registered_and_exempt' });
    expect(platform.queue.offered.filter(({ queue }) => queue === 'tax-administration')).toEqual([]);
  });

  it('counts down on the mornings of the settings, each once, whoever fires again after whatever', async () => {
    const { id, mother } = await registered();
    await run(await payment(id), 'CALL');
    const born = startOfDayMs((await desk.read(id)).state.newborns[0]!.bornOn);
    for (const day of [30, 45, 45, 60, 60, 75, 85, 89]) {
      now = born + day * DAY_MS + 10 * 3_600_000;
      await run(await payment(id), 'DEADLINE', 'platform');
    }
    const events = await platform.app.get(ShowApplication).events(mother, id, 0, 200);
    const countdown = events.filter(({ detail }) => String(detail['timer']).startsWith('insurance_countdown'));
    expect(countdown.map(({ detail }) => detail['timer'])).toEqual(
      [30, 45, 60, 75, 85].map((day) => `insurance_countdown_${day}`),
    );
  });

  it('P15: taken back unpaid, the premium is withdrawn at its agency and the town’s desk has a task', async () => {
    const { id, mother } = await registered();
    await run(await payment(id), 'CALL');
    const insurance = await desk.step(id, 'medical_insurance');
    const at = { applicationId: id, stepId: insurance.id };
    const { body } = await platform.app.get(WithdrawSteps).one(mother, once({}), at);
    expect((body as { withdrawals: object[] }).withdrawals).toMatchObject([{ outcome: 'requested' }]);
    await run(await payment(id), 'WITHDRAW');
    expect(await payment(id)).toMatchObject({ state: 'withdrawn' });
    expect(await desk.openTasks(insurance.id)).toMatchObject([{ kind: 'deregistration', reason: 'withdrawn_unpaid' }]);
    const { version } = await desk.step(id, 'medical_insurance');
    const request = { expectedVersion: version, reason: '已停保', decision: 'withdrawal_confirmed' as const };
    await platform.app.get(ClerkSteps).resolve(CLERK, insurance.id, request);
    expect(await desk.openTasks(insurance.id)).toEqual([]);
    const { insurance: ended } = await shown(id, mother);
    expect(ended).toMatchObject({ state: 'completed', coverage: { endedAt: expect.any(String) } });
  });

  it('P15: taken back paid, a refund is asked for by a person; with everything else it stays', async () => {
    const { id, mother } = await registered();
    await run(await payment(id), 'CALL');
    await say(await payment(id), paidAt(Date.now()));
    const insurance = await desk.step(id, 'medical_insurance');
    const { body } = await platform.app.get(WithdrawSteps).all(mother, once({}), id);
    const outcomes = (body as { withdrawals: { code: StepCode; outcome: string }[] }).withdrawals;
    expect(outcomes.find(({ code }) => code === 'medical_insurance')).toMatchObject({ outcome: 'stays' });
    await platform.app.get(WithdrawSteps).one(mother, once({}), { applicationId: id, stepId: insurance.id });
    expect(await payment(id)).toMatchObject({ state: 'completed' });
    expect(await desk.openTasks(insurance.id)).toMatchObject([{ kind: 'refund', reason: 'withdrawn_paid' }]);
  });

  it('P15: everything is taken back: a registered insurance with an open premium goes with the rest', async () => {
    const { id, mother } = await registered();
    const insurance = await desk.step(id, 'medical_insurance');
    await platform.app.get(WithdrawSteps).all(mother, once({}), id);
    expect(await payment(id)).toMatchObject({ state: 'withdrawn' });
    expect(await desk.openTasks(insurance.id)).toMatchObject([{ kind: 'deregistration' }]);
  });
});
