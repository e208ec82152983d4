import { RecordDeath, ReportDeath, RetractDeath, ShowApplication } from '@birth/application';
import type { Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { brokenInvariants } from '../../../apps/standalone/src/invariants';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const REASON = '病历核对有误，宝宝健在';

describe('P16: a death that was reported by mistake, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: `R-${randomUUID()}` });
  });

  const retract = (id: string, clerk = CLERK) =>
    platform.app.get(RetractDeath).execute(clerk, { applicationId: id, newbornIndex: 0 }, REASON);
  const refusal = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: Problem) => `${error.status} ${error.code}`,
    );
  const report = (id: string) =>
    platform.app.get(RecordDeath).execute(CLERK, { applicationId: id, newbornIndex: 0 }, '科室电话告知');
  const broken = async (): Promise<string[]> => {
    const client = await platform.database.pool.connect();
    try {
      return brokenInvariants(client, { acknowledged: [], decisions: [] });
    } finally {
      client.release();
    }
  };

  it('what a parent’s report had stopped goes on, and the clerk reads what of it does', async () => {
    const { id, mother } = await desk.file();
    const asked = { key: randomUUID(), body: '', route: 'POST /v1/applications/{id}/newborns/{index}/death' };
    await platform.app.get(ReportDeath).execute(mother, asked, { applicationId: id, newbornIndex: 0 });
    expect(await desk.step(id, 'social_security_card')).toMatchObject({ state: 'cancelled' });
    const { body } = await retract(id);
    const { steps } = body as { steps: { code: string; state: string; reason: string }[] };
    expect(Object.fromEntries(steps.map(({ code, state }) => [code, state]))).toMatchObject({
      vaccination: 'queued',
      household_registration: 'waiting',
      social_security_card: 'waiting',
    });
    expect(await desk.step(id, 'household_registration')).toMatchObject({ papers: ['non_marital_birth_statement'] });
    const { newborns } = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    expect(newborns[0]!.deathReportedAt).toBeNull();
    const { timeline, openTasks } = await platform.app.get(ShowApplication).forClerk(CLERK.scope, id, 'zh-CN');
    expect(timeline.filter(({ type }) => type === 'death_retracted')).toMatchObject([
      { actor: 'clerk', newbornIndex: 0, clerkReason: REASON },
    ]);
    expect(openTasks.filter(({ kind }) => kind === 'family_contact')).toMatchObject([{ reason: 'death_retracted' }]);
    expect(await broken()).toEqual([]);
  });

  it('what an agency had given back is sent to it anew, under another key and without its old receipt', async () => {
    const { id } = await desk.file();
    await desk.send('disease-control');
    const first = platform.agencies.sent.at(-1)!.key;
    await report(id);
    const { id: stepId } = await desk.step(id, 'vaccination');
    await platform.database.pool.query(
      `update step set state = 'cancelled', reason = 'newborn_died', owner = 'platform', withdrawal_requested_at = null,
         version = version + 1 where id = $1`,
      [stepId],
    );
    await platform.database.pool.query('delete from work where step_id = $1', [stepId]);
    await retract(id);
    expect(await desk.step(id, 'vaccination')).toMatchObject({ state: 'queued', generation: 2, hasReceipt: false });
    expect((await desk.read(id)).openStep(stepId)).toMatchObject({ receipt: null, earlierReceipt: null });
    await desk.send('disease-control');
    expect(platform.agencies.sent.at(-1)!.key).not.toBe(first);
    expect(await desk.step(id, 'vaccination')).toMatchObject({ state: 'accepted', hasReceipt: true });
  });

  it('two clerks at once undo it once, and it may be reported again', async () => {
    const { id } = await desk.file();
    await report(id);
    const both = await Promise.all([refusal(retract(id)), refusal(retract(id))]);
    expect(both.sort()).toEqual(['409 no_death_reported', 'none']);
    await report(id);
    expect(await desk.step(id, 'social_security_card')).toMatchObject({ state: 'cancelled' });
  });

  it('a clerk who does not see the newborn undoes nothing', async () => {
    const { id } = await desk.file();
    await report(id);
    expect(await refusal(retract(id, { ...CLERK, scope: { ...CLERK.scope, regions: ['500101'] } }))).toBe(
      '404 not_found',
    );
    const beyond = platform.app.get(RetractDeath).execute(CLERK, { applicationId: id, newbornIndex: 5 }, REASON);
    expect(await refusal(beyond)).toBe('404 not_found');
  });
});
