import {
  CASE_READS,
  CASE_STORE,
  CLERK_READS,
  type ClerkReads,
  type CaseReads,
  type CaseStore,
  ClerkSteps,
  eventHash,
  MessageRefused,
  ReceiveAgencyMessage,
  SendStep,
  StepTransitions,
  SubmitApplication,
  TakeAnswer,
  WORK_STORE,
  type WorkStore,
} from '@birth/application';
import { owedWork } from '@birth/domain';
import { type Problem, submissionKey } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aFamily, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

describe('races on real PostgreSQL', () => {
  let platform: TestPlatform;
  let store: CaseStore;
  beforeAll(async () => {
    platform = await startPlatform();
    store = platform.app.get<CaseStore>(CASE_STORE);
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
  });

  const submit = () => platform.app.get(SubmitApplication);
  async function filed() {
    const { form, mother } = aFamily();
    const { body } = await submit().execute(mother, once(form), form, 'zh-CN');
    const { id } = body as { id: string };
    const loaded = (await store.read(id))!;
    const certificate = loaded.state.steps.find(({ code }) => code === 'birth_certificate')!;
    return { id, mother, form, stepId: certificate.id };
  }
  const certificateOf = async (id: string) =>
    (await store.read(id))!.state.steps.find(({ code }) => code === 'birth_certificate')!;
  const callback = (stepId: string, messageId: string = randomUUID()) => ({
    messageId,
    reference: { key: submissionKey(stepId, 1) },
    answer: {
      kind: 'completed',
      receipt: 'R-9',
      occurredAt: Date.now(),
      sequence: 2,
      results: { birth_certificate: CERTIFICATE },
    } as const,
  });
  const raw = (text: string) => ({
    method: 'POST',
    url: 'http://localhost/agency/v1/health-commission/messages',
    headers: {},
    body: Buffer.from(text),
  });

  it('fault 30: a callback that overtakes our own reply is taken, and the reply still fills in the receipt', async () => {
    const { id, stepId } = await filed();
    platform.agencies.onSubmit = async () => {
      platform.agencies.message = {
        ...callback(stepId),
        answer: { kind: 'completed', results: { birth_certificate: CERTIFICATE } },
      };
      await platform.app.get(ReceiveAgencyMessage).execute('health-commission', raw(`early ${stepId}`));
      return { kind: 'accepted', receipt: 'R-LATE' };
    };
    await platform.app.get(SendStep).execute(platform.queue.take('health-commission'));
    const step = await certificateOf(id);
    expect(step).toMatchObject({ state: 'completed', source: 'agency', hasReceipt: true });
    expect((await store.read(id))!.openStep(stepId).receipt).toBe('R-LATE');
    await expectInvariants(id);
  });

  it('the answer of a worker whose lease has ended is taken; its bookkeeping is not', async () => {
    const { id, stepId } = await filed();
    const hint = platform.queue.take('health-commission');
    const work = platform.app.get<WorkStore>(WORK_STORE);
    const options = { now: Date.now(), leaseMs: 0, setsMaybeSent: false, durable: true };
    const first = (await work.claim(hint, options))!;
    const second = (await work.claim(hint, { ...options, leaseMs: 60_000, now: Date.now() + 1 }))!;
    const by = { actor: 'agency', actorId: 'health-commission' } as const;
    await platform.app.get(StepTransitions).apply({
      ref: { stepId },
      by: { actor: 'platform', actorId: null },
      event: () => ({
        type: 'put_off',
        stepId,
        kind: 'CALL',
        leaseToken: first.leaseToken,
        cause: 'unavailable',
        retryAt: 0,
        countsAsFailure: true,
        maybeSent: false,
      }),
    });
    expect(
      (await store.read(id))!.state.work.find(({ kind, stepId: of }) => kind === 'CALL' && of === stepId)?.leaseToken,
    ).toBe(second.leaseToken);
    await platform.app.get(TakeAnswer).execute({
      stepId,
      generation: 1,
      via: 'reply',
      by,
      answer: { kind: 'accepted', receipt: 'R-OLD' },
      work: { kind: 'CALL', leaseToken: first.leaseToken },
    });
    expect(await certificateOf(id)).toMatchObject({ state: 'accepted', hasReceipt: true });
    await expectInvariants(id);
  });

  it('one hint claimed by two workers at once is claimed once', async () => {
    await filed();
    const hint = platform.queue.take('health-commission');
    const work = platform.app.get<WorkStore>(WORK_STORE);
    const options = { now: Date.now(), leaseMs: 30_000, setsMaybeSent: false, durable: true };
    const claims = await Promise.all(Array.from({ length: 8 }, () => work.claim(hint, options)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('two clerks retry the same stuck step: one is told that the other was faster', async () => {
    const { id, stepId } = await filed();
    const hint = platform.queue.take('health-commission');
    const claim = (await platform.app
      .get<WorkStore>(WORK_STORE)
      .claim(hint, { now: Date.now(), leaseMs: 30_000, setsMaybeSent: false, durable: true }))!;
    await platform.app.get(StepTransitions).apply({
      ref: { stepId },
      by: { actor: 'platform', actorId: null },
      event: () => ({
        type: 'contract_broken',
        stepId,
        kind: 'CALL',
        leaseToken: claim.leaseToken,
        field: 'body',
        retryAt: Date.now(),
      }),
    });
    const { version } = await certificateOf(id);
    const scope = { regions: ['*'], agencies: ['*'], offices: ['*'] };
    const clerks = ['one', 'two'].map((subject) =>
      platform.app
        .get(ClerkSteps)
        .retry({ subject, scope }, stepId, { expectedVersion: version, reason: 'looked at it' }),
    );
    const results = await Promise.allSettled(clerks);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refusal = results.find((result): result is PromiseRejectedResult => result.status === 'rejected')!
      .reason as Problem;
    expect([refusal.status, refusal.code]).toEqual([412, 'version_conflict']);
    await expectInvariants(id);
  });

  it('a clerk and a callback at once: both are taken in some order, the callback’s word stands', async () => {
    const { id, stepId } = await filed();
    await platform.app.get(SendStep).execute(platform.queue.take('health-commission'));
    const { version } = await certificateOf(id);
    platform.agencies.message = callback(stepId);
    const scope = { regions: ['*'], agencies: ['*'], offices: ['*'] };
    await Promise.allSettled([
      platform.app.get(ReceiveAgencyMessage).execute('health-commission', raw(`both ${stepId}`)),
      platform.app
        .get(ClerkSteps)
        .checkNow({ subject: 'clerk', scope }, stepId, { expectedVersion: version, reason: 'asked on the phone' }),
    ]);
    expect(await certificateOf(id)).toMatchObject({ state: 'completed' });
    await expectInvariants(id);
  });

  it('a double tap gives the same answer, another body is refused, a second filing names the own case', async () => {
    const { form, mother } = aFamily();
    const key = randomUUID();
    const [first, second] = await Promise.all(
      [1, 2].map(() => submit().execute(mother, once(form, key), form, 'zh-CN')),
    );
    expect(second).toEqual(first);
    const changed = { ...form, parentsRelation: 'married' as const };
    await expect(submit().execute(mother, once(changed, key), changed, 'zh-CN')).rejects.toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    });
    await expect(submit().execute(mother, once(form), form, 'zh-CN')).rejects.toMatchObject({
      status: 409,
      code: 'case_open',
      options: { extra: { applicationId: (first!.body as { id: string }).id } },
    });
  });

  it('fault 30: the same message a hundred times at once: one effect, and no error', async () => {
    const { id, stepId } = await filed();
    await platform.app.get(SendStep).execute(platform.queue.take('health-commission'));
    const receive = platform.app.get(ReceiveAgencyMessage);
    platform.agencies.message = callback(stepId, `M-${id}`);
    const told = await Promise.all(
      Array.from({ length: 100 }, () => receive.execute('health-commission', raw(`about ${id}`))),
    );
    expect(told.filter(({ outcome }) => outcome === 'taken')).toHaveLength(1);
    expect(told.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(99);
    await expectInvariants(id);
  });

  it('fault 30: of two last words that contradict each other the first stands, the second is a task', async () => {
    const { id, stepId } = await filed();
    await platform.app.get(SendStep).execute(platform.queue.take('health-commission'));
    const receive = platform.app.get(ReceiveAgencyMessage);
    platform.agencies.message = callback(stepId);
    expect(await receive.execute('health-commission', raw('done'))).toEqual({ outcome: 'taken' });
    const refusal = { reason: '不予', legalBasis: '法', documentNumber: '1', office: '院', remedy: '复议' };
    platform.agencies.message = {
      ...callback(stepId),
      answer: { kind: 'rejected', receipt: 'R-9', occurredAt: Date.now(), sequence: 3, refusal },
    };
    expect(await receive.execute('health-commission', raw('refused'))).toEqual({ outcome: 'taken' });
    expect(await certificateOf(id)).toMatchObject({ state: 'completed' });
    expect((await platform.app.get<ClerkReads>(CLERK_READS).openTasks(id)).map(({ kind }) => kind)).toEqual([
      'conflict',
    ]);
    await expectInvariants(id);
  });

  it('fault 30: a message comes twice: one effect; its id used for something else is refused', async () => {
    const { id, stepId } = await filed();
    await platform.app.get(SendStep).execute(platform.queue.take('health-commission'));
    const receive = platform.app.get(ReceiveAgencyMessage);
    platform.agencies.message = callback(stepId, 'M-TWICE');
    expect(await receive.execute('health-commission', raw('the same'))).toEqual({ outcome: 'taken' });
    platform.agencies.message = callback(stepId, 'M-TWICE');
    expect(await receive.execute('health-commission', raw('the same'))).toEqual({ outcome: 'duplicate' });
    platform.agencies.message = callback(stepId, 'M-TWICE');
    await expect(receive.execute('health-commission', raw('something else'))).rejects.toThrow(MessageRefused);
    platform.agencies.message = callback(randomUUID(), 'M-UNKNOWN');
    expect(await receive.execute('health-commission', raw('unknown step'))).toEqual({ outcome: 'kept' });
    await expectInvariants(id);
  });

  it('hospitals’, parents’ and children’s data are nowhere in clear', async () => {
    const { form } = await filed();
    const { rows: tables } = await platform.database.pool.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    const secrets = [
      form.mother!.name,
      form.mother!.identity.number,
      form.mother!.mobile,
      form.newborns[0]!.name!.given,
      form.mother!.residence.address,
    ];
    for (const { name } of tables) {
      const { rows } = await platform.database.pool.query<{ text: string }>(`select t::text as text from ${name} t`);
      const all = rows.map(({ text }) => text).join('\n');
      for (const secret of secrets) {
        expect([name, all.includes(secret)]).toEqual([name, false]);
        expect([name, all.includes(Buffer.from(secret).toString('hex'))]).toEqual([name, false]);
      }
    }
  });

  it('the history cannot be changed', async () => {
    const { id } = await filed();
    for (const statement of [
      `update step_event set type = 'x' where application_id = '${id}'`,
      `delete from step_event where application_id = '${id}'`,
      'truncate step_event',
    ]) {
      await expect(platform.database.pool.query(statement)).rejects.toThrow(/append-only/);
    }
  });

  it('the tail never passes a row that commits later', async () => {
    const reads = platform.app.get<CaseReads>(CASE_READS);
    const { cursor } = await reads.tail(null, 0);
    const slow = await platform.database.pool.connect();
    await slow.query('begin');
    await slow.query('select pg_current_xact_id()');
    const { id } = await filed();
    expect((await reads.tail(cursor, 100)).events).toEqual([]);
    await slow.query('commit');
    slow.release();
    const { events } = await reads.tail(cursor, 100);
    expect(events.some((event) => event.applicationId === id)).toBe(true);
  });

  /** Work rows equal owedWork, the chain verifies, the list column is the function of the steps. */
  async function expectInvariants(id: string): Promise<void> {
    const { state, chain } = (await store.read(id))!;
    const owed = state.steps.flatMap((step) => owedWork(step).map((kind) => `${step.id}/${kind}`)).sort();
    expect(state.work.map(({ stepId, kind }) => `${stepId}/${kind}`).sort()).toEqual(owed);
    const events = await platform.app.get<CaseReads>(CASE_READS).events(id, 0, 1000);
    let previous = Buffer.alloc(32);
    for (const event of events) {
      expect(event.previousHash.equals(previous)).toBe(true);
      expect(eventHash(event, previous).equals(event.hash)).toBe(true);
      previous = event.hash as Buffer<ArrayBuffer>;
    }
    expect(chain.head.equals(previous)).toBe(true);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  }
});

const CERTIFICATE = { certificateNumber: 'L500000001', issuedOn: '2026-11-02', issuer: '云阳县人民医院' };
