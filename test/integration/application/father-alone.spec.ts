import {
  CASE_READS,
  CASE_STORE,
  type CaseReads,
  type CaseStore,
  type Clerk,
  Consents,
  LinkRecord,
  OwnBirthRecords,
  ReceiveBirthNotifications,
  ShowApplication,
  SubmitApplication,
} from '@birth/application';
import type { ApplicationForm } from '@birth/domain';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aCouple, type Couple, filedBy, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const REASON = '已核验死亡医学证明与父亲身份证';

describe('P3, P7: a father whose child’s mother died, is missing or not able, on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  /** `isNamed`: the father names her in the form; else he files as the only parent. */
  const formOf = (couple: Couple, isNamed: boolean): ApplicationForm => {
    const form = filedBy(couple.form, 'father', couple.father);
    return isNamed ? form : { ...form, mother: null, parentsRelation: 'not_stated' };
  };
  async function filed(couple: Couple, isNamed: boolean) {
    const form = formOf(couple, isNamed);
    const { body } = await platform.app.get(SubmitApplication).execute(couple.father, once(form), form, 'zh-CN');
    const { id, consents } = body as { id: string; consents: { parent: string; token: string }[] };
    return { ...couple, id, consents, recordNumber: String(couple.record.facts['recordNumber']) };
  }
  async function notify({ record }: Couple, changes: Record<string, unknown> = {}): Promise<void> {
    const records = [{ ...record.facts, ...changes }];
    const body = { messageId: randomUUID(), occurredAt: new Date().toISOString(), office: record.office, records };
    await platform.app.get(ReceiveBirthNotifications).execute({
      method: 'POST',
      url: 'http://localhost/agency/v1/birth-notifications',
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
    });
  }
  const deskOf = ({ record }: Couple, changes: Partial<Clerk['scope']> = {}): Clerk => ({
    subject: 'hospital-desk',
    scope: { regions: ['500235'], agencies: ['health-commission'], offices: [record.office], ...changes },
  });
  const link = (
    couple: Couple & { id: string; recordNumber: string },
    more: Partial<Parameters<LinkRecord['execute']>[2]> = {},
    clerk = deskOf(couple),
  ) =>
    platform.app
      .get(LinkRecord)
      .execute(
        clerk,
        { applicationId: couple.id, newbornIndex: 0 },
        { recordNumber: couple.recordNumber, mother: 'deceased', reason: REASON, ...more },
      );
  const refusal = async (work: Promise<unknown>): Promise<[number, string]> => {
    const problem = await work.then(
      () => null,
      (error: Problem) => error,
    );
    return [problem?.status ?? 0, problem?.code ?? 'none'];
  };
  const read = async (id: string) => (await platform.app.get<CaseStore>(CASE_STORE).read(id))!;
  const stepsOf = async (id: string) =>
    Object.fromEntries((await read(id)).state.steps.map((step) => [step.code, step]));

  it('files alone, reads that the hospital’s desk is next, and is asked for statement and paternity report', async () => {
    const { id, father } = await filed(aCouple(), false);
    const { newborns } = await platform.app.get(ShowApplication).forApplicant(father, id, 'zh-CN');
    const steps = Object.fromEntries(newborns[0]!.steps.map((step) => [step.code, step]));
    expect(steps['birth_certificate']).toMatchObject({
      state: 'waiting',
      reason: 'record_not_linked',
      owner: 'applicant',
      route: 'online_with_papers',
      papers: ['relationship_statement', 'paternity_report'],
      reasonText: expect.stringContaining('出生医院窗口') as string,
    });
    expect(steps['vaccination']).toMatchObject({ state: 'waiting', reason: 'record_not_linked' });
    expect(steps['household_registration']).toMatchObject({ state: 'waiting', reason: 'awaiting_dependency' });
  });

  it.each([
    ['as the only parent', false],
    ['who names her', true],
  ])('%s: the desk links the record, and the case goes on with the hospital’s facts', async (_name, isNamed) => {
    const couple = aCouple();
    const family = await filed(couple, isNamed);
    await notify(couple);
    expect((await stepsOf(family.id))['birth_certificate']!.state).toBe('waiting');
    const { status, body } = await link(family);
    expect([status, body]).toEqual([200, { applicationId: family.id, newbornIndex: 0, mother: 'deceased' }]);
    const { birth_certificate: certificate, vaccination } = await stepsOf(family.id);
    expect([certificate!.state, vaccination!.state]).toEqual(['queued', 'queued']);
    const { birth, mother } = (await read(family.id)).open(0, ['birth', 'mother']);
    expect(birth.recordNumber).toBe(family.recordNumber);
    expect(mother === null).toBe(!isNamed);
    const events = await platform.app.get<CaseReads>(CASE_READS).events(family.id, 0, 100);
    expect(events.filter(({ type }) => type === 'record_linked')).toMatchObject([
      { actor: 'clerk', actorId: 'hospital-desk', newbornIndex: 0, detail: { mother: 'deceased' } },
    ]);
    expect(await refusal(link(family))).toEqual([409, 'nothing_to_link']);
  });

  it('nobody is shown the mother’s number, and nobody answers for her afterwards', async () => {
    const couple = aCouple();
    const alone = await filed(couple, false);
    await notify(couple);
    const reply = await link(alone);
    const number = couple.form.mother!.identity.number;
    const clerk = deskOf(couple);
    const shown = [
      reply,
      await platform.app.get(ShowApplication).forApplicant(couple.father, alone.id, 'zh-CN'),
      await platform.app.get(ShowApplication).forClerk(clerk.scope, alone.id, 'zh-CN'),
      await platform.app.get<CaseReads>(CASE_READS).events(alone.id, 0, 100),
      await platform.app.get(OwnBirthRecords).execute(couple.father),
    ];
    expect(JSON.stringify(shown, (_key, value: unknown) => (Buffer.isBuffer(value) ? '' : value))).not.toContain(
      number,
    );
    const named = await filed(aCouple(), true);
    await notify(named);
    await link(named);
    const { token } = named.consents[0]!;
    const answer = platform.app
      .get(Consents)
      .answer(token, named.mother, { ...once({}), route: `POST /v1/consents/${token}` }, { answer: 'refused' });
    expect(await refusal(answer)).toEqual([410, 'consent_expired']);
  });

  it('a second filing for the child is found by the mother of the record', async () => {
    const couple = aCouple();
    await notify(couple);
    await link(await filed(couple, false));
    const again = platform.app.get(SubmitApplication).execute(couple.mother, once(couple.form), couple.form, 'zh-CN');
    expect((await refusal(again))[1]).toBe('cannot_file_now');
  });

  it('a mother’s own case of the child goes before', async () => {
    const couple = aCouple();
    const other = couple.form.father!.identity.number;
    const text = JSON.stringify(couple.form).replaceAll(other, aCouple().form.father!.identity.number);
    const form = JSON.parse(text) as ApplicationForm;
    await platform.app.get(SubmitApplication).execute(couple.mother, once(form), form, 'zh-CN');
    const family = await filed(couple, false);
    await notify(couple);
    expect(await refusal(link(family))).toEqual([409, 'record_not_usable']);
  });

  it('a mother who has answered speaks for herself', async () => {
    const family = await filed(aCouple(), true);
    await notify(family);
    const { token } = family.consents[0]!;
    const body = { answer: 'refused', reason: '先不办' } as const;
    await platform.app
      .get(Consents)
      .answer(token, family.mother, { ...once(body), route: `POST /v1/consents/${token}` }, body);
    expect(await refusal(link(family))).toEqual([409, 'nothing_to_link']);
  });

  it.each<[string, boolean, Record<string, unknown>, string]>([
    ['another place in the order', false, { plurality: 2, deliveryOrder: 2 }, 'record_differs'],
    ['stillborn', false, { outcome: 'stillborn' }, 'hospital_must_correct'],
    [
      'another mother than he names',
      true,
      { motherIdentity: { type: 'passport', number: 'E1234567' } },
      'record_differs',
    ],
  ])('a record that says otherwise is not linked: %s', async (_name, isNamed, changes, code) => {
    const family = await filed(aCouple(), isNamed);
    await notify(family, changes);
    expect(await refusal(link(family))).toEqual([409, code]);
    expect((await stepsOf(family.id))['birth_certificate']!.state).toBe('waiting');
  });

  it.each<[string, Partial<Clerk['scope']>]>([
    ['another hospital', { offices: ['YYH999'] }],
    ['another agency', { agencies: ['public-security'] }],
    ['another county', { regions: ['500101'] }],
  ])('a clerk of %s does not see the case', async (_name, scope) => {
    const family = await filed(aCouple(), false);
    await notify(family);
    expect(await refusal(link(family, {}, deskOf(family, scope)))).toEqual([404, 'not_found']);
  });

  it('a number that no record has is not linked', async () => {
    const family = await filed(aCouple(), false);
    expect(await refusal(link(family, { recordNumber: 'nobody' }))).toEqual([409, 'record_not_usable']);
  });

  it('two fathers’ cases never take one record', async () => {
    const couple = aCouple();
    const other = aCouple();
    const claims = couple.form.newborns[0]!.claimedBirth!;
    other.form.newborns[0]!.claimedBirth = claims;
    await notify(couple);
    const first = await filed(couple, false);
    const second = { ...(await filed(other, false)), recordNumber: first.recordNumber, record: couple.record };
    const codes = (await Promise.all([refusal(link(first)), refusal(link(second))])).map(([, code]) => code);
    expect(codes.sort()).toEqual(['none', 'record_not_usable']);
  });
});
