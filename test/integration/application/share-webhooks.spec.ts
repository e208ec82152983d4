import { ListSharing, ShareChanges, ShareLog, SendWebhooks, ReceiverDesk, RecordDeath } from '@birth/application';
import { type Clock, CLOCK } from '@birth/platform';
import { WEBHOOK_PATIENCE_MS } from '@birth/domain';
import { randomUUID } from 'node:crypto';
import { startPlatform, type TestPlatform } from '../../support/platform';
import { sharedChild } from '../../support/shared-child';

jest.setTimeout(60_000);

const RECEIVER = 'education-commission';
const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const DAY_MS = 86_400_000;

describe('P19: deliveries that are pushed, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let aheadMs = 0;
  beforeAll(async () => {
    platform = await startPlatform();
    const clock = platform.app.get<Clock>(CLOCK);
    jest.spyOn(clock, 'now').mockImplementation(() => Date.now() + aheadMs);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await platform.stop();
  });
  beforeEach(async () => {
    platform.webhooks.status = () => 204;
    platform.webhooks.retryAfterMs = 0;
    aheadMs += DAY_MS;
    await recover();
    await push();
    platform.webhooks.sent.length = 0;
  });

  async function push(): Promise<void> {
    const webhooks = platform.app.get(SendWebhooks);
    webhooks.begin();
    await webhooks.ended();
  }
  const share = () => platform.app.get(ShareChanges).catchUp();
  const log = async (state?: 'owed' | 'given_up') =>
    (await platform.app.get(ShareLog).page(CLERK.scope, { receiver: RECEIVER, limit: 100, ...(state && { state }) }))
      .items;
  const recover = (since?: string) =>
    platform.app.get(ShareLog).recover(CLERK, RECEIVER, { reason: 'spoke with the office', ...(since && { since }) });
  const standing = async () =>
    (await platform.app.get(ListSharing).execute(CLERK.scope, undefined)).receivers.find(
      ({ code }) => code === RECEIVER,
    )!;
  const later = (ms: number) => (aheadMs += ms);

  /** A child gets its ID number; the education commission is to be told. */
  const registered = () => sharedChild(platform);

  it('goes once, says what the receiver would read, and counts as received', async () => {
    const id = await registered();
    await push();
    await push();
    expect(platform.webhooks.sent).toHaveLength(1);
    const [sent] = platform.webhooks.sent;
    const body = JSON.parse(sent!.body) as { type: string; data: { id: string; values: object } };
    expect([sent!.receiver, body.type, body.data.id]).toEqual([RECEIVER, 'newborn.registered', sent!.id]);
    expect(Object.keys(body.data.values).sort()).toEqual([
      'childBornOn',
      'childName',
      'childSex',
      'householdAddress',
      'residentIdNumber',
    ]);
    const [row] = await log();
    expect(row).toMatchObject({
      id: sent!.id,
      applicationId: id,
      push: { state: 'taken', attempts: [{ status: 204, outcome: 'taken' }] },
    });
    expect(row!.receivedAt).not.toBeNull();
  });

  it('a receiver that fails is tried again with the same id and the same bytes', async () => {
    await registered();
    platform.webhooks.status = () => 500;
    await push();
    platform.webhooks.status = () => 400;
    later(60_000);
    await push();
    platform.webhooks.status = () => 200;
    later(60_000);
    await push();
    const { sent } = platform.webhooks;
    expect([new Set(sent.map(({ id }) => id)).size, new Set(sent.map(({ body }) => body)).size]).toEqual([1, 1]);
    const [row] = await log();
    expect(row!.push!.attempts.map(({ status, outcome }) => [status, outcome])).toEqual([
      [500, 'unanswered'],
      [400, 'refused'],
      [200, 'taken'],
    ]);
  });

  it('waits as long as the receiver asks for', async () => {
    await registered();
    platform.webhooks.status = () => 429;
    platform.webhooks.retryAfterMs = 50_000;
    await push();
    later(40_000);
    await push();
    expect(platform.webhooks.sent).toHaveLength(1);
    later(11_000);
    await push();
    expect(platform.webhooks.sent).toHaveLength(2);
  });

  it('many processes at once push each once', async () => {
    await registered();
    await registered();
    await Promise.all([push(), push(), push()]);
    expect(platform.webhooks.sent).toHaveLength(2);
  });

  it('of one newborn the older goes first, also when it was put off', async () => {
    const applicationId = await registered();
    platform.webhooks.status = () => 503;
    platform.webhooks.retryAfterMs = 50_000;
    await push();
    await platform.app.get(RecordDeath).execute(CLERK, { applicationId, newbornIndex: 0 }, 'told by the hospital');
    await share();
    platform.webhooks.status = () => 204;
    await push();
    expect(platform.webhooks.sent).toHaveLength(1);
    later(60_000);
    await push();
    const types = platform.webhooks.sent.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(types.slice(1)).toEqual(['newborn.registered', 'newborn.died']);
  });

  it('410 closes the door and opens a task; a clerk opens it again and nothing was lost', async () => {
    await registered();
    platform.webhooks.status = () => 410;
    await push();
    await registered();
    later(60_000);
    await push();
    expect(platform.webhooks.sent).toHaveLength(1);
    expect(await standing()).toMatchObject({
      mode: 'webhook',
      webhook: { door: 'gone', owed: 2, givenUp: 0 },
      tasks: [{ kind: 'endpoint_gone' }],
    });
    platform.webhooks.status = () => 200;
    expect((await recover()).owed).toBe(2);
    await push();
    expect(await standing()).toMatchObject({ webhook: { door: 'open', owed: 0 }, tasks: [] });
    expect(await log('owed')).toEqual([]);
  });

  it('what nobody takes for days is a person’s, and is found in the log', async () => {
    await registered();
    platform.webhooks.status = () => 401;
    await push();
    later(WEBHOOK_PATIENCE_MS - 60_000);
    await platform.app.get(SendWebhooks).giveUp();
    expect(await log('given_up')).toEqual([]);
    later(120_000);
    await platform.app.get(SendWebhooks).giveUp();
    await platform.app.get(SendWebhooks).giveUp();
    await push();
    expect(await log('given_up')).toHaveLength(1);
    expect((await standing()).tasks.map(({ kind }) => kind)).toEqual(['undelivered']);
    const before = platform.webhooks.sent.length;
    platform.webhooks.status = () => 200;
    await recover();
    await push();
    expect([platform.webhooks.sent.length - before, (await standing()).tasks]).toEqual([1, []]);
  });

  it('a door that nobody answers is left alone, then tried with one call', async () => {
    for (let child = 0; child < 6; child += 1) await registered();
    platform.webhooks.status = () => null;
    await push();
    const tried = platform.webhooks.sent.length;
    expect(tried).toBe(6);
    expect((await standing()).webhook).toMatchObject({ door: 'paused', owed: 6 });
    later(50_000);
    await push();
    expect(platform.webhooks.sent.length - tried).toBe(1);
    platform.webhooks.status = () => 200;
    later(60_000);
    await push();
    expect((await standing()).webhook).toMatchObject({ door: 'open', owed: 0 });
  });

  it('is sent again when the receiver asks for one, and for all since a moment when a clerk does', async () => {
    const since = new Date(Date.now() + aheadMs).toISOString();
    await registered();
    await registered();
    await push();
    const [{ id } = { id: '' }] = platform.webhooks.sent;
    const raw = {
      method: 'POST',
      url: 'http://localhost/',
      headers: {},
      body: Buffer.from(JSON.stringify({ messageId: randomUUID() })),
    };
    expect(await platform.app.get(ReceiverDesk).resend(raw, id)).toEqual({ outcome: 'taken' });
    await push();
    expect(platform.webhooks.sent.map((one) => one.id).filter((one) => one === id)).toHaveLength(2);
    expect((await recover(since)).owed).toBe(2);
    await push();
    expect(platform.webhooks.sent).toHaveLength(5);
    await expect(
      platform.app.get(ShareLog).recover(CLERK, 'health-population', { reason: 'it asks by itself' }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('who sees a part of the county reads nothing and does nothing', async () => {
    const scope = { regions: ['*'], agencies: ['public-security'], offices: ['*'] };
    const query = { receiver: RECEIVER, limit: 10 };
    expect(await platform.app.get(ShareLog).page(scope, query)).toEqual({ items: [], nextCursor: null });
    await expect(
      platform.app.get(ShareLog).recover({ subject: 'c', scope }, RECEIVER, { reason: 'mine' }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
