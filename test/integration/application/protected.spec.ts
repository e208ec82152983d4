import {
  BIRTH_RECORD_STORE,
  type BirthRecordStore,
  type Caller,
  CASE_READS,
  type CaseReads,
  type Clerk,
  Consents,
  HandOverCase,
  ProtectCase,
  ReceiveBirthNotifications,
  ReportDeath,
  ShowApplication,
  SubmitApplication,
} from '@birth/application';
import type { ApplicationForm } from '@birth/domain';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aCouple, type Couple, filedBy, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK: Clerk = { subject: 'desk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const REASON = '母亲持人身安全保护令';

describe('P7: what the other parent learns of a case, on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const file = (caller: Caller, form: ApplicationForm) =>
    platform.app.get(SubmitApplication).execute(caller, once(form), form, 'zh-CN');
  async function filed(couple: Couple = aCouple(), by: 'mother' | 'father' = 'mother') {
    const form = by === 'mother' ? couple.form : filedBy(couple.form, 'father', couple.father);
    const { body } = await file(couple[by], form);
    const { id, consents } = body as { id: string; consents: { token: string }[] };
    return { ...couple, id, token: consents[0]!.token };
  }
  const protect = (id: string, isProtected = true, clerk = CLERK) =>
    platform.app.get(ProtectCase).execute(clerk, id, { isProtected, reason: REASON });
  const answer = (caller: Caller, token: string) => {
    const body = { answer: 'agreed' } as const;
    const key = { ...once(body), route: `POST /v1/consents/${token}` };
    return platform.app.get(Consents).answer(token, caller, key, body);
  };
  const refusal = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: Problem) => `${error.status} ${error.code}`,
    );
  const typesOf = async (id: string) =>
    (await platform.app.get<CaseReads>(CASE_READS).events(id, 0, 1000)).map(({ type }) => type);
  const show = (caller: Caller, id: string) => platform.app.get(ShowApplication).forApplicant(caller, id, 'zh-CN');
  const fathersForm = ({ form, father }: Couple) => filedBy(form, 'father', father);
  /** Everything by which a parent could look at this case. */
  const looks = ({
    father,
    id,
    token,
  }: Couple & { id: string; token: string }): Record<string, () => Promise<unknown>> => ({
    case: () => show(father, id),
    events: () => platform.app.get(ShowApplication).events(father, id, 0, 10),
    request: () => platform.app.get(Consents).read(token, father),
    answer: () => answer(father, token),
    death: () =>
      platform.app.get(ReportDeath).execute(
        father,
        { ...once({}), route: `POST /v1/applications/${id}/newborns/0/death` },
        {
          applicationId: id,
          newbornIndex: 0,
        },
      ),
  });

  it('a second filing is offered the confirmation; of a protected case it gets everybody’s answer', async () => {
    const couple = await filed();
    expect(await refusal(file(couple.father, fathersForm(couple)))).toBe('409 case_open_by_other_parent');
    expect((await platform.app.get(Consents).list(couple.father)).items).toHaveLength(1);
    expect(await protect(couple.id)).toEqual({ status: 200, body: { applicationId: couple.id, isProtected: true } });
    expect(await refusal(file(couple.father, fathersForm(couple)))).toBe('409 cannot_file_now');
    expect((await platform.app.get(Consents).list(couple.father)).items).toEqual([]);
    expect(await refusal(file(couple.mother, couple.form))).toBe('409 case_open');
    expect((await show(couple.mother, couple.id)).consents).toHaveLength(1);
  });

  it.each(['asked', 'confirmed'])('a parent who was %s finds nothing by any way', async (before) => {
    const couple = await filed();
    if (before === 'confirmed') await answer(couple.father, couple.token);
    await protect(couple.id);
    for (const [way, look] of Object.entries(looks(couple))) {
      expect([way, await refusal(look())]).toEqual([way, '404 not_found']);
    }
    const own = await platform.app.get<CaseReads>(CASE_READS).listOwn(couple.father.subject, null, 10);
    expect(own.items).toEqual([]);
    const takeover = platform.app.get(HandOverCase).execute(CLERK, couple.id, { parent: 'father', reason: REASON });
    expect(await refusal(takeover)).toBe('409 parent_not_confirmed');
  });

  it('an answer at the very moment counts, or finds nothing', async () => {
    const couple = await filed();
    const [said] = await Promise.all([refusal(answer(couple.father, couple.token)), protect(couple.id)]);
    expect(['none', '404 not_found']).toContain(said);
    expect((await typesOf(couple.id)).includes('consent_agreed')).toBe(said === 'none');
    expect(await refusal(show(couple.father, couple.id))).toBe('404 not_found');
  });

  it('a record that the mother shared is hidden with the case', async () => {
    const couple = aCouple();
    const { office, facts } = couple.record;
    const message = { messageId: randomUUID(), occurredAt: new Date().toISOString(), office, records: [facts] };
    await platform.app.get(ReceiveBirthNotifications).execute({
      method: 'POST',
      url: 'http://localhost/agency/v1/birth-notifications',
      headers: {},
      body: Buffer.from(JSON.stringify(message)),
    });
    const { id, token } = await filed(couple, 'father');
    await answer(couple.mother, token);
    const seen = async () =>
      (await platform.app.get<BirthRecordStore>(BIRTH_RECORD_STORE).ofParent(couple.father.identity!)).length;
    expect(await seen()).toBe(1);
    await protect(id);
    expect(await seen()).toBe(0);
  });

  it('is lifted again, told twice changes nothing, and each word is in the history with its reason', async () => {
    const couple = await filed();
    await answer(couple.father, couple.token);
    await protect(couple.id);
    await protect(couple.id);
    await protect(couple.id, false);
    const events = await platform.app.get<CaseReads>(CASE_READS).events(couple.id, 0, 100);
    expect(events.filter(({ type }) => type === 'protection_changed')).toMatchObject([
      { actor: 'clerk', actorId: 'desk', detail: { isProtected: true } },
      { actor: 'clerk', actorId: 'desk', detail: { isProtected: false } },
    ]);
    const clerks = await platform.app.get(ShowApplication).forClerk(CLERK.scope, couple.id, 'zh-CN');
    expect(clerks.isProtected).toBe(false);
    expect(clerks.timeline.filter(({ type }) => type === 'protection_changed')).toMatchObject([
      { clerkReason: REASON },
      { clerkReason: REASON },
    ]);
    const his = await platform.app.get(ShowApplication).events(couple.father, couple.id, 0, 100);
    expect(his.map(({ type }) => type)).not.toContain('protection_changed');
    expect((await show(couple.father, couple.id)).id).toBe(couple.id);
  });

  it('after confirming: states and dates, and nothing of where the other one lives', async () => {
    const couple = await filed();
    await answer(couple.father, couple.token);
    const [hers, his] = [await show(couple.mother, couple.id), await show(couple.father, couple.id)];
    const stepsOf = ({ newborns }: typeof hers) =>
      Object.fromEntries(newborns[0]!.steps.map((step) => [step.code, step]));
    const [own, other] = [stepsOf(hers), stepsOf(his)];
    expect(other['birth_certificate']!.office).toEqual(own['birth_certificate']!.office);
    for (const code of ['vaccination', 'household_registration', 'medical_insurance', 'social_security_card']) {
      expect(own[code]!.office.phone).not.toBe('');
      expect(other[code]!.office).toMatchObject({ code: own[code]!.agency, phone: '', address: '', hours: '' });
      expect(other[code]).toMatchObject({ papers: [], agencyText: null, statutory: own[code]!.statutory });
    }
    const { mother } = couple.form;
    const text = JSON.stringify(his);
    for (const secret of [
      mother!.mobile,
      mother!.residence.address,
      mother!.household.address,
      mother!.identity.number,
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('a clerk who does not see the case protects nothing', async () => {
    const { id } = await filed();
    const clerk = { ...CLERK, scope: { ...CLERK.scope, regions: ['500101'] } };
    expect(await refusal(protect(id, true, clerk))).toBe('404 not_found');
  });
});
