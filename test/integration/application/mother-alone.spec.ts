import {
  type AloneWish,
  type Caller,
  CASE_READS,
  CASE_STORE,
  type CaseReads,
  type CaseStore,
  Consents,
  GoOnAlone,
  KeepMaterial,
  ShowApplication,
  SignAtDesk,
  SubmitApplication,
} from '@birth/application';
import { ALONE_DECLARATION, type ApplicationForm, type HouseholdWish } from '@birth/domain';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aPdf } from '../../../apps/standalone/src/demo/a-pdf';
import { aCouple, aStranger, type Couple, filedBy, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

interface Filed {
  id: string;
  token: string;
}

describe('P7: the mother goes on alone after the father’s silence, on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  async function filed(caller: Caller, form: ApplicationForm): Promise<Filed> {
    const { body } = await platform.app.get(SubmitApplication).execute(caller, once(form), form, 'zh-CN');
    const { id, consents } = body as { id: string; consents: { parent: string; token: string }[] };
    return { id, token: consents.find(({ parent }) => parent === 'father')?.token ?? '' };
  }
  /** As if he had been asked so many days ago. */
  const age = (id: string, days: number) =>
    platform.database.pool.query(
      `update consent set asked_at = asked_at - make_interval(days => $2) where application_id = $1`,
      [id, days],
    );
  async function silentFor(days: number, couple = aCouple()) {
    const { id, token } = await filed(couple.mother, couple.form);
    await age(id, days);
    return { ...couple, id, token };
  }
  const alone = (caller: Caller, id: string, newborns: readonly AloneWish[], key: string = randomUUID()) =>
    platform.app
      .get(GoOnAlone)
      .execute(caller, { ...once(newborns, key), route: `POST /v1/applications/${id}/mother-alone` }, id, {
        declaration: ALONE_DECLARATION,
        newborns,
      });
  const answer = ({ father, token }: { father: Caller; token: string }, said: 'agreed' | 'refused' = 'agreed') => {
    const body = { answer: said };
    return platform.app
      .get(Consents)
      .answer(token, father, { ...once(body), route: `POST /v1/consents/${token}` }, body);
  };
  const refusal = async (work: Promise<unknown>): Promise<[number, string, unknown]> => {
    const problem = await work.then(
      () => null,
      (error: Problem) => error,
    );
    return [problem?.status ?? 0, problem?.code ?? 'none', problem?.options.errors];
  };
  const read = async (id: string) => (await platform.app.get<CaseStore>(CASE_STORE).read(id))!;
  const stepsOf = async (id: string) =>
    Object.fromEntries((await read(id)).state.steps.map((step) => [step.code, step]));
  const typesOf = async (id: string) =>
    (await platform.app.get<CaseReads>(CASE_READS).events(id, 0, 1000)).map(({ type }) => type);

  const surnameOf = ({ form }: Pick<Couple, 'form'>) =>
    form.mother!.name.slice(0, form.mother!.name.startsWith('欧阳') ? 2 : 1);
  const ownHousehold = ({ form }: Pick<Couple, 'form'>): HouseholdWish => {
    const { name, identity, household } = form.mother!;
    const head = { name, identityNumber: identity.number, relationToFollowed: 'self' } as const;
    return { follows: 'mother', head, kind: 'family', region: household.region, address: household.address };
  };
  const hers = (couple: Pick<Couple, 'form'>): AloneWish => ({
    name: { surname: surnameOf(couple), given: '安' },
    surnameSource: 'mother',
    household: ownHousehold(couple),
  });

  it('goes on without him: statement, own book, nothing of his, and what she declared in the history', async () => {
    const couple = await silentFor(7);
    const key = randomUUID();
    const reply = await alone(couple.mother, couple.id, [hers(couple)], key);
    expect(reply).toMatchObject({ status: 200, body: { warnings: [] } });
    expect(await alone(couple.mother, couple.id, [hers(couple)], key)).toEqual(reply);
    const { birth_certificate: certificate, household_registration: household } = await stepsOf(couple.id);
    expect(certificate).toMatchObject({ holds: ['hospital_record_missing'], papers: ['single_mother_statement'] });
    expect(household).toMatchObject({ holds: [], route: 'online', papers: [] });
    const loaded = await read(couple.id);
    const { father, name, household: wish } = loaded.open(0, ['father', 'name', 'household']);
    expect([father, name, wish]).toEqual([
      null,
      { ...hers(couple).name, surnameSource: 'mother' },
      hers(couple).household,
    ]);
    const events = await platform.app.get<CaseReads>(CASE_READS).events(couple.id, 0, 1000);
    expect(events.filter(({ type }) => type === 'mother_went_on_alone')).toMatchObject([
      { actor: 'applicant', detail: { declaration: ALONE_DECLARATION.code, version: ALONE_DECLARATION.version } },
    ]);
    const { consents } = await platform.app.get(ShowApplication).forApplicant(couple.mother, couple.id, 'zh-CN');
    expect(consents).toEqual([]);
  });

  it('his request ends, his token is dead, and nothing tells him of the case', async () => {
    const couple = await silentFor(8);
    await alone(couple.mother, couple.id, [hers(couple)]);
    expect((await platform.app.get(Consents).list(couple.father)).items).toEqual([]);
    expect(await refusal(platform.app.get(Consents).read(couple.token, couple.father))).toEqual([
      404,
      'not_found',
      undefined,
    ]);
    expect((await refusal(answer(couple)))[1]).toBe('not_found');
    const form = filedBy(couple.form, 'father', couple.father);
    expect((await refusal(filed(couple.father, form)))[1]).toBe('cannot_file_now');
    const clerk = { subject: 'desk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
    const sign = platform.app.get(SignAtDesk).execute(clerk, couple.id, { parent: 'father', reason: '持身份证签字' });
    expect((await refusal(sign))[1]).toBe('not_found');
  });

  it.each<[string, number, AloneWish[], unknown]>([
    [
      'what came from him is asked for again',
      7,
      [],
      [
        { pointer: '/newborns/0/surnameSource', code: 'came_from_father' },
        { pointer: '/newborns/0/household/follows', code: 'came_from_father' },
      ],
    ],
    ['more newborns than there are', 7, [{}, {}], [{ pointer: '/newborns', code: 'bad_value' }]],
  ])('%s', async (_name, days, newborns, errors) => {
    const couple = await silentFor(days);
    expect(await refusal(alone(couple.mother, couple.id, newborns))).toEqual([422, 'form_invalid', errors]);
    expect((await read(couple.id)).open(0, ['father']).father).not.toBeNull();
  });

  it('keeps his surname for another proper reason, which is brought (民法典 1015)', async () => {
    const couple = await silentFor(7);
    const wish: AloneWish = { surnameSource: 'other_reason', household: ownHousehold(couple) };
    await alone(couple.mother, couple.id, [wish]);
    const { household_registration: household } = await stepsOf(couple.id);
    expect(household).toMatchObject({ route: 'online_with_papers', papers: ['surname_reason'], holds: [] });
  });

  it('never before the reminder', async () => {
    const couple = await silentFor(6);
    expect((await refusal(alone(couple.mother, couple.id, [hers(couple)]))).slice(0, 2)).toEqual([
      409,
      'father_not_silent_yet',
    ]);
  });

  it.each(['agreed', 'refused'] as const)('not once he has %s', async (said) => {
    const couple = await silentFor(8);
    await answer(couple, said);
    expect((await refusal(alone(couple.mother, couple.id, [hers(couple)]))).slice(0, 2)).toEqual([
      409,
      'father_has_answered',
    ]);
  });

  it('never by the father, an agent or a stranger', async () => {
    const byFather = aCouple();
    const his = await filed(byFather.father, filedBy(byFather.form, 'father', byFather.father));
    const byAgent = aCouple();
    const agent = aStranger();
    const kept = await platform.app
      .get(KeepMaterial)
      .save(agent, { key: randomUUID(), route: 'POST /v1/materials' }, aPdf('signed'));
    const theirs = await filed(agent, filedBy(byAgent.form, 'agent', agent, (kept.body as { id: string }).id));
    await age(theirs.id, 30);
    const couple = await silentFor(30);
    const tried: [Caller, string][] = [
      [byFather.father, his.id],
      [agent, theirs.id],
      [couple.father, couple.id],
      [byAgent.mother, theirs.id],
    ];
    const codes = await Promise.all(tried.map(async ([caller, id]) => (await refusal(alone(caller, id, [{}])))[1]));
    expect(codes).toEqual(['only_the_mother', 'only_the_mother', 'not_found', 'not_found']);
  });

  it('a mother who named nobody has nobody to wait for', async () => {
    const { form, mother } = aCouple();
    const own = { ...form, father: null };
    own.newborns = form.newborns.map((newborn) => ({ ...newborn, ...hers({ form }) }));
    const { id } = await filed(mother, own);
    expect((await refusal(alone(mother, id, []))).slice(0, 2)).toEqual([409, 'nothing_to_confirm']);
  });

  it('he answers at the very moment: exactly one of the two words counts', async () => {
    for (let round = 0; round < 6; round += 1) {
      const couple = await silentFor(7);
      const both = [() => refusal(alone(couple.mother, couple.id, [hers(couple)])), () => refusal(answer(couple))];
      const order = round % 2 === 0 ? both : [...both].reverse();
      const codes = (await Promise.all(order.map((act) => act()))).map(([, code]) => code);
      expect(codes.filter((code) => code === 'none')).toHaveLength(1);
      const types = await typesOf(couple.id);
      const said = types.filter((type) => type === 'mother_went_on_alone' || type === 'consent_agreed');
      expect(said).toHaveLength(1);
      const isNamed = (await read(couple.id)).open(0, ['father']).father !== null;
      expect(isNamed).toBe(said[0] === 'consent_agreed');
    }
  });

  it('two tries of hers at once are one', async () => {
    const couple = await silentFor(7);
    const both = await Promise.all([1, 2].map(() => refusal(alone(couple.mother, couple.id, [hers(couple)]))));
    expect(both.map(([, code]) => code).sort()).toEqual(['none', 'nothing_to_confirm']);
  });
});
