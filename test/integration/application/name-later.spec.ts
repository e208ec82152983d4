import { CASE_STORE, type CaseStore, Consents, DecideName } from '@birth/application';
import type { SurnameSource } from '@birth/domain';
import { randomUUID } from 'node:crypto';
import { aNamelessCouple, type NamelessCouple } from '../../support/nameless-couple';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

interface Asked {
  parent: string;
  token: string;
}
interface Named {
  warnings: { pointer: string; code: string }[];
  consents: Asked[];
}

describe('P6: a name decided after filing, on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const read = async (id: string) => (await platform.app.get<CaseStore>(CASE_STORE).read(id))!;
  const step = async (id: string, code: string) => (await read(id)).state.steps.find((one) => one.code === code)!;
  const onceFor = (what: unknown, route: string) => ({ key: randomUUID(), body: JSON.stringify(what), route });
  const answer = ({ father }: NamelessCouple, token: string, said: 'agreed' | 'refused' = 'agreed') =>
    platform.app.get(Consents).answer(token, father, onceFor(said, 'POST /v1/consents/{token}'), { answer: said });
  async function choose(
    couple: NamelessCouple,
    surname: string,
    given: string,
    surnameSource: SurnameSource = 'father',
  ) {
    const name = { surname, given, surnameSource };
    const at = { applicationId: couple.id, newbornIndex: 0 };
    const once = onceFor(name, 'PUT /v1/applications/{id}/newborns/{index}/name');
    return (await platform.app.get(DecideName).execute(couple.mother, once, at, name)).body as Named;
  }

  it('the other parent agreed before there was a name: this name waits for a word of its own', async () => {
    const couple = await aNamelessCouple(platform);
    await answer(couple, couple.consents[0]!.token);
    const { consents } = await choose(couple, couple.fatherSurname, '安然');
    expect(await step(couple.id, 'birth_certificate')).toMatchObject({
      state: 'waiting',
      reason: 'parent_confirmation',
    });
    expect(consents.map(({ parent }) => parent)).toEqual(['father']);
    await answer(couple, consents[0]!.token);
    expect(await step(couple.id, 'birth_certificate')).toMatchObject({ state: 'queued', holds: [] });
  });

  it('a request that was asked without the name opens nothing any more', async () => {
    const couple = await aNamelessCouple(platform);
    const { consents } = await choose(couple, couple.fatherSurname, '安然');
    await expect(answer(couple, couple.consents[0]!.token)).rejects.toMatchObject({ status: 410 });
    expect((await step(couple.id, 'birth_certificate')).holds).toEqual(['parent_confirmation']);
    await answer(couple, consents[0]!.token);
    expect((await step(couple.id, 'birth_certificate')).state).toBe('queued');
  });

  it('name and answer at the same moment: nothing is sent that the other parent has not agreed to', async () => {
    for (let round = 0; round < 10; round += 1) {
      const couple = await aNamelessCouple(platform);
      const [named] = await Promise.allSettled([
        choose(couple, couple.fatherSurname, '安然'),
        answer(couple, couple.consents[0]!.token),
      ]);
      expect(named.status).toBe('fulfilled');
      expect((await step(couple.id, 'birth_certificate')).holds).toEqual(['parent_confirmation']);
    }
  });

  it('a rare character sends the household step to the window before the certificate goes', async () => {
    const couple = await aNamelessCouple(platform);
    const { warnings, consents } = await choose(couple, couple.fatherSurname, '𬱖');
    expect(warnings).toEqual([
      { pointer: '/newborns/0/name', code: 'name_needs_window', message: '含生僻字，户口登记需到窗口办理' },
    ]);
    await answer(couple, consents[0]!.token);
    expect((await step(couple.id, 'birth_certificate')).state).toBe('queued');
    expect(await step(couple.id, 'household_registration')).toMatchObject({ state: 'waiting', route: 'window' });
  });

  it('a third surname needs its reason and both parents at the household step too', async () => {
    const couple = await aNamelessCouple(platform);
    const { consents } = await choose(couple, '冉', '子墨', 'other_lineal');
    expect(await step(couple.id, 'household_registration')).toMatchObject({
      route: 'online_with_papers',
      papers: ['surname_reason'],
      holds: ['parent_confirmation'],
    });
    await answer(couple, consents[0]!.token);
    expect((await step(couple.id, 'household_registration')).holds).toEqual([]);
  });

  it.each([
    ['a surname that is not the father’s', ['冉', '安', 'father'], '/newborns/0/name/surname', 'surname_mismatch'],
    ['a digit', ['', '安1', 'father'], '/newborns/0/name/given', 'name_digit'],
  ] as const)(
    '%s is refused as at filing, and the name stays open',
    async (_name, [surname, given, source], pointer, code) => {
      const couple = await aNamelessCouple(platform);
      await expect(choose(couple, surname || couple.fatherSurname, given, source)).rejects.toMatchObject({
        status: 422,
        code: 'form_invalid',
        options: { errors: [{ pointer, code }] },
      });
      expect((await step(couple.id, 'birth_certificate')).holds).toContain('name_undecided');
      await choose(couple, couple.fatherSurname, '安然');
    },
  );

  it('two names at once: one counts, one update of the vaccination record', async () => {
    const couple = await aNamelessCouple(platform);
    const results = await Promise.allSettled(
      ['安然', '安宁'].map((given) => choose(couple, couple.fatherSurname, given)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { steps } = (await read(couple.id)).state;
    expect(steps.filter(({ code }) => code === 'identity_backfill')).toHaveLength(1);
  });
});
