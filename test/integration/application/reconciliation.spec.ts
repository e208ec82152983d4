import {
  AgencyUnavailable,
  type AgencyAnswer,
  ChangeAnswerMode,
  type County,
  COUNTY,
  type ListedRequest,
  RECONCILIATION_STORE,
  type ReconciliationStore,
  Reconciliations,
} from '@birth/application';
import { type AgencyCode, AGENCIES } from '@birth/domain';
import { submissionKey } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const AGENCY = 'health-commission';
const ALL = { regions: ['*'], agencies: ['*'], offices: ['*'] };
const SUPERVISOR = { subject: 'supervisor', scope: ALL };
const CERTIFICATE = { certificateNumber: 'Z500000001', issuedOn: '2026-11-20', issuer: '云阳' };
const completed = (certificateNumber = CERTIFICATE.certificateNumber): AgencyAnswer => ({
  kind: 'completed',
  receipt: 'R-1',
  sequence: 5,
  results: { birth_certificate: { issuer: CERTIFICATE.issuer, certificateNumber, issuedOn: CERTIFICATE.issuedOn } },
});

describe('what we have and what an agency has, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(async () => {
    platform.queue.offered.length = 0;
    platform.agencies.onList = null;
    platform.agencies.onCheck = () => Promise.resolve('not_found');
    await platform.database.pool.query('delete from human_task');
    await platform.database.pool.query('delete from reconciliation_difference');
    await platform.database.pool.query('delete from reconciliation_run');
    await platform.database.pool.query(`delete from work`);
    await platform.database.pool.query(`update step set channel = 'worklist'`);
  });

  const reconciliations = () => platform.app.get(Reconciliations);
  const once = (body: string, key: string = randomUUID()) => ({ key, body, route: 'POST /clerk/v1/reconciliations' });
  const listing = (requests: ListedRequest[]) => {
    platform.agencies.onList = (agency) => Promise.resolve({ requests: agency === AGENCY ? requests : [], next: null });
  };
  async function compared(agency: AgencyCode = AGENCY) {
    await reconciliations().ask(SUPERVISOR, once(agency), agency);
    await reconciliations().round();
    const { runs, open } = await reconciliations().list(ALL, 'en');
    const last = runs.find((run) => run.agency === agency && !run.isNightly)!;
    return { run: last, open: open.filter((one) => one.agency === agency) };
  }
  async function sent(answer: AgencyAnswer) {
    platform.agencies.onSubmit = () => Promise.resolve(answer);
    const { id } = await desk.file();
    await desk.send(AGENCY);
    const step = await desk.step(id, 'birth_certificate');
    return { id, step, key: submissionKey(step.id, 1) };
  }
  const accepted: AgencyAnswer = { kind: 'accepted', receipt: 'R-1', sequence: 1 };

  it('the last word that the agency has is taken as its answer: nothing is left to a person', async () => {
    const { id, step, key } = await sent(accepted);
    listing([{ key, answer: completed() }]);
    platform.agencies.onCheck = () => Promise.resolve(completed());
    const { run, open } = await compared();
    expect(run).toMatchObject({ state: 'done', by: 'list', ours: 1, theirs: 1, asked: 1, differences: [] });
    expect(open).toEqual([]);
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'completed', source: 'agency' });
    expect(await desk.openTasks(step.id)).toEqual([]);
  });

  it('another result is one task with a cure over all nights, and ends when it is gone', async () => {
    const { step, key } = await sent(completed());
    listing([{ key, answer: completed('Z500000009') }]);
    await compared();
    const { run, open } = await compared();
    expect(run.differences).toEqual([{ kind: 'result_differs', count: 1 }]);
    expect(open).toMatchObject([{ kind: 'result_differs', cure: 'agency_corrects', stepId: step.id, unknown: null }]);
    expect(open[0]!.seenAt > open[0]!.foundAt).toBe(true);
    expect(await desk.openTasks(step.id)).toMatchObject([{ kind: 'reconciliation', reason: 'result_differs' }]);
    listing([{ key, answer: completed() }]);
    expect((await compared()).open).toEqual([]);
    expect(await desk.openTasks(step.id)).toEqual([]);
  });

  it('what the agency has and nobody here knows is named by its numbers', async () => {
    listing([{ key: null, answer: { ...completed(), receipt: 'R-STRANGE' } }]);
    await compared();
    const { open } = await compared();
    expect(open).toMatchObject([
      { kind: 'unknown_to_us', cure: 'agency_explains', stepId: null, unknown: { key: null, receipt: 'R-STRANGE' } },
    ]);
    const { rows } = await platform.database.pool.query<{ text: string }>(
      'select d::text as text from reconciliation_difference d',
    );
    expect(rows.every(({ text }) => !text.includes('R-STRANGE'))).toBe(true);
    listing([]);
    expect((await compared()).open).toEqual([]);
  });

  it('what the agency lost is asked for before anybody is told', async () => {
    const { step } = await sent(completed());
    listing([]);
    platform.agencies.onCheck = () => Promise.resolve(completed());
    expect((await compared()).open).toEqual([]);
    platform.agencies.onCheck = () => Promise.resolve('not_found');
    expect((await compared()).open).toMatchObject([
      { kind: 'lost_at_agency', cure: 'agency_explains', stepId: step.id },
    ]);
  });

  it('an agency without a list is asked step by step', async () => {
    const { id } = await sent(accepted);
    platform.agencies.onCheck = () => Promise.resolve(completed());
    const { run } = await compared();
    expect(run).toMatchObject({ by: 'check', ours: 1, theirs: 0, asked: 1, differences: [] });
    expect(await desk.step(id, 'birth_certificate')).toMatchObject({ state: 'completed' });
  });

  it('an agency whose offices all answer by hand is not called', async () => {
    const agency = 'tax-administration';
    const called: string[] = [];
    platform.agencies.onList = (of) => {
      called.push(of);
      return Promise.resolve({ requests: [], next: null });
    };
    const offices = platform.app.get<County>(COUNTY).offices.filter((office) => office.agency === agency);
    const answerBy = async (answerMode: 'worklist' | 'api') => {
      for (const { code } of offices) {
        await platform.app.get(ChangeAnswerMode).execute(SUPERVISOR, code, { answerMode, reason: '该机构尚无接口' });
      }
    };
    // planned, and never sent to anybody
    const { id } = await sent(accepted);
    await platform.database.pool.query(
      'update step set agency = $2 where application_id = $1 and sent_generation = 0',
      [id, agency],
    );
    await answerBy('worklist');
    expect((await compared(agency)).run).toMatchObject({ by: 'nothing', ours: 0, theirs: 0, asked: 0 });
    await answerBy('api');
    expect((await compared(agency)).run).toMatchObject({ by: 'list' });
    expect(called.filter((of) => of === agency)).toEqual([agency]);
  });

  it('an agency that is away is compared later; one that never comes back fails the run alone', async () => {
    await sent(accepted);
    platform.agencies.onCheck = () => Promise.reject(new AgencyUnavailable('down'));
    expect((await compared()).run).toMatchObject({ state: 'asked', endedAt: null });
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      await platform.database.pool.query(`update reconciliation_run set due_at = now() - interval '1 s'`);
      await reconciliations().round();
    }
    expect((await compared()).run).toMatchObject({ differences: [] });
    const { runs } = await reconciliations().list(ALL, 'en');
    expect(runs.some(({ state, failure }) => state === 'failed' && failure === 'agency_unavailable')).toBe(true);
  });

  it('a night is compared once an agency, however many processes plan it', async () => {
    const store = platform.app.get<ReconciliationStore>(RECONCILIATION_STORE);
    const plan = () => store.planNight('2026-11-26', AGENCIES, Date.now());
    await Promise.all([plan(), plan(), plan()]);
    await Promise.all([reconciliations().round(), reconciliations().round()]);
    const { runs } = await reconciliations().list(ALL, 'en');
    const night = runs.filter(({ day }) => day === '2026-11-26');
    expect(night.map(({ agency }) => agency).sort()).toEqual([...AGENCIES].sort());
    expect(night.every(({ state, isNightly }) => state === 'done' && isNightly)).toBe(true);
  });

  it('asked twice with one key it is one run; a clerk of another agency sees none of it', async () => {
    const asking = once(AGENCY);
    const first = await reconciliations().ask(SUPERVISOR, asking, AGENCY);
    expect(await reconciliations().ask(SUPERVISOR, asking, AGENCY)).toEqual(first);
    expect(await reconciliations().ask(SUPERVISOR, once(AGENCY), AGENCY)).toEqual(first);
    const scope = { ...ALL, agencies: ['medical-insurance'] };
    expect((await reconciliations().list(scope, 'en')).runs).toEqual([]);
    await expect(reconciliations().ask({ subject: 's', scope }, once('x'), AGENCY)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
