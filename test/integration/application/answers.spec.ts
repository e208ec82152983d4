import {
  type AgencyAnswer,
  AnswerCorrection,
  ClerkSteps,
  ShowApplication,
  TakeAnswer,
  WithdrawSteps,
} from '@birth/application';
import { randomUUID } from 'node:crypto';
import { caseDesk } from '../../support/cases';
import { once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const CERTIFICATE = { certificateNumber: 'L500000001', issuedOn: '2026-11-02', issuer: '云阳县人民医院' };
const AGENCY = 'health-commission';

describe('answers, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: `R-${randomUUID()}` });
  });

  /** Filed, and accepted by the health commission. */
  async function accepted() {
    const filed = await desk.file();
    await desk.send(AGENCY);
    const { id: stepId } = await desk.step(filed.id, 'birth_certificate');
    return { ...filed, stepId, at: { applicationId: filed.id, stepId } };
  }
  const say = (stepId: string, answer: AgencyAnswer, more: { generation?: number; via?: 'callback' | 'poll' } = {}) =>
    platform.app.get(TakeAnswer).execute({
      stepId,
      generation: more.generation ?? 1,
      via: more.via ?? 'callback',
      answer,
      by: { actor: 'agency', actorId: AGENCY },
    });
  const asksFor = (field: string, text: string, occurredAt = Date.now()): AgencyAnswer => ({
    kind: 'correction_needed',
    fields: [field],
    text,
    occurredAt,
  });
  const words = async (id: string, stepId: string) => (await desk.read(id)).openStep(stepId).agencyText;
  const retry = async (id: string, stepId: string) => {
    const { version: expectedVersion } = await desk.step(id, 'birth_certificate');
    return platform.app.get(ClerkSteps).retry(CLERK, stepId, { expectedVersion, reason: 'asked by telephone' });
  };

  it('an older word changes nothing of what the family reads, and the family can still answer', async () => {
    const { id, mother, stepId, at } = await accepted();
    const now = Date.now();
    await say(stepId, asksFor('/mother/mobile', '请核对手机号', now));
    await say(stepId, { kind: 'suspended', procedure: 'special_procedure', text: '核对中', occurredAt: now - 60_000 });
    expect(await words(id, stepId)).toEqual({ text: '请核对手机号', fields: ['/mother/mobile'] });
    await platform.app.get(WithdrawSteps).one(mother, once({}), at);
    await say(stepId, { kind: 'withdrawal_refused', text: '已制证' });
    expect(await words(id, stepId)).toMatchObject({ fields: ['/mother/mobile'] });
    const fields = { '/mother/mobile': '13900000001' };
    await platform.app.get(AnswerCorrection).execute(mother, once(fields), at, fields);
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'queued', generation: 2 });
  });

  it('polls that bring nothing new leave the version that a clerk saw; other words are news', async () => {
    const { id, stepId } = await accepted();
    await say(stepId, asksFor('/mother/mobile', '请核对手机号'));
    const { version } = await desk.step(id, 'birth_certificate');
    const { state } = await desk.read(id);
    await say(stepId, asksFor('/mother/mobile', '请核对手机号'), { via: 'poll' });
    await say(stepId, asksFor('/mother/mobile', '请核对手机号'), { via: 'poll' });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ version });
    expect((await desk.read(id)).state.steps.map((step) => step.version)).toEqual(
      state.steps.map((step) => step.version),
    );
    await say(stepId, asksFor('/mother/name', '请核对姓名'), { via: 'poll' });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ version: version + 1 });
    expect(await words(id, stepId)).toEqual({ text: '请核对姓名', fields: ['/mother/name'] });
  });

  it('a correction ends the clerk’s task about it', async () => {
    const { mother, stepId, at } = await accepted();
    await say(stepId, asksFor('/mother/mobile', '请核对手机号'));
    await platform.database.pool.query(
      `insert into human_task (id, application_id, step_id, generation, kind, reason, opened_at, due_at)
       values ($1, $2, $3, 1, 'stuck', 'correction_overdue', now(), now()),
              ($4, $2, $3, 1, 'worklist', 'to_be_answered', now(), now())`,
      [randomUUID(), at.applicationId, stepId, randomUUID()],
    );
    const fields = { '/mother/mobile': '13900000001' };
    await platform.app.get(AnswerCorrection).execute(mother, once(fields), at, fields);
    expect(await desk.openTasks(stepId)).toEqual([]);
  });

  it('done under the earlier request: no retry, a clerk takes that result, and what follows goes on', async () => {
    const { id, mother, stepId, at } = await accepted();
    await say(stepId, asksFor('/mother/mobile', '请核对手机号'));
    const fields = { '/mother/mobile': '13900000001' };
    await platform.app.get(AnswerCorrection).execute(mother, once(fields), at, fields);
    platform.queue.take(AGENCY);
    await say(stepId, { kind: 'completed', receipt: 'R-OLDER', results: { birth_certificate: CERTIFICATE } });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'stuck', reason: 'conflict' });
    await expect(retry(id, stepId)).rejects.toMatchObject({ status: 409, code: 'conflict_needs_decision' });
    expect(platform.queue.offered.filter(({ queue }) => queue === AGENCY)).toEqual([]);

    const { version: expectedVersion } = await desk.step(id, 'birth_certificate');
    const decided = { expectedVersion, reason: 'the register shows it', decision: 'older_result_taken' } as const;
    await platform.app.get(ClerkSteps).resolve(CLERK, stepId, decided);
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'completed', source: 'agency' });
    expect(await desk.step(id, 'household_registration')).not.toMatchObject({ state: 'waiting' });
    const loaded = await desk.read(id);
    expect(loaded.open(0, ['results']).results.birth_certificate).toEqual(CERTIFICATE);
    expect(loaded.openStep(stepId).receipt).toBe('R-OLDER');
    expect(await desk.openTasks(stepId)).toEqual([]);
  });

  it('there is nothing older to be taken where the agency forgot what it had accepted', async () => {
    const { id, stepId } = await accepted();
    await platform.database.pool.query(`update step set state = 'stuck', reason = 'conflict' where id = $1`, [stepId]);
    const { version: expectedVersion } = await desk.step(id, 'birth_certificate');
    const decided = { expectedVersion, reason: 'nothing is known', decision: 'older_result_taken' } as const;
    await expect(platform.app.get(ClerkSteps).resolve(CLERK, stepId, decided)).rejects.toMatchObject({
      status: 409,
      code: 'no_older_result',
    });
  });

  it('why a clerk acted is kept beside the event, sealed, and read by clerks of that step alone', async () => {
    const { id, stepId } = await accepted();
    const { version: expectedVersion } = await desk.step(id, 'birth_certificate');
    const reason = '王芳来电：等了三天';
    await platform.app.get(ClerkSteps).checkNow(CLERK, stepId, { expectedVersion, reason });
    const show = platform.app.get(ShowApplication);
    const reasons = async (scope: typeof CLERK.scope) => {
      const { timeline } = await show.forClerk(scope, id, 'zh-CN');
      return timeline.filter(({ clerkReason }) => clerkReason !== undefined);
    };
    expect(await reasons(CLERK.scope)).toEqual([expect.objectContaining({ type: 'check_asked', clerkReason: reason })]);
    expect(await reasons({ ...CLERK.scope, agencies: ['disease-control'] })).toEqual([]);
    const { rows } = await platform.database.pool.query<{ text: string }>('select t::text as text from event_reason t');
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(Buffer.from('王芳').toString('hex'));
  });
});
