import { type AgencyAnswer, FireDeadline, ShowApplication, SubmitApplication, TakeAnswer } from '@birth/application';
import type { StepCode } from '@birth/domain';
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

  it('a station that stays silent past the limit counts as having accepted from the day of receipt, until it speaks', async () => {
    const { form, mother } = aFamily();
    // elsewhere in the city: the police take it online
    form.newborns[0]!.birth!.place.region = '500101';
    const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    const { id } = body as { id: string };
    const say = async (code: StepCode, answer: AgencyAnswer) => {
      const { id: stepId, agency, generation } = await desk.step(id, code);
      const by = { actor: 'agency', actorId: agency } as const;
      await platform.app.get(TakeAnswer).execute({ stepId, generation, via: 'callback', answer, by });
    };
    const issued = { certificateNumber: 'L510000001', issuedOn: '2026-11-02', issuer: '云阳县人民医院' };
    await say('birth_certificate', { kind: 'completed', results: { birth_certificate: issued } });
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', detail: 'delivered', receipt: 'R-1' });
    await desk.send('public-security');
    const code = 'household_registration';
    const { id: stepId, ...delivered } = await desk.step(id, code);
    expect(delivered).toMatchObject({ state: 'accepted', reason: 'awaiting_acceptance', promise: null });

    const receivedAt = Date.now() - 21 * 86_400_000;
    await platform.database.pool.query('update step set delivered_at = $2, timers_fired_until = $2 where id = $1', [
      stepId,
      new Date(receivedAt),
    ]);
    const { rows } = await platform.database.pool.query<{ offer: string }>(
      `select offer::text from work where step_id = $1 and kind = 'DEADLINE'`,
      [stepId],
    );
    const hint = { queue: 'platform', stepId, kind: 'DEADLINE', offer: rows[0]!.offer, priority: 0 } as const;
    await platform.app.get(FireDeadline).execute(hint);
    const deemed = await desk.step(id, code);
    expect(deemed).toMatchObject({ state: 'accepted', reason: 'deemed_accepted', source: null });
    expect(deemed.promise?.startedOn).toBe(toShanghaiDate(receivedAt));
    expect((await desk.openTasks(stepId)).map(({ kind }) => kind)).toContain('deemed_acceptance');

    await say(code, { kind: 'accepted', detail: 'in_progress', receipt: 'R-1', occurredAt: Date.now() });
    expect(await desk.step(id, code)).toMatchObject({ reason: 'in_progress', promise: deemed.promise });
    expect((await desk.openTasks(stepId)).map(({ kind }) => kind)).not.toContain('deemed_acceptance');
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
