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

  const COUNTY_SCOPE = { regions: ['*'], agencies: ['*'], offices: ['*'] };

  it('an error under the agency’s own code is read by the clerk with its class and what is to be done', async () => {
    const filed = await desk.file();
    const broken = new AgencyContractBroken('HTTP 400', 'newborn.name', 'code=1003');
    platform.agencies.onSubmit = () => Promise.reject(broken);
    await desk.send('health-commission');
    const { timeline } = await platform.app.get(ShowApplication).forClerk(COUNTY_SCOPE, filed.id, 'zh-CN');
    expect(timeline.find(({ type }) => type === 'contract_broken')).toMatchObject({
      detail: { field: 'newborn.name', code: 'code=1003', call: 'CALL' },
      agencyCode: { code: 'code=1003', class: 'technical', meaning: '字段取值不合约定。', next: expect.any(String) },
    });
    expect(await shown(filed)).toMatchObject({ state: 'stuck', agencyText: null });
  });

  it('a code says to the family in plain words what the agency wrote, to the clerk its class and the next step', async () => {
    const filed = await desk.file();
    const text = '姓名与登记不符';
    const answer: AgencyAnswer = { kind: 'correction_needed', code: 'statusCode=20', fields: ['/name'], text };
    platform.agencies.onSubmit = () => Promise.resolve(answer);
    await desk.send('health-commission');
    const { agencyText } = await shown(filed);
    expect(agencyText).toMatchObject({ text, words: expect.stringContaining('需要更正') });
    expect(agencyText).not.toHaveProperty('agencyCode');
    const { newborns } = await platform.app.get(ShowApplication).forClerk(COUNTY_SCOPE, filed.id, 'zh-CN');
    const seen = newborns[0]!.steps.find(({ code }) => code === 'birth_certificate')!;
    expect(seen.agencyText).toMatchObject({
      text,
      agencyCode: { code: 'statusCode=20', class: 'correctable', next: expect.stringContaining('等家庭更正') },
    });
  });

  it('an agency that says it by its code alone is heard in the dictionary’s words, with the fields named there', async () => {
    const filed = await desk.file();
    const { id: stepId } = await desk.step(filed.id, 'birth_certificate');
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted' });
    await desk.send('health-commission');
    await platform.app.get(TakeAnswer).execute({
      stepId,
      generation: 1,
      via: 'poll',
      answer: { kind: 'correction_needed', code: 'hcjg=2', fields: [], text: '' },
      by: { actor: 'agency', actorId: 'public-security' },
    });
    const { agencyText } = await shown(filed);
    expect(agencyText).toMatchObject({ text: expect.stringContaining('与人口库登记的不一致') });
    expect(agencyText!.fields).toEqual(['/existing/residentIdNumber', '/name']);
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
