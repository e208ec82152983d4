import {
  type ClerkScope,
  type ClerkStepFilter,
  type ClerkStepPage,
  ListSteps,
  ShowApplication,
} from '@birth/application';
import { AGENCIES, LIGHTS, OWNERS, STEP_STATES } from '@birth/domain';
import { addDays, toShanghaiDate } from '@birth/standards';
import { aClaimingFamily, birthDesk, BORN_ON } from '../../support/births';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

type Item = ClerkStepPage['items'][number];
const COUNTY: ClerkScope = { regions: ['500235'], agencies: ['*'], offices: ['*'] };
/** Days since the birth: young, near the month, past it, near the ninety days, past those. */
const AGES = [3, 24, 40, 70, 95];

describe('what clerks find among the open steps, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let all: readonly Item[];

  const list = (filter: ClerkStepFilter = {}, page: { cursor?: string; limit?: number } = {}, scope = COUNTY) =>
    platform.app.get(ListSteps).execute(scope, filter, { cursor: page.cursor ?? null, limit: page.limit ?? 100 });
  const ids = (items: readonly Item[]) => items.map(({ stepId }) => stepId);

  beforeAll(async () => {
    platform = await startPlatform();
    const families = birthDesk(platform);
    for (const age of AGES) {
      const bornOn = addDays(BORN_ON, 3 - age);
      await families.file(aClaimingFamily([{ bornOn }]));
    }
    const desk = caseDesk(platform);
    for (let count = 0; count < 3; count += 1) {
      await desk.file();
      await desk.send('health-commission');
    }
    // one promise is past, one is near, one is past and paused by the family
    const { rows } = await platform.database.pool.query<{ id: string }>(
      `select id from step where promise is not null order by id`,
    );
    const [past, near, paused] = rows.map(({ id }) => id);
    await platform.database.pool.query(`update step set promised_on = current_date - 9 where id = any ($1)`, [
      [past, paused],
    ]);
    await platform.database.pool.query(`update step set promised_on = current_date + 1 where id = $1`, [near]);
    await platform.database.pool.query(
      `update step set promise = jsonb_set(promise, '{pausedOn}', '"2026-01-01"') where id = $1`,
      [paused],
    );
    // filed in time, and past the law's day since
    await platform.database.pool.query(
      `update step set statutory = statutory || '{"lateOnArrival": false}' where code = 'vaccination'`,
    );
    // two promises of the whole are past, one of them paused; one has ended
    const { rows: cases } = await platform.database.pool.query<{ id: string }>(
      `select id from application where overall_promise is not null order by id`,
    );
    const { length } = await Promise.all(
      [
        ['2026-01-05', null, null],
        ['2026-01-05', '2026-01-01', null],
        ['2026-01-05', null, '2026-01-05'],
      ].map(([promisedOn, pausedOn, endedOn], at) =>
        platform.database.pool.query(
          `update application set overall_promise = overall_promise || $2::jsonb where id = $1`,
          [cases[at]!.id, JSON.stringify({ promisedOn, pausedOn, endedOn })],
        ),
      ),
    );
    expect(length).toBe(3);
    all = (await list()).items;
  });
  afterAll(() => platform.stop());

  it('every open step is there once, as the page of its case shows it', async () => {
    const cases = [...new Set(all.map(({ applicationId }) => applicationId))];
    expect(cases).toHaveLength(AGES.length + 3);
    const shown = await Promise.all(cases.map((id) => platform.app.get(ShowApplication).forClerk(COUNTY, id, 'zh-CN')));
    const steps = shown.flatMap(({ newborns }) => newborns.flatMap((newborn) => newborn.steps));
    const open = steps.filter(({ light }) => light !== null);
    const brief = ({ state, reason, owner, light, version }: (typeof open)[number] | Item) =>
      JSON.stringify({ state, reason, owner, light, version });
    expect(Object.fromEntries(all.map((item) => [item.stepId, brief(item)]))).toEqual(
      Object.fromEntries(open.map((step) => [step.id, brief(step)])),
    );
    expect(new Set(all.map(({ light }) => light))).toEqual(new Set(LIGHTS));
  });

  it.each([
    ['state', STEP_STATES],
    ['agency', AGENCIES],
    ['owner', OWNERS],
    ['light', LIGHTS],
    ['overallLight', LIGHTS],
  ] as const)('by %s: those alone, counted over all pages', async (dimension, values) => {
    const expected = new Map<string, Item[]>();
    for (const item of all) {
      const value = item[dimension];
      if (value !== null) expected.set(value, [...(expected.get(value) ?? []), item]);
    }
    expect(expected.size).toBeGreaterThan(1);
    const { counts } = await list({}, { limit: 1 });
    expect(counts.total).toBe(all.length);
    expect(counts[dimension]).toEqual(Object.fromEntries([...expected].map(([value, items]) => [value, items.length])));
    for (const value of values) {
      const wanted = expected.get(value) ?? [];
      const found = await list({ [dimension]: value });
      expect(ids(found.items)).toEqual(ids(wanted));
      expect(found.counts.total).toBe(wanted.length);
    }
  });

  it('P10: the promise of the whole is there as on the page of its case', async () => {
    const cases = [...new Set(all.map(({ applicationId }) => applicationId))];
    const shown = await Promise.all(cases.map((id) => platform.app.get(ShowApplication).forClerk(COUNTY, id, 'zh-CN')));
    const brief = shown.map(({ id, overallPromise }) => [
      id,
      overallPromise?.promisedAt ?? null,
      overallPromise?.light ?? null,
    ]);
    const listed = cases.map((id) => {
      const { overallPromisedOn, overallLight } = all.find(({ applicationId }) => applicationId === id)!;
      return [id, overallPromisedOn, overallLight];
    });
    expect(listed).toEqual(brief);
  });

  it('P10: breaches count what is past, limits that were past at the filing apart', async () => {
    const cases = [...new Set(all.map(({ applicationId }) => applicationId))];
    const shown = await Promise.all(cases.map((id) => platform.app.get(ShowApplication).forClerk(COUNTY, id, 'zh-CN')));
    const steps = shown.flatMap((one) =>
      one.newborns.flatMap((newborn) => newborn.steps.map((step) => ({ ...step, whole: one.overallPromise }))),
    );
    const open = steps.filter(({ light }) => light !== null);
    const today = toShanghaiDate(Date.now());
    const limits = open.filter(({ statutory }) => statutory?.metAt === null);
    const { counts } = await list({}, { limit: 1 });
    expect(counts.breaches).toEqual({
      promise: 1,
      overall: open.filter(({ whole }) => whole?.light === 'red').length,
      statutory: limits.filter(({ statutory }) => !statutory!.lateOnArrival && statutory!.dueAt < today).length,
      lateOnArrival: limits.filter(({ statutory }) => statutory!.lateOnArrival).length,
    });
    expect(counts.breaches.overall).toBeGreaterThan(0);
    expect(counts.breaches.statutory).toBeGreaterThan(0);
    expect(counts.breaches.lateOnArrival).toBeGreaterThan(0);
  });

  it('by step and office', async () => {
    const [{ officeCode }] = all as [Item];
    expect(ids((await list({ office: officeCode })).items)).toEqual(
      ids(all.filter((item) => item.officeCode === officeCode)),
    );
    expect(ids((await list({ code: 'vaccination' })).items)).toEqual(
      ids(all.filter(({ code }) => code === 'vaccination')),
    );
  });

  it('by the child’s age in days, at least', async () => {
    const cases = new Set((await list({ minAgeDays: 40 })).items.map(({ applicationId }) => applicationId));
    expect(cases.size).toBe(AGES.filter((age) => age >= 40).length);
    expect((await list({ minAgeDays: 96 })).counts).toMatchObject({ total: 0, state: {} });
  });

  it('filters narrow each other, and the counts with them', async () => {
    const { items, counts } = await list({ agency: 'medical-insurance', light: 'red' });
    const expected = all.filter(({ agency, light }) => agency === 'medical-insurance' && light === 'red');
    expect(ids(items)).toEqual(ids(expected));
    expect(counts).toMatchObject({ total: expected.length, light: { red: expected.length } });
    expect(expected.length).toBeGreaterThan(0);
  });

  it('page by page nothing is missed and nothing comes twice', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: ClerkStepPage = await list({}, { limit: 7, ...(cursor === null ? {} : { cursor }) });
      seen.push(...ids(page.items));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids(all));
  });

  it.each<[string, Partial<ClerkScope>, (item: Item) => boolean]>([
    ['one agency', { agencies: ['public-security'] }, ({ agency }) => agency === 'public-security'],
    ['one office', { offices: ['YYH001'] }, ({ officeCode }) => officeCode === 'YYH001'],
    ['another county', { regions: ['500101'] }, () => false],
    ['no office named', { offices: [] }, () => false],
  ])('a clerk of %s finds and counts no more', async (_name, limits, isSeen) => {
    const { items, counts } = await list({}, {}, { ...COUNTY, ...limits });
    const seen = all.filter(isSeen);
    expect(ids(items)).toEqual(ids(seen));
    expect(counts.total).toBe(seen.length);
  });
});
