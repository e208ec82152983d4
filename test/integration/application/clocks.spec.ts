import { ShowApplication, SubmitApplication, TakeAnswer } from '@birth/application';
import { addDays, toShanghaiDate } from '@birth/standards';
import { StatutoryMetBy1764500000000 } from '../../../libs/persistence/src/migrations/1764500000000-statutory-met-by';
import { caseDesk } from '../../support/cases';
import { aFamily, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

describe('P10: clocks on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());

  const limits = async (id: string) =>
    (await desk.read(id)).state.steps.flatMap(({ code, statutory }) => (statutory === null ? [] : [[code, statutory]]));

  it('what met a limit is kept, is told to the family, and outlives the migration both ways', async () => {
    const { id, mother } = await desk.file();
    const { id: stepId, generation } = await desk.step(id, 'vaccination');
    await platform.app.get(TakeAnswer).execute({
      stepId,
      generation,
      via: 'callback',
      answer: { kind: 'completed', results: { vaccination: { childCode: 'C1', bookNumber: 'B1', unitName: '青龙' } } },
      by: { actor: 'agency', actorId: 'disease-control' },
    });
    const before = await limits(id);
    const shown = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    const told = shown.newborns[0]!.steps.map(({ code, statutory }) => [code, statutory?.metBy ?? null]);
    expect(Object.fromEntries(told)).toMatchObject({ vaccination: 'handed_over', household_registration: null });

    const runner = { query: (text: string) => platform.database.pool.query(text) };
    const migration = new StatutoryMetBy1764500000000();
    await migration.down(runner as never);
    expect(JSON.stringify(await limits(id))).not.toContain('metBy');
    await migration.up(runner as never);
    expect(await limits(id)).toEqual(before);
  });

  it('a filing after every limit is taken, and marked', async () => {
    const { form, mother } = aFamily();
    const bornOn = addDays(toShanghaiDate(Date.now()), -130);
    const [newborn] = form.newborns;
    newborn!.birth = { ...newborn!.birth!, bornAt: `${bornOn}T08:00:00+08:00` };
    const { status, body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    expect(status).toBe(201);
    const clocks = await limits((body as { id: string }).id);
    expect(clocks).toHaveLength(3);
    for (const [, clock] of clocks) expect(clock).toMatchObject({ lateOnArrival: true, metBy: null, metAt: null });
  });
});
