import {
  type CaseReads,
  CASE_READS,
  Consents,
  ShowApplication,
  SignAtDesk,
  SubmitApplication,
} from '@birth/application';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { caseDesk } from '../../support/cases';
import { aCouple, type Couple, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const SCOPE = { regions: ['500235'], agencies: ['health-commission'], offices: ['*'] };
const CLERK = { subject: 'hospital-desk', scope: SCOPE };
const REASON = '父亲持身份证到窗口签字';

describe('P7: a parent who never answers, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());

  async function filed(couple: Couple = aCouple()) {
    const { form, mother, father } = couple;
    const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    const { id, consents } = body as { id: string; consents: { token: string }[] };
    return { id, mother, father, token: consents[0]!.token };
  }
  const sign = (id: string, parent: 'mother' | 'father' = 'father', clerk = CLERK) =>
    platform.app.get(SignAtDesk).execute(clerk, id, { parent, reason: REASON });
  const refusal = async (work: Promise<unknown>) => {
    const problem = await work.then(
      () => null,
      (error: Problem) => error,
    );
    return problem === null ? null : [problem.status, problem.code];
  };
  const answer = (token: string, father: Couple['father'], said: 'agreed' | 'refused') => {
    const body = { answer: said, reason: '先商量' };
    const key = { key: randomUUID(), body: JSON.stringify(body), route: `POST /v1/consents/${token}` };
    return platform.app.get(Consents).answer(token, father, key, body);
  };
  const holds = async (id: string) => (await desk.step(id, 'birth_certificate')).holds;

  it('signs before a clerk, and the certificate goes on', async () => {
    const { id, mother } = await filed();
    expect(await holds(id)).toContain('parent_confirmation');
    expect(await sign(id)).toEqual({ status: 200, body: { parent: 'father', state: 'agreed' } });
    expect(await holds(id)).not.toContain('parent_confirmation');
    const { consents } = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    expect(consents).toMatchObject([{ parent: 'father', state: 'agreed', via: 'desk', reason: REASON }]);
    const events = await platform.app.get<CaseReads>(CASE_READS).events(id, 0, 100);
    expect(events.find(({ type }) => type === 'consent_agreed')).toMatchObject({
      actor: 'clerk',
      actorId: CLERK.subject,
      detail: { parent: 'father', via: 'desk' },
    });
  });

  it('signs although he refused online, and although the request ran out', async () => {
    const refused = await filed();
    await answer(refused.token, refused.father, 'refused');
    expect(await holds(refused.id)).toContain('parent_refused');
    await sign(refused.id);
    expect(await holds(refused.id)).not.toContain('parent_refused');
    const late = await filed();
    await platform.database.pool.query(
      `update consent set expires_at = now() - interval '1 day' where application_id = $1`,
      [late.id],
    );
    expect(await refusal(answer(late.token, late.father, 'agreed'))).toEqual([410, 'consent_expired']);
    expect((await sign(late.id)).status).toBe(200);
  });

  it('opens no case to anybody: a signature on paper belongs to no account', async () => {
    const { id, father } = await filed();
    await sign(id);
    expect(await refusal(platform.app.get(ShowApplication).forApplicant(father, id, 'zh-CN'))).toEqual([
      404,
      'not_found',
    ]);
  });

  it.each<[string, Partial<typeof SCOPE>]>([
    ['another county', { regions: ['500101'] }],
    ['no office', { offices: [] }],
    ['another hospital', { offices: ['YYH999'] }],
  ])('a clerk of %s does not see the case', async (_name, limits) => {
    const { id } = await filed();
    expect(await refusal(sign(id, 'father', { ...CLERK, scope: { ...SCOPE, ...limits } }))).toEqual([404, 'not_found']);
    expect(await holds(id)).toContain('parent_confirmation');
  });

  it('an office that waits for nobody records nothing', async () => {
    const { id } = await filed();
    const insurance = { ...CLERK, scope: { ...SCOPE, agencies: ['medical-insurance'] } };
    expect(await refusal(sign(id, 'father', insurance))).toEqual([409, 'nothing_to_confirm']);
  });

  it('whoever was not asked, or has agreed, does not sign', async () => {
    const { id, father, token } = await filed();
    expect(await refusal(sign(id, 'mother'))).toEqual([404, 'not_found']);
    await answer(token, father, 'agreed');
    expect(await refusal(sign(id))).toEqual([409, 'consent_already_answered']);
  });

  it('two clerks at once record one signature', async () => {
    const { id } = await filed();
    const both = await Promise.all([refusal(sign(id)), refusal(sign(id))]);
    expect(both.filter((found) => found === null)).toHaveLength(1);
    expect(both).toContainEqual([409, 'consent_already_answered']);
  });
});
