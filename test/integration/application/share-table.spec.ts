import { ListSharing, ReadShareTable, RecordDeath, ReceiverDesk, ShareChanges, ShareLog } from '@birth/application';
import { WEBHOOK_PATIENCE_MS } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';
import { sharedChild } from '../../support/shared-child';

jest.setTimeout(60_000);

const RECEIVER = 'civil-affairs';
const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };

interface Row {
  delivery_id: string;
  content: { about: string; event: string; values: Record<string, string> } | null;
  flag: string | null;
}

describe('P19: deliveries in the exchange table, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  /** The receiver's own role, as docs/agencies/exchange-table.md makes it. */
  let receiver: Client;
  let aheadMs = 0;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
    const { pool } = platform.database;
    for (const statement of [
      `create role exchange_civil_affairs login password 'for-this-test'`,
      'grant usage on schema exchange to exchange_civil_affairs',
      'grant select on exchange.share_delivery to exchange_civil_affairs',
      'grant update (flag, flag_at, error_text, error_fields) on exchange.share_delivery to exchange_civil_affairs',
      'alter table exchange.share_delivery enable row level security',
      `create policy civil_affairs on exchange.share_delivery to exchange_civil_affairs using (receiver = 'civil-affairs')`,
    ]) {
      await pool.query(statement);
    }
    const url = new URL(platform.postgres.url);
    url.username = 'exchange_civil_affairs';
    url.password = 'for-this-test';
    receiver = new Client({ connectionString: url.href });
    await receiver.connect();
    jest.spyOn(platform.app.get<Clock>(CLOCK), 'now').mockImplementation(() => Date.now() + aheadMs);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await receiver.end();
    await platform.stop();
  });
  beforeEach(async () => {
    await receiver.query(`update exchange.share_delivery set flag = '1', flag_at = now() where flag is null`);
    await read();
  });

  const read = () => platform.app.get(ReadShareTable).round();
  const share = () => platform.app.get(ShareChanges).catchUp();
  const open = async (): Promise<Row[]> =>
    (
      await receiver.query<Row>(
        'select delivery_id, content, flag from exchange.share_delivery where flag is null order by written_at',
      )
    ).rows;
  const rowOf = async (id: string) =>
    (await receiver.query<Row>('select * from exchange.share_delivery where delivery_id = $1', [id])).rows[0]!;
  const logged = async (id: string) =>
    (await platform.app.get(ShareLog).page(CLERK.scope, { receiver: RECEIVER, limit: 100 })).items.find(
      (item) => item.id === id,
    )!;
  const tasks = async () =>
    (await platform.app.get(ListSharing).execute(CLERK.scope, undefined)).receivers
      .find(({ code }) => code === RECEIVER)!
      .tasks.map(({ kind }) => kind);

  const registered = () => sharedChild(platform);

  it('a row stands there once, with the receiver’s fields; taken it is a receipt, and wiped', async () => {
    await registered();
    await share();
    const [row, second] = await open();
    expect([second, row!.content!.about]).toEqual([undefined, 'registered']);
    expect(Object.keys(row!.content!.values).sort()).toEqual([
      'childBornOn',
      'childName',
      'fatherName',
      'householdAddress',
      'motherName',
      'residentIdNumber',
    ]);
    await read();
    expect((await logged(row!.delivery_id)).receivedAt).toBeNull();
    const flagged = `update exchange.share_delivery set flag = '1', flag_at = now() where delivery_id = $1`;
    await receiver.query(flagged, [row!.delivery_id]);
    await read();
    await read();
    expect((await rowOf(row!.delivery_id)).content).toBeNull();
    expect((await logged(row!.delivery_id)).receivedAt).not.toBeNull();
  });

  it('what the receiver gives back as wrong is a task for the office that made it, and is wiped', async () => {
    const id = await registered();
    const [row] = await open();
    await receiver.query(
      `update exchange.share_delivery set flag = '3', flag_at = now(), error_text = '姓名与户籍不符',
        error_fields = '["childName", "parity"]' where delivery_id = $1`,
      [row!.delivery_id],
    );
    await read();
    await read();
    const { id: stepId } = await desk.step(id, 'household_registration');
    expect((await desk.openTasks(stepId)).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['data_update', 'receiver_disputes'],
    ]);
    expect((await rowOf(row!.delivery_id)).content).toBeNull();
  });

  it('a correction is a row of its own', async () => {
    const applicationId = await registered();
    await platform.app.get(RecordDeath).execute(CLERK, { applicationId, newbornIndex: 0 }, 'told by the hospital');
    await share();
    expect((await open()).map(({ content }) => content!.event)).toEqual(['registered', 'died']);
  });

  it('its role reads its own rows, and changes nothing but its words', async () => {
    const { pool } = platform.database;
    await registered();
    await pool.query(
      `insert into exchange.share_delivery (delivery_id, receiver, content, written_at) values ($1, 'other', '{}', now())`,
      [randomUUID()],
    );
    const { rows } = await receiver.query('select distinct receiver from exchange.share_delivery');
    expect(rows).toEqual([{ receiver: RECEIVER }]);
    await expect(receiver.query(`update exchange.share_delivery set content = '{}'`)).rejects.toThrow('permission');
    await expect(receiver.query('select * from share_delivery')).rejects.toThrow('permission');
    await expect(receiver.query(`update exchange.share_delivery set flag = '1', flag_at = null`)).rejects.toThrow(
      'share_delivery_flag_at',
    );
    await pool.query(`delete from exchange.share_delivery where receiver = 'other'`);
  });

  it('is written again for who asks for one, and for all since a moment when a clerk does', async () => {
    const since = new Date(Date.now() + aheadMs).toISOString();
    await registered();
    const [{ delivery_id: id } = { delivery_id: '' }] = await open();
    const flagged = `update exchange.share_delivery set flag = '1', flag_at = now() where delivery_id = $1`;
    await receiver.query(flagged, [id]);
    await read();
    const raw = { method: 'POST', url: 'http://localhost/', headers: {}, body: message() };
    expect(await platform.app.get(ReceiverDesk).resend(raw, id)).toEqual({ outcome: 'taken' });
    expect((await open()).map(({ content }) => content!.about)).toEqual(['registered']);
    await receiver.query(flagged, [id]);
    await read();
    const reason = 'their table was lost';
    expect(await platform.app.get(ShareLog).recover(CLERK, RECEIVER, { since, reason })).toEqual({ owed: 1 });
    expect((await open()).map((row) => row.delivery_id)).toEqual([id]);
  });

  it('what nobody takes for days is a person’s, until a clerk has spoken with the receiver', async () => {
    await registered();
    aheadMs += WEBHOOK_PATIENCE_MS - 60_000;
    await platform.app.get(ReadShareTable).tellUntaken();
    expect(await tasks()).toEqual([]);
    aheadMs += 120_000;
    await platform.app.get(ReadShareTable).tellUntaken();
    await platform.app.get(ReadShareTable).tellUntaken();
    expect(await tasks()).toEqual(['undelivered']);
    expect(await platform.app.get(ShareLog).recover(CLERK, RECEIVER, { reason: 'they look again' })).toEqual({
      owed: 1,
    });
    await platform.app.get(ReadShareTable).tellUntaken();
    expect(await tasks()).toEqual([]);
  });

  const message = () => Buffer.from(JSON.stringify({ messageId: randomUUID() }));
});
