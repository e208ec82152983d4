import {
  type AgencyAnswer,
  DecideDemand,
  type DemandsView,
  ListDemands,
  ReportDemand,
  ShowApplication,
  TakeAnswer,
} from '@birth/application';
import type { DemandDecision, StepCode } from '@birth/domain';
import { randomUUID } from 'node:crypto';
import { caseDesk } from '../../support/cases';
import { once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const COUNTY = { subject: 'coordinator', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const AGENCY = 'health-commission';
const REFUSAL = {
  reason: '未提供准生证',
  legalBasis: '《某办法》第三条',
  documentNumber: '云不予〔2026〕1号',
  office: '云阳县卫生健康委员会',
  remedy: '可在六十日内申请行政复议',
};
const CORRECTION = '请补充提供准 生 證后再办理';

interface Shown {
  state: string;
  reason: string;
  reasonText: string;
  agencyText: { text: string } | null;
  heldBack: { demands: string[]; notices: string[]; answerBy: string; agencyText?: { text: string } } | null;
  demandReport: { demand: string; answerBy: string; decision: string | null } | null;
}
type Listed = DemandsView;

describe('P8: demands for forbidden papers, on real PostgreSQL', () => {
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

  async function accepted() {
    const filed = await desk.file();
    await desk.send(AGENCY);
    const { id: stepId, officeCode } = await desk.step(filed.id, 'birth_certificate');
    return { ...filed, stepId, officeCode, at: { applicationId: filed.id, stepId } };
  }
  const say = (stepId: string, answer: AgencyAnswer, more: { generation?: number; via?: 'callback' | 'poll' } = {}) =>
    platform.app.get(TakeAnswer).execute({
      stepId,
      generation: more.generation ?? 1,
      via: more.via ?? 'callback',
      answer,
      by: { actor: 'agency', actorId: AGENCY },
    });
  const refuses: AgencyAnswer = { kind: 'rejected', refusal: REFUSAL };
  const corrects = (text: string): AgencyAnswer => ({ kind: 'correction_needed', fields: ['/mother/mobile'], text });
  const stepsOf = (view: unknown, code: StepCode): Shown =>
    (view as { newborns: { steps: (Shown & { code: string })[] }[] }).newborns[0]!.steps.find(
      (step) => step.code === code,
    )!;
  const shown = async (mother: Parameters<ShowApplication['forApplicant']>[0], id: string) =>
    stepsOf(await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN'), 'birth_certificate');
  const decide = async (id: string, decision: DemandDecision, who = COUNTY) => {
    const { id: stepId, version: expectedVersion } = await desk.step(id, 'birth_certificate');
    const reason = '已电话要求经办机构改正';
    return platform.app.get(DecideDemand).execute(who, stepId, { expectedVersion, decision, reason });
  };
  const demands = async (scope = COUNTY.scope) => platform.app.get(ListDemands).execute(scope, undefined, 'zh-CN');

  it('a refused vaccination ends nothing: the family reads that nobody may turn it away', async () => {
    const { id, mother } = await desk.file();
    await desk.send('disease-control');
    const { id: stepId } = await desk.step(id, 'vaccination');
    await say(stepId, { kind: 'rejected', refusal: { ...REFUSAL, reason: '本单位不予建证', remedy: '请到其他单位' } });
    const view = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    expect(stepsOf(view, 'vaccination')).toMatchObject({
      state: 'stuck',
      reason: 'unlawful_demand',
      agencyText: null,
      heldBack: { demands: ['refusal'], notices: [expect.stringContaining('不得')] },
    });
    expect(await desk.openTasks(stepId)).toMatchObject([{ kind: 'supervision', reason: 'refusal' }]);
  });

  it('P8: a code of an illegal ground is held back too, once, whatever its words', async () => {
    const { id } = await desk.file();
    await desk.send('disease-control');
    const { id: stepId } = await desk.step(id, 'vaccination');
    const refusal = { ...REFUSAL, reason: '本单位不予建证' };
    await platform.app.get(TakeAnswer).execute({
      stepId,
      generation: 1,
      via: 'callback',
      answer: { kind: 'rejected', code: 'resultCode=2001', refusal },
      by: { actor: 'agency', actorId: 'disease-control' },
    });
    expect(await desk.step(id, 'vaccination')).toMatchObject({ state: 'stuck', reason: 'unlawful_demand' });
    expect(await desk.openTasks(stepId)).toMatchObject([{ kind: 'supervision', reason: 'refusal' }]);
    const view = await platform.app.get(ShowApplication).forClerk(COUNTY.scope, id, 'zh-CN');
    expect(stepsOf(view, 'vaccination').heldBack!.agencyText).toMatchObject({
      agencyCode: { class: 'illegal_ground', next: expect.stringContaining('县级协调人') },
    });
  });

  it.each<[string, AgencyAnswer, string]>([
    ['a correction', corrects(CORRECTION), 'birth_permit'],
    ['an action', { kind: 'action_needed', text: '请先到镇街缴纳社会抚养费' }, 'maintenance_fee'],
    [
      'a suspension',
      { kind: 'suspended', procedure: 'coordinated_check', text: '待核实计划生育证明' },
      'family_planning',
    ],
    ['a refusal', refuses, 'birth_permit'],
    [
      'a refusal’s remedy',
      { kind: 'rejected', refusal: { ...REFUSAL, reason: '材料不全', remedy: '请办理生育登记后再申请' } },
      'fertility_registration',
    ],
  ])(
    '%s is held back in the transaction that brings it; the family reads that nothing is needed',
    async (_name, answer, demand) => {
      const { id, mother, stepId } = await accepted();
      await say(stepId, answer);
      const step = await shown(mother, id);
      expect(step).toMatchObject({ state: 'stuck', reason: 'unlawful_demand', agencyText: null });
      expect(step.heldBack).toMatchObject({
        demands: [demand],
        answerBy: expect.stringMatching(/T00:00:00.000\+08:00$/),
      });
      expect(step.heldBack!.notices[0]).toMatch(/无需|无关/);
      expect(step.heldBack).not.toHaveProperty('agencyText');
      expect(await desk.openTasks(stepId)).toMatchObject([{ kind: 'supervision', reason: demand }]);
      const seen = stepsOf(
        await platform.app.get(ShowApplication).forClerk(COUNTY.scope, id, 'zh-CN'),
        'birth_certificate',
      );
      expect(seen.heldBack!.agencyText).toMatchObject({
        text: 'text' in answer ? answer.text : answer.kind === 'rejected' ? answer.refusal.reason : '',
      });
      const other = stepsOf(
        await platform.app
          .get(ShowApplication)
          .forClerk({ ...COUNTY.scope, agencies: ['disease-control'] }, id, 'zh-CN'),
        'birth_certificate',
      );
      expect(other.heldBack).toBeNull();
    },
  );

  it('nothing of the words is in the history or in a task, and polls that repeat them leave no trace', async () => {
    const { id, stepId } = await accepted();
    await say(stepId, corrects(CORRECTION));
    const { version } = await desk.step(id, 'birth_certificate');
    await say(stepId, corrects(CORRECTION), { via: 'poll' });
    await say(stepId, corrects(CORRECTION), { via: 'poll' });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ version, reason: 'unlawful_demand' });
    expect(await desk.openTasks(stepId)).toHaveLength(1);
    const { rows } = await platform.database.pool.query<{ row: string }>(
      `select e::text as row from step_event e where application_id = $1
       union all select t::text from human_task t where application_id = $1`,
      [id],
    );
    expect(rows.some(({ row }) => /生|請|提供/.test(row))).toBe(false);
  });

  it('overruled after a refusal: the same case is sent once more, and can be completed', async () => {
    const { id, mother, stepId } = await accepted();
    await say(stepId, refuses);
    const before = (await desk.read(id)).openStep(stepId);
    platform.queue.offered.length = 0;
    expect((await decide(id, 'overruled')).body).toMatchObject({ state: 'queued' });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ generation: 2, reason: 'to_be_sent' });
    expect((await desk.read(id)).openStep(stepId)).toMatchObject({ receipt: null, earlierReceipt: before.receipt });
    expect(await desk.openTasks(stepId)).toEqual([]);
    expect((await shown(mother, id)).heldBack).toBeNull();
    await desk.send(AGENCY);
    await say(stepId, corrects(CORRECTION), { generation: 2 });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ reason: 'unlawful_demand' });
    const certificate = { certificateNumber: 'L500000001', issuedOn: '2026-11-02', issuer: '云阳县人民医院' };
    await say(stepId, { kind: 'completed', results: { birth_certificate: certificate } }, { generation: 2 });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'completed', source: 'agency' });
    expect(await desk.openTasks(stepId)).toEqual([]);
  });

  it('overruled while the agency still has it: its repeated words stay overruled, new ones are held again', async () => {
    const { id, stepId } = await accepted();
    const asks = (text: string): AgencyAnswer => ({ kind: 'action_needed', text });
    await say(stepId, asks('请带准生证到窗口'));
    await decide(id, 'overruled');
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'accepted', generation: 1 });
    await say(stepId, asks('请带准生证到窗口'), { via: 'poll' });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'accepted' });
    await say(stepId, asks('请带结婚证到窗口'), { via: 'poll' });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ reason: 'unlawful_demand' });
    expect(await desk.openTasks(stepId)).toMatchObject([{ reason: 'marriage_certificate' }]);
  });

  it('released: the words count as they were said, and said again they are not held a second time', async () => {
    const { id, mother, stepId } = await accepted();
    await say(stepId, corrects(CORRECTION));
    await decide(id, 'released');
    expect(await shown(mother, id)).toMatchObject({
      state: 'correction_needed',
      agencyText: { text: CORRECTION, fields: ['/mother/mobile'] },
      heldBack: null,
    });
    await say(stepId, corrects(CORRECTION), { via: 'poll' });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'correction_needed' });
    const refused = await accepted();
    await say(refused.stepId, refuses);
    await decide(refused.id, 'released');
    expect(await shown(refused.mother, refused.id)).toMatchObject({
      state: 'rejected',
      agencyText: { refusal: REFUSAL },
    });
  });

  it('is decided by the county alone, once, by who saw the present version', async () => {
    const { id, stepId, officeCode } = await accepted();
    await say(stepId, refuses);
    const office = { subject: 'office', scope: { ...COUNTY.scope, offices: [officeCode] } };
    await expect(decide(id, 'released', office)).rejects.toMatchObject({ status: 403, code: 'coordinator_only' });
    const { version } = await desk.step(id, 'birth_certificate');
    const stale = { expectedVersion: version - 1, decision: 'overruled', reason: 'too late' } as const;
    await expect(platform.app.get(DecideDemand).execute(COUNTY, stepId, stale)).rejects.toMatchObject({ status: 412 });
    const results = await Promise.allSettled([decide(id, 'overruled'), decide(id, 'released')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(decide(id, 'overruled')).rejects.toMatchObject({ status: 409, code: 'no_demand_held' });
  });

  it('a family tells of one: the step goes on, the coordinator answers, the family reads it', async () => {
    const { id, mother, stepId, at } = await accepted();
    const told = { demand: 'marriage_certificate', note: '窗口人员说必须带结婚证' } as const;
    const reply = await platform.app.get(ReportDemand).execute(mother, once(told), at, told);
    expect(reply).toMatchObject({ status: 200, body: { answerBy: expect.any(String) } });
    expect(await shown(mother, id)).toMatchObject({
      state: 'accepted',
      demandReport: { demand: 'marriage_certificate', note: told.note, decision: null },
    });
    await platform.app.get(ReportDemand).execute(mother, once(told), at, told);
    expect(await desk.openTasks(stepId)).toMatchObject([{ kind: 'demand_report', reason: 'marriage_certificate' }]);
    await decide(id, 'overruled');
    expect(await desk.openTasks(stepId)).toEqual([]);
    expect((await shown(mother, id)).demandReport).toMatchObject({ decision: 'overruled' });
    const { rows } = await platform.database.pool.query<{ row: string }>(
      'select f::text as row from form_section f where application_id = $1',
      [id],
    );
    expect(rows.some(({ row }) => row.includes(Buffer.from('结婚证').toString('hex')))).toBe(false);
  });

  it('is counted by office, paper and year; what was let pass is told apart', async () => {
    const before = await demands();
    const one = await accepted();
    await say(one.stepId, { kind: 'action_needed', text: '请提供准生证，并缴纳社会抚养费' });
    await decide(one.id, 'released');
    const two = await accepted();
    await say(two.stepId, refuses);
    const told = { demand: 'birth_permit' } as const;
    await platform.app.get(ReportDemand).execute(two.mother, once(told), two.at, told);
    const after = await demands();
    const grown = (demand: string, count: 'found' | 'reported' | 'open' | 'released') => {
      const of = (listed: Listed) =>
        listed.offices.find((line) => line.officeCode === one.officeCode && line.demand === demand)?.[count] ?? 0;
      return of(after) - of(before);
    };
    expect(two.officeCode).toBe(one.officeCode);
    expect((['found', 'reported', 'open', 'released'] as const).map((count) => grown('birth_permit', count))).toEqual([
      2, 1, 2, 1,
    ]);
    expect([grown('maintenance_fee', 'found'), grown('maintenance_fee', 'released')]).toEqual([1, 1]);
    expect(
      after.open
        .filter(({ stepId }) => stepId === two.stepId)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['demand_report', 'supervision']);
    expect(await demands({ ...COUNTY.scope, agencies: ['human-resources'] })).toMatchObject({ offices: [], open: [] });
    const earlier = await platform.app.get(ListDemands).execute(COUNTY.scope, 2024, 'zh-CN');
    expect(earlier.offices).toEqual([]);
  });
});
