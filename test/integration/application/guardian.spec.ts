import {
  type Caller,
  CASE_READS,
  CASE_STORE,
  type CaseReads,
  type CaseStore,
  type Clerk,
  Consents,
  NameGuardian,
  ShowApplication,
  SubmitApplication,
  TakeOver,
} from '@birth/application';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aCouple, aStranger, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK: Clerk = { subject: 'desk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const REASON = '母亲死亡医学证明、祖父户口簿已核验';
const MOBILE = '13900001111';

describe('P16: a guardian takes a case over through a clerk, on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  async function filed() {
    const couple = aCouple();
    const { body } = await platform.app
      .get(SubmitApplication)
      .execute(couple.mother, once(couple.form), couple.form, 'zh-CN');
    const { id, consents } = body as { id: string; consents: { token: string }[] };
    return { ...couple, id, fathersToken: consents[0]!.token };
  }
  const paperOf = ({ identity }: Caller) => ({ type: identity!.type, number: identity!.number });
  async function named(id: string, guardian: Caller, unable: ('mother' | 'father')[] = ['mother', 'father']) {
    const told = { identity: paperOf(guardian), unable, reason: REASON };
    const { body } = await platform.app.get(NameGuardian).execute(CLERK, id, told);
    return (body as { token: string }).token;
  }
  const takeOver = (caller: Caller, token: string, key: string = randomUUID()) =>
    platform.app
      .get(TakeOver)
      .execute(caller, { ...once({}, key), route: `POST /v1/takeovers/${token}` }, token, MOBILE);
  const refusal = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: Problem) => `${error.status} ${error.code}`,
    );
  const show = (caller: Caller, id: string) => platform.app.get(ShowApplication).forApplicant(caller, id, 'zh-CN');
  const read = async (id: string) => (await platform.app.get<CaseStore>(CASE_STORE).read(id))!;

  it('goes on with the case in place of who filed, once, by the paper that was shown', async () => {
    const { id, mother } = await filed();
    const guardian = aStranger();
    const token = await named(id, guardian);
    const key = randomUUID();
    const reply = await takeOver(guardian, token, key);
    expect(reply).toMatchObject({ status: 200, body: { applicationId: id } });
    expect(await takeOver(guardian, token, key)).toEqual(reply);
    expect((await show(guardian, id)).id).toBe(id);
    expect(await refusal(show(mother, id))).toBe('404 not_found');
    const { applicant } = (await read(id)).open(0, ['applicant']);
    expect(applicant).toMatchObject({ role: 'guardian', identity: paperOf(guardian), mobile: MOBILE });
    const events = await platform.app.get<CaseReads>(CASE_READS).events(id, 0, 100);
    expect(events.filter(({ type }) => type === 'guardian_named' || type === 'applicant_changed')).toMatchObject([
      { actor: 'clerk', detail: { mother: true, father: true } },
      { actor: 'applicant', detail: { parent: 'guardian' } },
    ]);
    expect(await refusal(takeOver(guardian, token))).toBe('410 consent_expired');
  });

  it('nobody waits for the word of a parent who is unable; of another it is still waited for', async () => {
    const [unable, able] = [await filed(), await filed()];
    await named(unable.id, aStranger());
    await named(able.id, aStranger(), ['mother']);
    const holds = async (id: string) =>
      (await read(id)).state.steps.find(({ code }) => code === 'birth_certificate')!.holds;
    expect(await holds(unable.id)).not.toContain('parent_confirmation');
    expect(await holds(able.id)).toContain('parent_confirmation');
    expect(await refusal(platform.app.get(Consents).read(able.fathersToken, able.father))).toBe('none');
    const body = { answer: 'agreed' } as const;
    const late = platform.app
      .get(Consents)
      .answer(unable.fathersToken, unable.father, { ...once(body), route: 'POST /v1/consents/x' }, body);
    expect(await refusal(late)).toBe('410 consent_expired');
  });

  it('a stranger with the token, and a guardian without it, find nothing', async () => {
    const { id } = await filed();
    const guardian = aStranger();
    const token = await named(id, guardian);
    expect(await refusal(takeOver(aStranger(), token))).toBe('404 not_found');
    expect(await refusal(takeOver(guardian, 'a'.repeat(43)))).toBe('404 not_found');
    expect(await refusal(takeOver({ subject: 'nobody' }, token))).toBe('404 not_found');
    expect((await platform.app.get(Consents).list(guardian)).items).toEqual([]);
    expect(await refusal(platform.app.get(Consents).read(token, guardian))).toBe('404 not_found');
  });

  it('a guardian who is named later takes the place of the first', async () => {
    const { id } = await filed();
    const [first, second] = [aStranger(), aStranger()];
    const [old, current] = [await named(id, first), await named(id, second)];
    expect(await refusal(takeOver(first, old))).toBe('410 consent_expired');
    expect(await refusal(takeOver(second, current))).toBe('none');
  });

  it('two tries at once are one takeover', async () => {
    const { id } = await filed();
    const guardian = aStranger();
    const token = await named(id, guardian);
    const both = await Promise.all([refusal(takeOver(guardian, token)), refusal(takeOver(guardian, token))]);
    expect(both.sort()).toEqual(['410 consent_expired', 'none']);
  });

  it('a paper that proves nobody names no guardian, and a clerk elsewhere names none', async () => {
    const { id } = await filed();
    const name = (identity: { type: string; number: string }, clerk = CLERK) =>
      refusal(platform.app.get(NameGuardian).execute(clerk, id, { identity, unable: ['mother'], reason: REASON }));
    expect(await name({ type: 'none', number: '' })).toBe('422 form_invalid');
    expect(await name({ type: 'resident_id_card', number: '110101199001011234' })).toBe('422 form_invalid');
    const elsewhere = { ...CLERK, scope: { ...CLERK.scope, regions: ['500101'] } };
    expect(await name(paperOf(aStranger()), elsewhere)).toBe('404 not_found');
  });
});
