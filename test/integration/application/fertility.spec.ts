import {
  type Caller,
  type ClerkScope,
  DeclareFertility,
  FERTILITY_STORE,
  FertilityRegistrations,
  type FertilityStore,
  SubmitApplication,
} from '@birth/application';
import type { FertilityForm } from '@birth/domain';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aFamily, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const HEALTH: ClerkScope = { regions: ['500235'], agencies: ['health-commission'], offices: ['YYF001'] };

describe('P9: fertility registration on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const registrations = () => platform.app.get(FertilityRegistrations);
  const declarationOf = (mother: Caller, parity = 1): FertilityForm => ({
    declarant: 'mother',
    mother: {
      name: mother.identity!.name,
      identity: { type: 'resident_id_card', number: mother.identity!.number },
      nationality: 'CHN',
      mobile: '13812345678',
      household: { region: '510722' },
      residence: { region: '500235001' },
    },
    father: null,
    expectedOn: '2027-03-01',
    bornOn: null,
    parity,
    officeBy: 'residence',
  });
  const declare = async (mother: Caller, form = declarationOf(mother), key: string = randomUUID()) => {
    const request = { key, body: JSON.stringify(form), route: 'POST /v1/fertility-registrations' };
    const { body } = await platform.app.get(DeclareFertility).execute(mother, request, form, 'zh-CN');
    return body as { id: string; receiptNumber: string; version: number; state: string };
  };
  const refusal = (work: Promise<unknown>): Promise<Pick<Problem, 'status' | 'code' | 'options'>> =>
    work.then(
      () => Promise.reject(new Error('was not refused')),
      (problem: Problem) => problem,
    );
  const judge = (id: string, expectedVersion: number, decision: 'matches' | 'differs' | 'not_confirmed') =>
    registrations().judge({ subject: 'clerk', scope: HEALTH }, id, { expectedVersion, decision, reason: '比对结果' });

  const give = (mother: Caller, id: string, materials: string[], key: string = randomUUID()) => {
    const request = {
      key,
      body: JSON.stringify({ materials }),
      route: `POST /v1/fertility-registrations/${id}/evidence`,
    };
    return registrations().evidence(mother, request, { id, materials, locale: 'zh-CN' });
  };

  it('evidence that is sent twice is given once', async () => {
    const { mother } = aFamily();
    const { id } = await declare(mother);
    await judge(id, 0, 'differs');
    const key = randomUUID();
    const [one, two] = await Promise.all([give(mother, id, [], key), give(mother, id, [], key)]);
    expect(two).toEqual(one);
    const entries = await platform.app.get<FertilityStore>(FERTILITY_STORE).entries(id);
    expect(entries.map(({ type }) => type)).toEqual(['declared', 'differs', 'no_evidence']);
  });

  it('two taps at once make one declaration with one receipt', async () => {
    const { mother } = aFamily();
    const form = declarationOf(mother);
    const key = randomUUID();
    const [one, two] = await Promise.all([declare(mother, form, key), declare(mother, form, key)]);
    expect(one).toEqual(two);
    expect(one.receiptNumber).toMatch(/^500235SYDJ\d{14}[0-9A-Z]$/);
  });

  it('the town that was contacted first stays responsible, also when both parents declare at once', async () => {
    const { mother } = aFamily();
    const results = await Promise.allSettled([declare(mother), declare({ ...mother, subject: 'the-other' })]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [refused] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Problem] : []));
    expect([refused?.status, refused?.code]).toEqual([409, 'fertility_declared_before']);
    expect(refused?.options.extra).not.toHaveProperty('id');
  });

  it('any parity is another declaration', async () => {
    const { mother } = aFamily();
    await declare(mother, declarationOf(mother, 1));
    expect((await declare(mother, declarationOf(mother, 4))).state).toBe('comparing');
  });

  it('a difference, a document, and the office finds that it settles it', async () => {
    const { mother } = aFamily();
    const { id } = await declare(mother);
    await judge(id, 0, 'differs');
    await give(mother, id, []);
    expect(await registrations().one(mother, id, 'zh-CN')).toMatchObject({
      state: 'coordinated_check',
      owner: 'office',
    });
    await judge(id, 2, 'not_confirmed');
    expect(await registrations().one(mother, id, 'zh-CN')).toMatchObject({ state: 'not_registered', note: '比对结果' });
    expect((await declare(mother)).state).toBe('comparing');
  });

  it('two clerks: the second reads that the first was faster', async () => {
    const { mother } = aFamily();
    const { id } = await declare(mother);
    const results = await Promise.allSettled([judge(id, 0, 'matches'), judge(id, 0, 'differs')]);
    const codes = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Problem).code] : []));
    expect(codes).toEqual(['version_conflict']);
  });

  it('a limit that passes has its effect once, whoever looks', async () => {
    const { mother } = aFamily();
    const { id } = await declare(mother);
    await platform.database.query({
      name: 'test_due',
      text: `update fertility_registration set due_at = now() - interval '1 minute' where id = $1`,
      values: [id],
    });
    await Promise.all([registrations().passDeadlines(10), registrations().passDeadlines(10)]);
    const entries = await platform.app.get<FertilityStore>(FERTILITY_STORE).entries(id);
    expect(entries.map(({ type }) => type)).toEqual(['declared', 'deadline_passed']);
    expect(await registrations().one(mother, id, 'zh-CN')).toMatchObject({ owner: 'coordinator', escalated: true });
  });

  it('another family’s declaration, another office’s and another agency’s are not found', async () => {
    const [{ mother }, { mother: stranger }] = [aFamily(), aFamily()];
    const { id } = await declare(mother);
    expect(await refusal(registrations().one(stranger, id, 'en'))).toMatchObject({ status: 404 });
    for (const scope of [
      { ...HEALTH, offices: ['YYF002'] },
      { ...HEALTH, agencies: ['medical-insurance'] },
    ]) {
      expect(await refusal(registrations().forClerk(scope as ClerkScope, id))).toMatchObject({ status: 404 });
    }
  });

  it('a material of somebody else is no evidence', async () => {
    const { mother } = aFamily();
    const { id } = await declare(mother);
    await judge(id, 0, 'differs');
    const refused = await refusal(give(mother, id, [randomUUID()]));
    expect(refused.options.errors).toEqual([{ pointer: '/materials/0', code: 'unknown_material' }]);
  });

  it('no name and no number lies in clear', async () => {
    const { mother } = aFamily();
    await declare(mother);
    const rows = await platform.database.query<{ row: string }>({
      name: 'test_rows',
      text: `select f::text as row from fertility_registration f union all select e::text from fertility_event e
        union all select t::text from fertility_token t`,
      values: [],
    });
    const text = rows.map(({ row }) => row).join('\n');
    expect(text).not.toContain(mother.identity!.number);
    expect(text).not.toContain(mother.identity!.name);
  });

  it('with and without it the five services have equal steps, papers and dates', async () => {
    // ids of one's own and the moment of filing differ anyway
    const shape = (body: unknown) => {
      const steps = (body as { newborns: { steps: { id: string; code: string }[] }[] }).newborns.flatMap(
        ({ steps }) => steps,
      );
      const named = steps.reduce((text, { id, code }) => text.replaceAll(id, code), JSON.stringify(body));
      return JSON.parse(named, (key, value: unknown) =>
        ['caseNumber', 'queryPassword', 'nextAt', 'filedAt'].includes(key) || (key === 'id' && /-/.test(String(value)))
          ? undefined
          : value,
      ) as unknown;
    };
    const file = async (isDeclaredBefore: boolean) => {
      const { form, mother } = aFamily();
      if (isDeclaredBefore) {
        const { id } = await declare(mother);
        await judge(id, 0, 'matches');
      }
      const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
      return shape(body);
    };
    const [without, withIt] = [await file(false), await file(true)];
    expect(withIt).toEqual(without);
    expect(JSON.stringify(without)).toContain('household_registration');
  });
});
