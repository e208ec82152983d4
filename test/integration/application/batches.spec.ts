import {
  BATCH_STORE,
  type BatchImported,
  type BatchStore,
  ExportBatch,
  FILE_SIGNER,
  type FileSigner,
  ImportBatch,
  OFFICE_MODE_STORE,
  OfficeModeWatch,
} from '@birth/application';
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { ANSWER_COLUMNS, TASK_COLUMNS } from '../../../libs/application/src/batch/answer-line';
import { type BatchFile, readBatch, withSignature, writeBatch } from '../../../libs/application/src/batch/batch-file';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK = { subject: 'clerk-1', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
/** By the clock of the office: an answer of yesterday would be an old one. */
const AT = new Date(Date.now() + 60_000).toISOString();

describe('P2: files for offices that answer in batches, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  let office: string;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
    office = (await desk.step((await desk.file()).id, 'vaccination')).officeCode;
    const modes = platform.app.get<{ change(row: unknown): Promise<boolean> }>(OFFICE_MODE_STORE);
    const row = { officeCode: office, previous: 'api', changedBy: 's', reason: 'r', changedAt: Date.now() };
    await modes.change({ ...row, answerMode: 'batch' });
    await platform.app.get(OfficeModeWatch).look();
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', detail: 'delivered' });
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
  });

  async function sent() {
    const { id } = await desk.file();
    await desk.send('disease-control');
    const { id: stepId } = await desk.step(id, 'vaccination');
    const { rows } = await platform.database.pool.query<{ id: string }>(
      `select id from human_task where step_id = $1 and kind = 'worklist'`,
      [stepId],
    );
    return { id, stepId, taskId: rows[0]!.id, state: async () => (await desk.step(id, 'vaccination')).state };
  }
  const nextNumber = async () => (await platform.app.get(ExportBatch).numbers(CLERK, office)).nextImport;
  const answer = (taskId: string, cells: Partial<Record<(typeof ANSWER_COLUMNS)[number], string>>) =>
    ANSWER_COLUMNS.map((name) => ({ 任务号: taskId, 答复时间: AT, ...cells })[name] ?? '');
  const done = (taskId: string, serial: number) =>
    answer(taskId, {
      答复: 'completed',
      回执号: `YJ${serial}`,
      结果: JSON.stringify({ childCode: `C${serial}`, bookNumber: 'B', unitName: '=1+1' }),
    });
  const fileOf = (number: number, lines: string[][], officeCode = office) =>
    writeBatch({ direction: 'import', officeCode, number, writtenAt: AT }, ANSWER_COLUMNS, lines);
  const take = (bytes: Buffer, officeCode = office): Promise<BatchImported> =>
    platform.app.get(ImportBatch).execute(CLERK, officeCode, bytes);

  it('what waits leaves in a numbered file that we sign; what was not answered is in the next one too', async () => {
    const { taskId, stepId } = await sent();
    const first = await platform.app.get(ExportBatch).execute(CLERK, office);
    const second = await platform.app.get(ExportBatch).execute(CLERK, office);
    expect(second.number).toBe(first.number + 1);
    const { head, lines, signature } = readBatch(Buffer.from(second.file, 'base64'), TASK_COLUMNS) as BatchFile;
    expect(head).toMatchObject({ direction: 'export', officeCode: office, number: second.number });
    const line = lines.find(([id]) => id === taskId)!;
    expect(line.slice(1, 3)).toEqual(['vaccination', '']);
    expect(line).toHaveLength(TASK_COLUMNS.length);
    const { key } = await platform.app.get(ExportBatch).numbers(CLERK, office);
    const open = createPublicKey({ key: key as unknown as JsonWebKey, format: 'jwk' });
    expect(verify(null, signature!.signed, open, Buffer.from(signature!.value, 'base64'))).toBe(true);
    expect(signature!.keyId).toBe(platform.app.get<FileSigner>(FILE_SIGNER).publicKey()['kid']);
    expect(stepId).toEqual(expect.any(String));
  });

  it('each line is taken for itself: good ones count, bad ones are named, nothing else stops', async () => {
    const [one, two, three] = [await sent(), await sent(), await sent()];
    const outcome = await take(
      fileOf(await nextNumber(), [
        done(one.taskId, 1),
        answer(two.taskId, { 答复: 'completed', 结果: '{"childCode":' }),
        answer(two.taskId, { 答复: 'completed', 结果: '{"childCode":"C"}' }),
        answer('01920000-0000-7000-8000-000000000009', { 答复: 'accepted' }),
        answer(two.taskId, { 答复: 'rejected', 不予理由: '不予' }),
        answer(three.taskId, { 答复: 'correction_needed', 说明: '电话有误', 补正字段: '/mother/mobile' }),
      ]),
    );
    expect(outcome).toMatchObject({ lines: 6, taken: 2, duplicates: 0, isRepeated: false });
    expect(outcome.rejected.map(({ line, code }) => [line, code])).toEqual([
      [2, 'line_unreadable'],
      [3, 'bad_message'],
      [4, 'task_unknown'],
      [5, 'bad_message'],
    ]);
    expect([await one.state(), await two.state(), await three.state()]).toEqual([
      'completed',
      'accepted',
      'correction_needed',
    ]);
  });

  it('a line goes the way of a callback: an inbox row, and evidence of its own', async () => {
    const { taskId, stepId } = await sent();
    const number = await nextNumber();
    await take(fileOf(number, [done(taskId, 11)]));
    const id = `batch:${office}:${number}:1`;
    const { rows } = await platform.database.pool.query('select agency, disposition from inbox where message_id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ agency: 'disease-control', disposition: 'applied' }]);
    const { rows: evidence } = await platform.database.pool.query(
      `select direction, method, path from exchange where step_id = $1 and direction = 'in'`,
      [stepId],
    );
    expect(evidence).toEqual([{ direction: 'in', method: 'FILE', path: `/batch/${office}/${number}/1` }]);
  });

  it('the same file again changes nothing and is told the same; one that broke off goes on where it stopped', async () => {
    const [one, two] = [await sent(), await sent()];
    const number = await nextNumber();
    const file = fileOf(number, [done(one.taskId, 21), done(two.taskId, 22)]);
    const store = platform.app.get<BatchStore>(BATCH_STORE);
    const record = jest.spyOn(store, 'record').mockRejectedValueOnce(new Error('the process died'));
    await expect(take(file)).rejects.toThrow('the process died');
    record.mockRestore();
    expect(await take(file)).toMatchObject({
      number,
      lines: 2,
      taken: 0,
      duplicates: 2,
      rejected: [],
      isRepeated: false,
    });
    expect(await take(file)).toMatchObject({ number, duplicates: 2, isRepeated: true });
    expect([await one.state(), await two.state()]).toEqual(['completed', 'completed']);
  });

  it('a gap is refused, and another file of a used number, each with the number that is next', async () => {
    const { taskId, state } = await sent();
    const next = await nextNumber();
    await expect(take(fileOf(next + 1, [done(taskId, 31)]))).rejects.toMatchObject({
      ...{ status: 409, code: 'batch_number_gap', options: { extra: { expectedNumber: next, givenNumber: next + 1 } } },
    });
    await take(fileOf(next, []));
    await expect(take(fileOf(next, [done(taskId, 31)]))).rejects.toMatchObject({
      ...{
        status: 409,
        code: 'batch_number_used',
        options: { extra: { expectedNumber: next + 1, givenNumber: next } },
      },
    });
    expect(await state()).toBe('accepted');
  });

  it('a file of another office, of the other direction, or with a false total is refused whole', async () => {
    const { taskId } = await sent();
    const number = await nextNumber();
    const fault = (code: string) => ({ code: 'batch_refused', options: { errors: [{ pointer: '/file', code }] } });
    await expect(take(fileOf(number, [], 'YYV999'))).rejects.toMatchObject(fault('other_office'));
    const exported = writeBatch({ direction: 'export', officeCode: office, number, writtenAt: AT }, ANSWER_COLUMNS, []);
    await expect(take(exported)).rejects.toMatchObject(fault('other_office'));
    const changed = fileOf(number, [done(taskId, 41)])
      .toString('utf8')
      .replace('合计,1', '合计,2');
    await expect(take(Buffer.from(changed))).rejects.toMatchObject(fault('line_count'));
  });

  it('a station’s file crosses the boundary of its network: without its own signature nothing of it is taken', async () => {
    const station = 'YYP001';
    const fault = (code: string) => ({ options: { errors: [{ pointer: '/file', code }] } });
    const file = fileOf(1, [], station);
    await expect(take(file, station)).rejects.toMatchObject(fault('signature_missing'));
    const forged = withSignature(file, 'other', Buffer.from('signature'));
    await expect(take(forged, station)).rejects.toMatchObject(fault('signature_wrong'));
    const signed = withSignature(file, 'k', Buffer.from('signature'));
    expect(await take(signed, station)).toMatchObject({ officeCode: station, number: 1, lines: 0 });
  });
});
