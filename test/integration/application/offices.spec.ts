import {
  AnswerWorklistTask,
  type ClerkScope,
  ClerkSteps,
  FireDeadline,
  type Hint,
  ListSteps,
  SendStep,
  ShowApplication,
  SubmitApplication,
} from '@birth/application';
import type { StepCode } from '@birth/domain';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aClaimingFamily, birthDesk, notification } from '../../support/births';
import { caseDesk } from '../../support/cases';
import { aFamily, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const COUNTY: ClerkScope = { regions: ['500235'], agencies: ['*'], offices: ['*'] };
const of = (agency: string, office: string): ClerkScope => ({ ...COUNTY, agencies: [agency], offices: [office] });
/** Vaccination units whose people answer by hand, and one with a system. */
const [UNIT, OTHER_UNIT, WITH_API] = ['YYV009', 'YYV010', 'YYV003'];

describe('P2: offices, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
    platform.agencies.sent.length = 0;
  });

  /** A family whose vaccination unit is the one named. */
  async function file(unitOfficeCode: string) {
    const { form, mother } = aFamily();
    const [newborn] = form.newborns;
    newborn!.vaccination = { ...newborn!.vaccination!, unitOfficeCode };
    const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    const { id } = body as { id: string };
    return { id, mother, step: await desk.step(id, 'vaccination') };
  }
  const read = (id: string, code: StepCode = 'vaccination') => desk.step(id, code);
  const assign = (stepId: string, officeCode: string, expectedVersion: number, scope = COUNTY) =>
    platform.app
      .get(ClerkSteps)
      .assign({ subject: 'clerk', scope }, stepId, { officeCode, expectedVersion, reason: '停电，改由邻近单位办理' });
  const refusal = (work: Promise<unknown>): Promise<[number, string]> =>
    work.then(
      () => Promise.reject(new Error('was not refused')),
      ({ status, code }: Problem) => [status, code],
    );
  const tasksOf = async (stepId: string) => {
    const { rows } = await platform.database.pool.query<Record<string, string | null>>(
      `select kind, reason, agency, office_code as office from human_task
        where step_id = $1 and closed_at is null order by kind, reason`,
      [stepId],
    );
    return rows;
  };
  const worklistOf = async (office: string) => {
    const raw = { method: 'GET', url: 'http://localhost/agency/v1/worklist', headers: {}, body: Buffer.from('') };
    const query = { agency: 'disease-control', office, limit: 100 };
    return (await platform.app.get(AnswerWorklistTask).list(raw, query)).items;
  };
  /** The DEADLINE of a step as the feeder would offer it. */
  async function deadline(stepId: string): Promise<Hint> {
    const { rows } = await platform.database.pool.query<{ offer: string }>(
      `select offer::text as offer from work where step_id = $1 and kind = 'DEADLINE'`,
      [stepId],
    );
    return { stepId, kind: 'DEADLINE', queue: 'platform', offer: rows[0]!.offer, priority: 0 };
  }
  const fire = async (hint: Hint) => platform.app.get(FireDeadline).execute(hint);
  /** Who owes the answer has had all the time. */
  const letTimePass = (stepId: string) =>
    platform.database.pool.query(
      `update step set timers_fired_until = now() - interval '1 hour',
        duty = jsonb_set(duty, '{dueAt}', to_jsonb((extract(epoch from now()) * 1000)::bigint - 1)) where id = $1`,
      [stepId],
    );
  const typesOf = async (id: string): Promise<string[]> => {
    const { timeline } = await platform.app.get(ShowApplication).forClerk(COUNTY, id, 'zh-CN');
    return timeline.map(({ type }) => type);
  };
  const shownTo = async (mother: Awaited<ReturnType<typeof file>>['mother'], id: string) => {
    const shown = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    return shown.newborns[0]!.steps.find(({ code }) => code === 'vaccination')!;
  };

  it('a unit with a system takes over from another before anything was sent; the family sees whom to ask', async () => {
    const { id, mother, step } = await file(UNIT);
    const { body } = await assign(step.id, WITH_API, step.version);
    expect(body).toMatchObject({ stepId: step.id, version: step.version + 1 });
    expect(await read(id)).toMatchObject({ officeCode: WITH_API, channel: 'api', assignedFrom: UNIT });
    const { office } = await shownTo(mother, id);
    expect(office).toMatchObject({
      code: WITH_API,
      name: '人和街道接种门诊',
      phone: expect.stringMatching(/^023-/) as string,
    });
    expect([office.address, office.hours]).toEqual([
      expect.stringContaining('人和街道'),
      expect.stringMatching(/\d{2}:\d{2}/),
    ]);
    const { timeline } = await platform.app.get(ShowApplication).forClerk(COUNTY, id, 'zh-CN');
    const event = timeline.find(({ type }) => type === 'office_assigned');
    expect(event).toMatchObject({ detail: { from: UNIT, to: WITH_API }, clerkReason: '停电，改由邻近单位办理' });
  });

  it('a wake-up from before the change is stale, the new one goes to the new office', async () => {
    const { step } = await file(UNIT);
    const before = platform.queue.take('disease-control');
    await assign(step.id, WITH_API, step.version);
    await platform.app.get(SendStep).execute(before);
    expect(platform.agencies.sent).toEqual([]);
    const offices: string[] = [];
    platform.agencies.onSubmit = ({ officeCode }) => {
      offices.push(officeCode);
      return Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
    };
    await desk.send('disease-control');
    expect(offices).toEqual([WITH_API]);
  });

  it('a call and a change at once: what is sent goes to the office that the step names', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, step } = await file(WITH_API);
      const offices: string[] = [];
      platform.agencies.onSubmit = ({ officeCode }) => {
        offices.push(officeCode);
        return Promise.resolve({ kind: 'accepted', receipt: `R-${round}` });
      };
      const hint = platform.queue.take('disease-control');
      const results = await Promise.allSettled([
        platform.app.get(SendStep).execute(hint),
        assign(step.id, 'YYV004', step.version),
      ]);
      const { officeCode } = await read(id);
      expect(results[0].status).toBe('fulfilled');
      expect(officeCode).toBe(results[1].status === 'fulfilled' ? 'YYV004' : WITH_API);
      expect(offices.filter((office) => office !== officeCode)).toEqual([]);
      platform.queue.offered.length = 0;
    }
  });

  it('a task in the worklist moves with the step, and is answered there', async () => {
    const { id, step } = await file(UNIT);
    await desk.send('disease-control');
    const { version } = await read(id);
    expect((await worklistOf(UNIT)).map(({ stepId }) => stepId)).toContain(step.id);
    await assign(step.id, OTHER_UNIT, version);
    expect((await worklistOf(UNIT)).map(({ stepId }) => stepId)).not.toContain(step.id);
    const task = (await worklistOf(OTHER_UNIT)).find(({ stepId }) => stepId === step.id)!;
    expect(task).toMatchObject({ officeCode: OTHER_UNIT, kind: 'worklist' });
    await answer(step.id);
    expect(await read(id)).toMatchObject({ state: 'completed', source: 'worklist', officeCode: OTHER_UNIT });
  });

  it.each<[string, string, (id: string, stepId: string) => Promise<unknown>, [number, string]]>([
    ['a system has it', 'YYV004', () => desk.send('disease-control'), [409, 'office_has_step']],
    ['the office is of another agency', 'YYP001', () => Promise.resolve(), [409, 'office_not_suitable']],
    ['it is the present one', WITH_API, () => Promise.resolve(), [409, 'office_unchanged']],
    ['nobody knows it', 'YYV999', () => Promise.resolve(), [409, 'office_unknown']],
  ])('refused while %s', async (_name, officeCode, before, expected) => {
    const { id, step } = await file(WITH_API);
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
    await before(id, step.id);
    const { version } = await read(id);
    expect(await refusal(assign(step.id, officeCode, version))).toEqual(expected);
    expect((await read(id)).officeCode).toBe(WITH_API);
  });

  it('two clerks at once: one office, the other clerk reads that somebody was faster', async () => {
    const { step } = await file(UNIT);
    const results = await Promise.allSettled([
      assign(step.id, OTHER_UNIT, step.version),
      assign(step.id, 'YYV004', step.version),
    ]);
    const refused = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as Problem).code] : [],
    );
    expect(refused).toEqual(['version_conflict']);
  });

  it('the office that a step leaves sees it no more, the one that it comes to does', async () => {
    const { id, step } = await file(UNIT);
    const clerksOf = (office: string) => of('disease-control', office);
    const finds = async (office: string) => {
      const page = await platform.app.get(ListSteps).execute(clerksOf(office), {}, { cursor: null, limit: 100 });
      return page.items.some(({ stepId }) => stepId === step.id);
    };
    const opens = (office: string) => platform.app.get(ShowApplication).forClerk(clerksOf(office), id, 'zh-CN');
    expect(await refusal(assign(step.id, OTHER_UNIT, step.version, clerksOf(OTHER_UNIT)))).toEqual([404, 'not_found']);
    await assign(step.id, OTHER_UNIT, step.version, clerksOf(UNIT));
    expect([await finds(UNIT), await finds(OTHER_UNIT)]).toEqual([false, true]);
    expect(await refusal(opens(UNIT))).toEqual([404, 'not_found']);
    const { timeline } = await opens(OTHER_UNIT);
    expect(timeline.some(({ clerkReason }) => clerkReason === '停电，改由邻近单位办理')).toBe(true);
  });

  describe('an office that lets its limit pass', () => {
    async function late() {
      const filed = await file(UNIT);
      platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted' });
      await desk.send('disease-control');
      await letTimePass(filed.step.id);
      return filed;
    }

    it('its deputy is asked once, whoever fires the timer how often; family and clerk read it', async () => {
      const { id, mother, step } = await late();
      const hint = await deadline(step.id);
      await Promise.all([fire(hint), fire(hint), fire(hint)]);
      await fire(await deadline(step.id));
      expect(await tasksOf(step.id)).toMatchObject([
        { kind: 'office_overdue', reason: 'deputy', agency: 'disease-control', office: UNIT },
        { kind: 'worklist' },
      ]);
      expect((await typesOf(id)).filter((type) => type === 'overdue_escalated')).toHaveLength(1);
      const { overdue, state } = await shownTo(mother, id);
      expect(state).toBe('accepted');
      expect(overdue).toMatchObject({ with: 'deputy', text: expect.stringContaining('泥溪镇卫生院接种室') as string });
      const { items } = await platform.app
        .get(ListSteps)
        .execute(of('disease-control', UNIT), {}, { cursor: null, limit: 100 });
      expect(items.find(({ stepId }) => stepId === step.id)).toMatchObject({ overdueWith: 'deputy' });
    });

    it('then the county coordinator, who sees a task of no office; its answer ends all', async () => {
      const { id, mother, step } = await late();
      await fire(await deadline(step.id));
      await letTimePass(step.id);
      await fire(await deadline(step.id));
      const coordinators = { kind: 'office_overdue', reason: 'coordinator', agency: 'health-commission', office: null };
      expect(await tasksOf(step.id)).toMatchObject([coordinators, { kind: 'worklist' }]);
      expect((await shownTo(mother, id)).overdue).toMatchObject({ with: 'coordinator' });
      const commission: ClerkScope = { ...COUNTY, agencies: ['health-commission'] };
      const { openTasks } = await platform.app.get(ShowApplication).forClerk(commission, id, 'zh-CN');
      expect(openTasks).toMatchObject([{ kind: 'office_overdue', reason: 'coordinator' }]);
      await answer(step.id);
      expect(await tasksOf(step.id)).toEqual([]);
      expect((await shownTo(mother, id)).overdue).toBeNull();
      expect(await typesOf(id)).toContain('overdue_ended');
    });

    it('the timer and the answer at once: no task is left over, whichever comes first', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { id, step } = await late();
        const hint = await deadline(step.id);
        await Promise.all([fire(hint), answer(step.id)]);
        expect(await read(id)).toMatchObject({ state: 'completed', duty: null });
        expect(await tasksOf(step.id)).toEqual([]);
      }
    });

    it('another office has its own time from then on', async () => {
      const { id, step } = await late();
      await fire(await deadline(step.id));
      const { version } = await read(id);
      await assign(step.id, OTHER_UNIT, version);
      expect(await tasksOf(step.id)).toMatchObject([{ kind: 'worklist', office: OTHER_UNIT }]);
      expect((await read(id)).duty).toMatchObject({ with: 'office' });
    });

    it('a hospital that owes the record: its deputy is asked, until the record comes', async () => {
      const births = birthDesk(platform);
      const family = aClaimingFamily([{}]);
      const id = await births.file(family);
      const { id: stepId } = await read(id, 'birth_certificate');
      await letTimePass(stepId);
      await fire(await deadline(stepId));
      expect(await tasksOf(stepId)).toMatchObject([{ kind: 'office_overdue', reason: 'deputy', office: 'YYH001' }]);
      await births.notify(notification(family, [{}]));
      expect(await tasksOf(stepId)).toEqual([]);
    });
  });

  /** The unit's people have opened the book. */
  async function answer(stepId: string): Promise<void> {
    const { rows } = await platform.database.pool.query<{ id: string }>(
      `select id from human_task where step_id = $1 and kind = 'worklist'`,
      [stepId],
    );
    const body = {
      messageId: randomUUID(),
      occurredAt: new Date().toISOString(),
      kind: 'completed',
      results: { childCode: 'C-1', bookNumber: 'B-500235-1', unitName: '泥溪镇卫生院接种室' },
    };
    const raw = { method: 'POST', url: 'http://localhost/x', headers: {}, body: Buffer.from(JSON.stringify(body)) };
    await platform.app.get(AnswerWorklistTask).execute(raw, rows[0]!.id);
  }
});
