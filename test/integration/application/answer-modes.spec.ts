import {
  AskAgency,
  ChangeAnswerMode,
  EXCHANGE_TABLE,
  type ExchangeTable,
  OFFICE_MODE_STORE,
  ShowApplication,
} from '@birth/application';
import type { AnswerMode, Channel } from '@birth/domain';
import { submissionKey } from '@birth/platform';
import { ExchangeTableAdapter } from '../../../libs/agencies/src/exchange-table/exchange-table.adapter';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const SUPERVISOR = { subject: 'supervisor-1', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const AGENCY = 'disease-control';

describe('P2: how an office answers, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  let office: string;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
    office = (await desk.step((await desk.file()).id, 'vaccination')).officeCode;
    const { agencies } = platform;
    const faked = agencies.get.bind(agencies);
    const table = platform.app.get<ExchangeTable>(EXCHANGE_TABLE);
    const inTable = new ExchangeTableAdapter(AGENCY, ['name', 'birth', 'results'], { table, clock: { now: Date.now } });
    agencies.get = (agency, channel) => (channel === 'exchange_table' ? inTable : faked(agency, channel));
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
  });

  const change = (answerMode: AnswerMode, reason = '接口停用') =>
    platform.app.get(ChangeAnswerMode).execute(SUPERVISOR, office, { answerMode, reason });
  const channel = async (id: string): Promise<Channel> => (await desk.step(id, 'vaccination')).channel;
  const sql = (text: string, values: unknown[]) => platform.database.pool.query(text, values);

  it('what was sent keeps its way; what is sent from then on takes the new one; each change stays with who and why', async () => {
    const before = await desk.file();
    await desk.send(AGENCY);
    const changed = await change('worklist');
    expect(changed).toMatchObject({ officeCode: office, answerMode: 'worklist' });
    const after = await desk.file();
    expect([await channel(before.id), await channel(after.id)]).toEqual(['api', 'worklist']);
    const { changes } = await change('api', '接口恢复');
    expect(changes).toMatchObject([
      { answerMode: 'api', previous: 'worklist', changedBy: 'supervisor-1', reason: '接口恢复' },
      { answerMode: 'worklist', previous: 'api', changedBy: 'supervisor-1', reason: '接口停用' },
    ]);
    await expect(sql('update office_mode set reason = $1', ['x'])).rejects.toThrow('append-only');
  });

  it('of two who change it at once the second is told; the same again is none', async () => {
    const store = platform.app.get<{ change(row: unknown): Promise<boolean> }>(OFFICE_MODE_STORE);
    const row = {
      officeCode: 'YYV011',
      answerMode: 'batch',
      previous: 'api',
      changedBy: 's',
      reason: 'r',
      changedAt: 1,
    };
    const taken = await Promise.all([store.change(row), store.change({ ...row, answerMode: 'worklist' })]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    await expect(change('api')).rejects.toMatchObject({ code: 'answer_mode_unchanged' });
    const elsewhere = { ...SUPERVISOR, scope: { ...SUPERVISOR.scope, offices: ['YYV999'] } };
    const asked = { answerMode: 'batch', reason: 'x' } as const;
    await expect(platform.app.get(ChangeAnswerMode).execute(elsewhere, office, asked)).rejects.toMatchObject({
      status: 404,
    });
  });

  describe('by the exchange table', () => {
    async function written() {
      await change('exchange_table');
      const { id, mother } = await desk.file();
      await desk.send(AGENCY);
      await change('api');
      const { id: stepId } = await desk.step(id, 'vaccination');
      return { id, mother, stepId, key: submissionKey(stepId, 1) };
    }
    const set = (key: string, columns: string, values: unknown[]) =>
      sql(`update exchange.step_request set ${columns}, flag_at = now() where third_party_id = $1`, [key, ...values]);
    async function ask(stepId: string): Promise<void> {
      const { rows } = await sql(`select offer::text from work where step_id = $1 and kind = 'POLL'`, [stepId]);
      const { offer } = rows[0] as { offer: string };
      await platform.app.get(AskAgency).execute({ queue: AGENCY, stepId, kind: 'POLL', offer, priority: 0 });
    }

    it('a row is written once, its flags are followed, its last word wipes what the family told, and all is evidence', async () => {
      const { id, stepId, key } = await written();
      const { rows } = await sql('select * from exchange.step_request where third_party_id = $1', [key]);
      expect(rows).toMatchObject([{ agency: AGENCY, office_code: office, step_code: 'vaccination', flag: null }]);
      expect(JSON.stringify(rows[0])).toContain('bornAt');
      expect(await desk.step(id, 'vaccination')).toMatchObject({ state: 'accepted', reason: 'awaiting_acceptance' });
      await set(key, `flag = '0', receipt = $2`, ['T-1']);
      await ask(stepId);
      expect(await desk.step(id, 'vaccination')).toMatchObject({ state: 'accepted', reason: 'in_progress' });
      const result = { childCode: 'C1', bookNumber: 'B1', unitName: '接种室' };
      await set(key, `flag = '1', result = $2`, [JSON.stringify(result)]);
      await ask(stepId);
      expect(await desk.step(id, 'vaccination')).toMatchObject({ state: 'completed', source: 'agency' });
      const left = await sql('select content from exchange.step_request where third_party_id = $1', [key]);
      expect(left.rows).toEqual([{ content: null }]);
      const { rows: evidence } = await sql('select method from exchange where step_id = $1 order by started_at', [
        stepId,
      ]);
      expect(evidence.map(({ method }: { method: string }) => method)).toEqual(['PUT', 'GET', 'GET']);
    });

    it('an item that is missing is asked of the family; an error without a refusal’s parts is a clerk’s', async () => {
      const [one, two] = [await written(), await written()];
      await set(one.key, `flag = '2', error_text = $2, error_fields = $3`, ['地址不清', '["/mother/mobile"]']);
      await ask(one.stepId);
      const { newborns } = await platform.app.get(ShowApplication).forApplicant(one.mother, one.id, 'zh-CN');
      const step = newborns[0]!.steps.find(({ code }) => code === 'vaccination');
      expect(step).toMatchObject({
        state: 'correction_needed',
        agencyText: { text: '地址不清', fields: ['/mother/mobile'] },
      });
      await set(two.key, `flag = '3', error_text = $2`, ['系统错误']);
      await ask(two.stepId);
      expect(await desk.step(two.id, 'vaccination')).toMatchObject({ state: 'stuck', reason: 'contract_broken' });
      expect(await desk.openTasks(two.stepId)).toMatchObject([{ kind: 'stuck' }]);
    });

    it('their side cannot set a flag of its own making, nor one without its time', async () => {
      const { key } = await written();
      await expect(set(key, `flag = $2`, ['9'])).rejects.toThrow('step_request_flag');
      const bare = sql(`update exchange.step_request set flag = '1' where third_party_id = $1`, [key]);
      await expect(bare).rejects.toThrow('step_request_flag_at');
    });
  });
});
