import {
  type Caller,
  CASE_STORE,
  type CaseStore,
  type Clerk,
  Consents,
  DecideName,
  HandOverCase,
  NameGuardian,
  ReceiveBirthNotifications,
  RecordParentDeath,
  ReportParentDeath,
  RetractParentDeath,
  SubmitApplication,
} from '@birth/application';
import type { StepCode } from '@birth/domain';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aCouple, aStranger, type Couple, filedBy, once } from '../../support/families';
import { aNamelessCouple } from '../../support/nameless-couple';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK: Clerk = { subject: 'desk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const REASON = '居民死亡医学证明书已核验';
interface Asked {
  id: string;
  consents: { parent: string; token: string }[];
}

describe('P16: a parent’s death, on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const filed = async ({ form }: Couple, by: Caller, role: 'mother' | 'father' = 'mother') => {
    const own = role === 'mother' ? form : filedBy(form, role, by);
    return (await platform.app.get(SubmitApplication).execute(by, once(own), own, 'zh-CN')).body as Asked;
  };
  const read = async (id: string) => (await platform.app.get<CaseStore>(CASE_STORE).read(id))!;
  const step = async (id: string, code: StepCode) => (await read(id)).state.steps.find((one) => one.code === code)!;
  const notify = ({ record: { office, facts } }: Couple, more: object = {}) => {
    const records = [{ ...facts, ...more }];
    const message = { messageId: randomUUID(), occurredAt: new Date().toISOString(), office, records };
    const raw = { method: 'POST', url: '/agency/v1/birth-notifications', headers: {} };
    return platform.app.get(ReceiveBirthNotifications).execute({ ...raw, body: Buffer.from(JSON.stringify(message)) });
  };
  const onceFor = (route: string, what: unknown = {}) => ({ key: randomUUID(), body: JSON.stringify(what), route });
  const agree = (caller: Caller, token: string) =>
    platform.app
      .get(Consents)
      .answer(token, caller, onceFor('POST /v1/consents/{token}', 'agreed'), { answer: 'agreed' });
  const report = (caller: Caller, id: string, parent: 'mother' | 'father') =>
    platform.app
      .get(ReportParentDeath)
      .execute(caller, onceFor('POST /v1/applications/{id}/parents/{parent}/death'), id, parent);
  const record = (id: string, parent: 'mother' | 'father', clerk = CLERK) =>
    platform.app.get(RecordParentDeath).execute(clerk, id, parent, REASON);
  const retract = (id: string, parent: 'mother' | 'father') =>
    platform.app.get(RetractParentDeath).execute(CLERK, id, parent, REASON);
  const refusal = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: Problem) => `${error.status} ${error.code}`,
    );
  const listed = async (caller: Caller) => (await platform.app.get(Consents).list(caller)).items.length;
  async function tasks(id: string) {
    const { rows } = await platform.database.pool.query<{ kind: string; reason: string; due: boolean }>(
      `select kind, reason, due_at > opened_at as due from human_task t
        where closed_at is null and kind in ('parent_death', 'family_contact')
          and step_id in (select id from step where application_id = $1) order by kind`,
      [id],
    );
    return rows;
  }

  it('told by a clerk: the request to the dead father is gone at once, nothing waits for it', async () => {
    const couple = aCouple();
    const { id, consents } = await filed(couple, couple.mother);
    await record(id, 'father');
    await record(id, 'father');
    expect(await listed(couple.father)).toBe(0);
    expect(await refusal(agree(couple.father, consents[0]!.token))).toBe('410 consent_expired');
    expect(await tasks(id)).toEqual([{ kind: 'parent_death', reason: 'father_died', due: true }]);
    const certificate = await step(id, 'birth_certificate');
    expect(certificate.holds).not.toContain('parent_confirmation');
    expect(certificate.papers).toEqual(['parent_death_certificate']);
    expect(await step(id, 'household_registration')).toMatchObject({
      route: 'window',
      papers: ['parent_death_certificate'],
    });
    const elsewhere = { ...CLERK, scope: { ...CLERK.scope, regions: ['500101'] } };
    expect(await refusal(record(id, 'father', elsewhere))).toBe('404 not_found');
  });

  it('told by the hospital of her who filed: silent until the other parent takes over', async () => {
    const couple = aCouple();
    const { id, consents } = await filed(couple, couple.mother);
    await notify(couple);
    await agree(couple.father, consents[0]!.token);
    await notify(couple, { motherDied: true });
    expect((await read(id)).state.unheard).toMatchObject([{ parent: 'mother', because: 'deceased', hasCase: true }]);
    expect(await tasks(id)).toEqual([{ kind: 'parent_death', reason: 'takeover_owed', due: true }]);
    await platform.app.get(HandOverCase).execute(CLERK, id, { parent: 'father', reason: REASON });
    expect(await tasks(id)).toEqual([]);
    const loaded = await read(id);
    const { applicant, vaccination } = loaded.open(0, ['applicant', 'vaccination']);
    expect(applicant).toMatchObject({ role: 'father', identity: couple.form.father!.identity });
    expect(vaccination!.guardianMobile).toBe(couple.form.father!.mobile);
    expect(loaded.state.unheard).toMatchObject([{ parent: 'mother', hasCase: false }]);
  });

  it.each(['before', 'after'] as const)(
    'told by the hospital %s the father filed: her word is waited for no more, the desk links her record',
    async (when) => {
      const couple = aCouple();
      if (when === 'before') await notify(couple, { motherDied: true });
      const { id } = await filed(couple, couple.father, 'father');
      if (when === 'after') await notify(couple, { motherDied: true });
      expect(await listed(couple.mother)).toBe(0);
      expect((await step(id, 'birth_certificate')).holds).toEqual(['record_not_linked']);
      expect((await step(id, 'vaccination')).holds).toEqual(['record_not_linked']);
      expect(await tasks(id)).toMatchObject([{ kind: 'parent_death', reason: 'mother_died' }]);
    },
  );

  it('a record of another mother tells a case nothing', async () => {
    const [couple, other] = [aCouple(), aCouple()];
    const { id } = await filed(couple, couple.mother);
    await notify(couple);
    const taken = { ...other.record.facts, recordNumber: couple.record.facts['recordNumber'] };
    await notify({ ...other, record: { ...couple.record, facts: taken } }, { motherDied: true });
    expect((await read(id)).state.unheard).toEqual([]);
  });

  it('told by the other parent once confirmed; nobody else, and nobody of an own death', async () => {
    const couple = aCouple();
    const { id, consents } = await filed(couple, couple.mother);
    expect(await refusal(report(couple.father, id, 'mother'))).toBe('404 not_found');
    await agree(couple.father, consents[0]!.token);
    expect(await refusal(report(aStranger(), id, 'mother'))).toBe('404 not_found');
    expect(await refusal(report(couple.father, id, 'father'))).toBe('409 own_death');
    expect(await refusal(report(couple.father, id, 'mother'))).toBe('none');
    expect(await tasks(id)).toMatchObject([{ kind: 'parent_death', reason: 'takeover_owed' }]);
  });

  it('by mistake: undone by a clerk, he is asked again and his word counts', async () => {
    const couple = aCouple();
    const { id } = await filed(couple, couple.mother);
    expect(await refusal(retract(id, 'father'))).toBe('409 no_death_reported');
    await record(id, 'father');
    expect((await retract(id, 'father')).body).toEqual({ applicationId: id, parent: 'father', isAsked: true });
    expect(await tasks(id)).toEqual([{ kind: 'family_contact', reason: 'parent_death_retracted', due: true }]);
    expect((await step(id, 'birth_certificate')).holds).toContain('parent_confirmation');
    expect(await step(id, 'household_registration')).toMatchObject({ route: 'online', papers: [] });
    expect((await read(id)).open(0, ['father']).father).not.toHaveProperty('absence');
    const [asked] = (await platform.app.get(Consents).list(couple.father)).items;
    await agree(couple.father, asked!.id);
    expect((await step(id, 'birth_certificate')).holds).not.toContain('parent_confirmation');
  });

  it('by mistake, after the father took over: she is asked, confirms, and a clerk gives the case back', async () => {
    const couple = aCouple();
    const { id, consents } = await filed(couple, couple.mother);
    await agree(couple.father, consents[0]!.token);
    await report(couple.father, id, 'mother');
    await platform.app.get(HandOverCase).execute(CLERK, id, { parent: 'father', reason: REASON });
    expect((await retract(id, 'mother')).body).toMatchObject({ isAsked: true });
    const [asked] = (await platform.app.get(Consents).list(couple.mother)).items;
    await agree(couple.mother, asked!.id);
    await platform.app.get(HandOverCase).execute(CLERK, id, { parent: 'mother', reason: REASON });
    expect((await read(id)).applicantSubject).toBe(couple.mother.subject);
  });

  it.each(['named unable with a guardian', 'reported dead'])(
    'P6: a name decided later asks no parent %s',
    async (how) => {
      const couple = await aNamelessCouple(platform);
      if (how === 'reported dead') await record(couple.id, 'father');
      else {
        const { type, number } = aStranger().identity!;
        const told = { identity: { type, number }, unable: ['father' as const], reason: REASON };
        await platform.app.get(NameGuardian).execute(CLERK, couple.id, told);
      }
      const name = { surname: couple.fatherSurname, given: '安然', surnameSource: 'father' as const };
      const at = { applicationId: couple.id, newbornIndex: 0 };
      const named = onceFor('PUT /v1/applications/{id}/newborns/{index}/name', name);
      const { body } = await platform.app.get(DecideName).execute(couple.mother, named, at, name);
      expect(body).toMatchObject({ consents: [] });
      expect((await step(couple.id, 'birth_certificate')).holds).toEqual([]);
    },
  );
});
