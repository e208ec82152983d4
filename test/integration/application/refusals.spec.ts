import { type AgencyAnswer, AgencyContractBroken, AgencyGates, ShowApplication, TakeAnswer } from '@birth/application';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const REFUSAL = {
  reason: '出生医学证明编号与登记不符',
  legalBasis: '行政许可法第三十八条',
  documentNumber: '云卫不〔2026〕1号',
  office: '云阳县人民医院',
  remedy: '可在六十日内申请行政复议',
};

describe('P15: an agency’s refusal, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(async () => {
    await platform.database.pool.query('delete from agency_state');
    await platform.app.get(AgencyGates).look();
    platform.queue.offered.length = 0;
  });

  const shown = async ({ id, mother }: Awaited<ReturnType<typeof desk.file>>) => {
    const { newborns } = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    return newborns[0]!.steps.find(({ code }) => code === 'birth_certificate')!;
  };

  it('without one of its parts the step stays open with a clerk, and nothing that follows ends', async () => {
    const filed = await desk.file();
    platform.agencies.onSubmit = () => Promise.reject(new AgencyContractBroken('no remedy', 'refusal.remedy'));
    await desk.send('health-commission');
    expect(await shown(filed)).toMatchObject({ state: 'stuck', reason: 'contract_broken', owner: 'clerk' });
    const { id: stepId } = await desk.step(filed.id, 'birth_certificate');
    expect(await desk.openTasks(stepId)).toMatchObject([{ kind: 'stuck', reason: 'contract_broken' }]);
    expect((await desk.step(filed.id, 'household_registration')).state).toBe('waiting');
  });

  it('with all of them the family reads why, on what ground, what it can do, and whom to call', async () => {
    const filed = await desk.file();
    const refused: AgencyAnswer = { kind: 'rejected', receipt: 'R-1', refusal: REFUSAL };
    platform.agencies.onSubmit = () => Promise.resolve(refused);
    await desk.send('health-commission');
    const step = await shown(filed);
    expect(step).toMatchObject({ state: 'rejected', owner: 'applicant', agencyText: { refusal: REFUSAL } });
    expect(step.reasonText).toContain('救济途径');
    expect(step.office.phone).toMatch(/\d{7}/);
    expect((await desk.step(filed.id, 'household_registration')).reason).toBe('dependency_ended');
  });

  it('said again in other words after the end it is a contradiction for a clerk, never another end', async () => {
    const filed = await desk.file();
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'rejected', receipt: 'R-1', refusal: REFUSAL });
    await desk.send('health-commission');
    const { id: stepId } = await desk.step(filed.id, 'birth_certificate');
    await platform.app.get(TakeAnswer).execute({
      stepId,
      generation: 1,
      via: 'callback',
      answer: { kind: 'withdrawn' },
      by: { actor: 'agency', actorId: 'health-commission' },
    });
    expect((await desk.step(filed.id, 'birth_certificate')).state).toBe('rejected');
    expect(await desk.openTasks(stepId)).toMatchObject([{ kind: 'conflict', reason: 'contradictory_answer' }]);
  });
});
