import {
  AgencyContractBroken,
  type AgencyMessage,
  AnswerWorklistTask,
  MatchKeptMessages,
  ReceiveAgencyMessage,
} from '@birth/application';
import { randomUUID } from 'node:crypto';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const AGENCY = 'health-commission';
const CERTIFICATE = { certificateNumber: 'L500000007', issuedOn: '2026-11-02', issuer: '云阳县人民医院' };

const raw = (text: string) => ({
  method: 'POST',
  url: `http://localhost/agency/v1/${AGENCY}/messages`,
  headers: {},
  body: Buffer.from(text),
});

describe('signed messages that cannot be taken yet, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
  });

  const ask = async <T extends Record<string, unknown>>(sql: string, values: unknown[]) =>
    (await platform.database.pool.query<T>(sql, values)).rows;
  const inbox = async (messageId: string) =>
    (
      await ask<{ disposition: string; step_id: string | null; body: Buffer }>(
        'select disposition, step_id, body from inbox where message_id = $1',
        [messageId],
      )
    )[0];
  const round = () => platform.app.get(MatchKeptMessages).round();
  const done = (messageId: string, receipt: string): AgencyMessage => ({
    messageId,
    reference: { receipt },
    answer: { kind: 'completed', occurredAt: Date.now(), results: { birth_certificate: CERTIFICATE } },
  });
  /** Comes before our own call's reply has told us the receipt. */
  async function tooEarly(receipt = `R-${randomUUID()}`) {
    const messageId = `M-${randomUUID()}`;
    platform.agencies.message = done(messageId, receipt);
    const outcome = await platform.app.get(ReceiveAgencyMessage).execute(AGENCY, raw(`about ${receipt}`));
    expect(outcome).toEqual({ outcome: 'kept' });
    return { messageId, receipt };
  }
  async function acceptedAs(receipt: string) {
    const { id } = await desk.file();
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt });
    await desk.send(AGENCY);
    return { id, step: () => desk.step(id, 'birth_certificate') };
  }

  it('fault 30: a receipt that nobody knows is kept, and taken once our own reply has told it', async () => {
    const { messageId, receipt } = await tooEarly();
    await round();
    expect(await inbox(messageId)).toMatchObject({ disposition: 'unmatched', step_id: null });
    const { id, step } = await acceptedAs(receipt);
    const { id: stepId } = await step();
    await round();
    expect(await step()).toMatchObject({ state: 'completed', source: 'agency' });
    expect(await inbox(messageId)).toMatchObject({ disposition: 'applied', step_id: stepId });
    expect((await desk.read(id)).open(0, ['results']).results.birth_certificate).toEqual(CERTIFICATE);
    const incoming = await ask('select key_id, reply_key_id from exchange where step_id = $1 and direction = $2', [
      stepId,
      'in',
    ]);
    expect(incoming).toEqual([{ key_id: 'k', reply_key_id: null }]);
  });

  it('comes again while it is kept: a duplicate', async () => {
    const { messageId, receipt } = await tooEarly();
    platform.agencies.message = { ...done(messageId, receipt), messageId };
    const again = await platform.app.get(ReceiveAgencyMessage).execute(AGENCY, raw(`about ${receipt}`));
    expect(again).toEqual({ outcome: 'duplicate' });
  });

  it('two processes look at once: one effect', async () => {
    const { messageId, receipt } = await tooEarly();
    const { id, step } = await acceptedAs(receipt);
    await Promise.all([round(), round(), round()]);
    const { id: stepId, state } = await step();
    expect(state).toBe('completed');
    const moves = await ask(
      `select 1 from step_event where application_id = $1 and to_state = 'completed' and step_id = $2`,
      [id, stepId],
    );
    expect(moves).toHaveLength(1);
    expect(await ask('select 1 from exchange where step_id = $1 and direction = $2', [stepId, 'in'])).toHaveLength(1);
    expect(await inbox(messageId)).toMatchObject({ disposition: 'applied' });
  });

  it('a body that was put into another’s row does not open, and stops none behind it', async () => {
    const [first, second, third] = [await tooEarly(), await tooEarly(), await tooEarly()];
    await ask(
      `update inbox a set body = b.body from inbox b
        where (a.message_id, b.message_id) in (($1, $2), ($2, $1))`,
      [first.messageId, second.messageId],
    );
    const cases = [];
    for (const { receipt } of [first, second, third]) cases.push(await acceptedAs(receipt));
    platform.agencies.message = done(third.messageId, third.receipt);
    await round();
    expect(await Promise.all(cases.map(async ({ step }) => (await step()).state))).toEqual([
      'accepted',
      'accepted',
      'completed',
    ]);
    expect(await inbox(first.messageId)).toMatchObject({ disposition: 'broken' });
  });

  it('what breaks the format is kept as it came; its message id stays free for one that can be read', async () => {
    const { id, step } = await acceptedAs(`R-${randomUUID()}`);
    const { id: stepId } = await step();
    const receive = platform.app.get(ReceiveAgencyMessage);
    const get = platform.agencies.get.bind(platform.agencies);
    const read = jest.spyOn(platform.agencies, 'get').mockImplementation((agency, channel) => ({
      ...get(agency, channel),
      readMessage: () => {
        throw new AgencyContractBroken('not agreed', 'status');
      },
    }));
    platform.agencies.message = done('M-BROKEN', 'x');
    const body = raw(`{"status":"fertig","${stepId}":1}`);
    await expect(receive.execute(AGENCY, body)).rejects.toMatchObject({ status: 400, code: 'bad_message' });
    platform.agencies.message = done('M-BROKEN', 'x');
    await expect(receive.execute(AGENCY, body)).rejects.toMatchObject({ status: 400, code: 'bad_message' });
    read.mockRestore();
    const broken = await ask<{ body: Buffer }>(
      `select body from inbox where disposition = 'broken' and message_id like 'sha-256:%'`,
      [],
    );
    expect(broken).toHaveLength(1);
    expect(broken[0]?.body.includes('fertig')).toBe(false);
    const { receipt } = (await desk.read(id)).openStep(stepId);
    platform.agencies.message = done('M-BROKEN', receipt!);
    expect(await receive.execute(AGENCY, raw('now in the agreed form'))).toEqual({ outcome: 'taken' });
    expect(await step()).toMatchObject({ state: 'completed' });
  });

  it('an office that works by hand may say it again in the right form', async () => {
    const { id, step } = await acceptedAs(`R-${randomUUID()}`);
    const { id: stepId } = await step();
    const taskId = randomUUID();
    await ask(
      `insert into human_task (id, application_id, step_id, generation, kind, reason, agency, opened_at, due_at)
       values ($1, $2, $3, 1, 'worklist', 'to_be_answered', $4, now(), now())`,
      [taskId, id, stepId, AGENCY],
    );
    const say = (results: object) =>
      platform.app
        .get(AnswerWorklistTask)
        .execute(
          raw(
            JSON.stringify({ messageId: 'WL-9', occurredAt: '2026-11-02T16:30:00+08:00', kind: 'completed', results }),
          ),
          taskId,
        );
    await expect(say({ ...CERTIFICATE, certificateNumber: 'no number' })).rejects.toMatchObject({
      status: 400,
      code: 'bad_message',
      options: { errors: [{ pointer: '/results/certificateNumber', code: 'bad_value' }] },
    });
    expect(await step()).toMatchObject({ state: 'accepted' });
    expect(await say(CERTIFICATE)).toEqual({ outcome: 'taken' });
    expect(await step()).toMatchObject({ state: 'completed' });
  });
});
