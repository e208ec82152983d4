import {
  CASE_READS,
  CASE_STORE,
  type CaseReads,
  type CaseStore,
  RecordDeath,
  ReportDeath,
  ShowApplication,
  TakeAnswer,
} from '@birth/application';
import { randomUUID } from 'node:crypto';
import { brokenInvariants } from '../../../apps/standalone/src/invariants';
import { aClaimingFamily, birthDesk, notification } from '../../support/births';
import { caseDesk } from '../../support/cases';
import { aStranger } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const ROUNDS = 12;
const MOST_ROUNDS = 100;
const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const BOOK = { childCode: '500235202600000001', bookNumber: '5002352026000001', unitName: '人和街道预防接种门诊' };

describe('P16: a newborn’s death, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  let births: ReturnType<typeof birthDesk>;
  let store: CaseStore;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
    births = birthDesk(platform);
    store = platform.app.get<CaseStore>(CASE_STORE);
  });
  afterAll(() => platform.stop());
  afterEach(() => jest.restoreAllMocks());
  beforeEach(() => {
    platform.queue.offered.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: `R-${randomUUID()}` });
  });

  const asked = (key: string = randomUUID()) => ({
    key,
    body: '',
    route: 'POST /v1/applications/{id}/newborns/{index}/death',
  });
  const eventsOf = async (id: string) => {
    const events = await platform.app.get<CaseReads>(CASE_READS).events(id, 0, 200);
    return events.filter(({ type }) => type === 'death_reported');
  };
  const stepOf = async (id: string, code: string, index = 0) =>
    (await desk.read(id)).state.steps.find((step) => step.newbornIndex === index && step.code === code)!;
  const diedAt = async (id: string) =>
    (await desk.read(id)).state.newborns.map(({ deathReportedAt: at }) => at !== null);
  const broken = async (): Promise<string[]> => {
    const client = await platform.database.pool.connect();
    try {
      return brokenInvariants(client, { acknowledged: [], decisions: [] });
    } finally {
      client.release();
    }
  };

  it('P16: a parent’s report races an agency’s callback: whichever is first, nothing is lost', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < ROUNDS || (outcomes.size < 2 && round < MOST_ROUNDS); round += 1) {
      const { id, mother } = await desk.file();
      await desk.send('disease-control');
      const { id: stepId } = await stepOf(id, 'vaccination');
      const report = () =>
        platform.app.get(ReportDeath).execute(mother, asked(), { applicationId: id, newbornIndex: 0 });
      const callback = () =>
        platform.app.get(TakeAnswer).execute({
          stepId,
          generation: 1,
          via: 'callback',
          answer: { kind: 'completed', results: { vaccination: BOOK } },
          by: { actor: 'agency', actorId: 'disease-control' },
        });
      await Promise.all(round % 2 === 0 ? [report(), callback()] : [callback(), report()]);
      expect(await stepOf(id, 'vaccination')).toMatchObject({ state: 'completed', withdrawalRequestedAt: null });
      expect((await desk.read(id)).open(0, ['results']).results.vaccination).toEqual(BOOK);
      expect(await stepOf(id, 'social_security_card')).toMatchObject({ state: 'cancelled', reason: 'newborn_died' });
      const tasks = (await desk.openTasks(stepId)).map(({ kind }) => kind);
      outcomes.add(tasks.includes('conflict') ? 'report first' : 'callback first');
      expect(tasks).not.toContain('withdrawal');
    }
    expect([...outcomes].sort()).toEqual(['callback first', 'report first']);
    expect(await broken()).toEqual([]);
  });

  it('P16: told by both at once and once more with the same key, it is one death', async () => {
    const { id, mother } = await desk.file();
    const at = { applicationId: id, newbornIndex: 0 };
    const once = asked();
    const report = platform.app.get(ReportDeath);
    const [first] = await Promise.all([
      report.execute(mother, once, at),
      platform.app.get(RecordDeath).execute(CLERK, at, 'told by the ward by telephone'),
    ]);
    expect(first.status).toBe(200);
    expect(await report.execute(mother, once, at)).toEqual(first);
    expect(await eventsOf(id)).toHaveLength(1);
    expect(await broken()).toEqual([]);
  });

  it('P16: nobody else may tell of it, and a clerk only in scope', async () => {
    const { id } = await desk.file();
    const at = { applicationId: id, newbornIndex: 0 };
    const { scope } = CLERK;
    const elsewhere = { ...CLERK, scope: { ...scope, offices: ['YYP999'] } };
    const record = platform.app.get(RecordDeath);
    await expect(platform.app.get(ReportDeath).execute(aStranger(), asked(), at)).rejects.toMatchObject({
      status: 404,
    });
    await expect(record.execute(elsewhere, at, 'by telephone')).rejects.toMatchObject({ status: 404 });
    await expect(record.execute(CLERK, { ...at, newbornIndex: 1 }, 'by telephone')).rejects.toMatchObject({
      status: 404,
    });
    expect(await eventsOf(id)).toEqual([]);
  });

  it('P16: why a clerk recorded it is kept sealed and read by clerks', async () => {
    const { id } = await desk.file();
    await platform.app.get(RecordDeath).execute(CLERK, { applicationId: id, newbornIndex: 0 }, 'told by the ward');
    expect(await eventsOf(id)).toMatchObject([{ actor: 'clerk', detail: { reportedBy: 'clerk' } }]);
    const shown = await platform.app.get(ShowApplication).forClerk(CLERK.scope, id, 'en');
    expect(shown.openTasks).toContainEqual(expect.objectContaining({ kind: 'family_contact', reason: 'newborn_died' }));
    expect(shown.timeline).toContainEqual(
      expect.objectContaining({ type: 'death_reported', clerkReason: 'told by the ward' }),
    );
    expect(shown.newborns[0]?.deathReportedAt).not.toBeNull();
    const { rows } = await platform.database.pool.query<{ sealed: Buffer }>(
      'select sealed from event_reason where application_id = $1',
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.sealed.toString('latin1')).not.toContain('told by the ward');
  });

  const TWINS = [{ plurality: 2 }, { plurality: 2 }];
  const records = (outcome: 'live' | 'died_after', tag: string) => [
    { recordNumber: `${tag}-1`, plurality: 2, deliveryOrder: 1, outcome },
    { recordNumber: `${tag}-2`, plurality: 2, deliveryOrder: 2 },
  ];

  it('P16: the hospital’s record becomes `died_after`: that twin, once, and not the other', async () => {
    const family = aClaimingFamily(TWINS);
    const id = await births.file(family);
    await births.notify(notification(family, records('live', id)));
    const before = await stepOf(id, 'vaccination', 1);
    for (let time = 0; time < 2; time += 1) await births.notify(notification(family, records('died_after', id)));
    expect(await diedAt(id)).toEqual([true, false]);
    expect(await eventsOf(id)).toMatchObject([{ newbornIndex: 0, actor: 'hospital' }]);
    expect(await stepOf(id, 'vaccination', 1)).toEqual(before);
    expect(await broken()).toEqual([]);
  });

  it.each(['before', 'after'])(
    'P16: a first record says so, %s filing: the vaccination is never sent',
    async (when) => {
      const family = aClaimingFamily([{}]);
      const message = notification(family, [{ outcome: 'died_after' }]);
      if (when === 'before') await births.notify(message);
      const id = await births.file(family);
      if (when === 'after') await births.notify(message);
      expect(await diedAt(id)).toEqual([true]);
      expect(await stepOf(id, 'vaccination')).toMatchObject({ state: 'cancelled', sentGeneration: 0 });
      expect(await stepOf(id, 'birth_certificate')).toMatchObject({ state: expect.not.stringContaining('cancelled') });
    },
  );

  it('P16: said between the look at the record and the commit, it is not lost', async () => {
    const family = aClaimingFamily([{}]);
    const recordNumber = randomUUID();
    await births.notify(notification(family, [{ recordNumber }]));
    const file = store.file.bind(store);
    const spied = jest.spyOn(store, 'file').mockImplementationOnce(async (request) => {
      await births.notify(notification(family, [{ recordNumber, outcome: 'died_after' }]));
      return file(request);
    });
    const id = await births.file(family);
    expect(spied).toHaveBeenCalledTimes(2);
    expect(await diedAt(id)).toEqual([true]);
    const { rows } = await platform.database.pool.query('select id from birth_record where application_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });
});
