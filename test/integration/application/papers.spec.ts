import {
  type AgencyAnswer,
  RecordPaper,
  ReportPaper,
  SendStep,
  ShowApplication,
  ShowPapers,
  SubmitApplication,
  TakeAnswer,
  WORKLIST_READS,
  type WorklistReads,
} from '@birth/application';
import type { StepCode } from '@birth/domain';
import { randomUUID } from 'node:crypto';
import { brokenInvariants } from '../../../apps/standalone/src/invariants';
import { caseDesk } from '../../support/cases';
import { aFamily, aStranger, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CERTIFICATE = { certificateNumber: 'L500000001', issuedOn: '2026-11-02', issuer: '万州区人民医院' };
const WAYBILL = 'EA123456789CN';

describe('P13: who has the paper, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());

  /** Born elsewhere in Chongqing: the certificate is with the family, and the station waits for it. */
  async function waiting() {
    const { form, mother } = aFamily();
    form.newborns[0]!.birth!.place.region = '500101';
    const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    const { id } = body as { id: string };
    await say(id, 'birth_certificate', { kind: 'completed', results: { birth_certificate: CERTIFICATE } });
    const household = await say(id, 'household_registration', { kind: 'accepted', detail: 'waiting_for_paper' });
    const [paper] = (await desk.read(id)).state.newborns[0]!.papers;
    return { id, mother, household, paper: paper! };
  }
  async function say(id: string, code: StepCode, answer: AgencyAnswer) {
    const { id: stepId, generation, agency } = await desk.step(id, code);
    await platform.app.get(TakeAnswer).execute({
      stepId,
      generation,
      via: 'callback',
      answer,
      by: { actor: 'agency', actorId: agency },
    });
    return desk.step(id, code);
  }
  const tell = (
    { id, mother, paper }: Waiting,
    event: 'posted' | 'received' | 'lost',
    waybill?: string,
    caller = mother,
  ) =>
    platform.app
      .get(ReportPaper)
      .execute(
        caller,
        { key: randomUUID(), body: event, route: 'papers' },
        { applicationId: id, paperId: paper.id },
        { event, ...(waybill === undefined ? {} : { waybill }) },
      );
  type Waiting = Awaited<ReturnType<typeof waiting>>;
  const clerkOf = (...offices: string[]) => ({
    subject: 'clerk',
    scope: { regions: ['*'], agencies: ['public-security'], offices },
  });
  const record = ({ id, household, paper }: Waiting, event: 'received' | 'cut', expectedVersion: number) =>
    platform.app.get(RecordPaper).execute(clerkOf(household.officeCode), id, paper.id, {
      event,
      expectedVersion,
      reason: 'seen at the desk',
    });
  const broken = async (): Promise<string[]> => {
    const client = await platform.database.pool.connect();
    try {
      return await brokenInvariants(client, { acknowledged: [], decisions: [] });
    } finally {
      client.release();
    }
  };

  it('the family is told that it has the paper, until when, and where to bring it', async () => {
    const { id, mother, household } = await waiting();
    expect(household).toMatchObject({ reason: 'waiting_for_paper', owner: 'applicant' });
    const shown = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    expect(shown.status).toBe('needs_family');
    const step = shown.newborns[0]!.steps.find(({ code }) => code === 'household_registration')!;
    expect(step.custody).toMatchObject([
      {
        kind: 'certificate_main',
        holder: { kind: 'family', name: '您' },
        goesTo: { kind: 'office', officeCode: household.officeCode },
        version: 0,
      },
    ]);
    expect(step.custody[0]!.hint).toContain(step.office.phone);
    expect(Date.parse(step.custody[0]!.dueAt!)).toBeGreaterThan(Date.now());
  });

  it('posted by the family, received and cut at the station: each said once, the waybill sealed', async () => {
    const one = await waiting();
    const posted = await tell(one, 'posted', WAYBILL);
    expect(posted.status).toBe(200);
    await record(one, 'received', 1);
    expect(await desk.step(one.id, 'household_registration')).toMatchObject({ reason: 'in_progress', owner: 'agency' });
    await expect(record(one, 'cut', 1)).rejects.toMatchObject({ status: 412 });
    expect(await record(one, 'cut', 2)).toMatchObject({ status: 200, body: { event: 'cut', version: 3 } });
    const { items } = await platform.app.get(ShowPapers).forApplicant(one.mother, one.id, 'zh-CN');
    const [main, copy] = items;
    expect(main!.events.map(({ event, to, waybill }) => [event, to.kind, waybill])).toEqual([
      ['posted', 'post', WAYBILL],
      ['received', 'office', null],
      ['cut', 'office', null],
    ]);
    expect(copy).toMatchObject({ kind: 'certificate_copy', events: [] });
    const { rows } = await platform.database.pool.query<{ row: string }>(
      'select e::text as row from custody_event e union all select n::text from newborn n',
    );
    expect(rows.filter(({ row }) => row.includes(WAYBILL))).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it('what happened to a paper is never changed', async () => {
    const one = await waiting();
    await tell(one, 'posted', WAYBILL);
    const change = `update custody_event set event = 'lost' where paper_id = $1`;
    await expect(platform.database.pool.query(change, [one.paper.id])).rejects.toThrow('append-only');
  });

  it('the police’s own word moves the paper, and repeats nothing', async () => {
    const one = await waiting();
    for (let time = 0; time < 2; time += 1) {
      const papers = ['received', 'cut'] as const;
      await say(one.id, 'household_registration', { kind: 'accepted', detail: 'in_progress', papers });
    }
    const { rows } = await platform.database.pool.query<{ event: string; said_by: string }>(
      'select event, said_by from custody_event where paper_id = $1 order by seq',
      [one.paper.id],
    );
    expect(rows).toEqual(['received', 'cut'].map((event) => ({ event, said_by: one.household.officeCode })));
  });

  it('a lost paper is a clerk’s task, and ends when it turns up', async () => {
    const one = await waiting();
    await tell(one, 'lost');
    expect(await desk.openTasks(one.household.id)).toMatchObject([{ kind: 'paper', reason: 'lost' }]);
    expect((await desk.read(one.id)).state.status).toBe('needs_clerk');
    await tell(one, 'received');
    expect(await desk.openTasks(one.household.id)).toEqual([]);
    expect(await desk.step(one.id, 'household_registration')).toMatchObject({ owner: 'applicant' });
  });

  it.each([
    ['posted', undefined, 409, 'waybill_missing'],
    ['received', undefined, 409, 'paper_arrived'],
  ] as const)('%s cannot be said of it: %s', async (event, waybill, status, code) => {
    const one = await waiting();
    await expect(tell(one, event, waybill)).rejects.toMatchObject({ status, code });
  });

  it('a stranger, another family’s paper and a clerk of another office find nothing', async () => {
    const [one, other] = [await waiting(), await waiting()];
    const notFound = { status: 404, code: 'not_found' };
    await expect(tell(one, 'posted', WAYBILL, aStranger())).rejects.toMatchObject(notFound);
    await expect(tell({ ...one, paper: other.paper }, 'posted', WAYBILL)).rejects.toMatchObject(notFound);
    const body = { event: 'received', expectedVersion: 0, reason: 'seen at the desk' } as const;
    const elsewhere = clerkOf('NOWHERE');
    const asked = platform.app.get(RecordPaper).execute(elsewhere, one.id, one.paper.id, body);
    await expect(asked).rejects.toMatchObject(notFound);
    await expect(platform.app.get(ShowPapers).forClerk(elsewhere.scope, one.id, 'en')).rejects.toMatchObject(notFound);
    const station = clerkOf(one.household.officeCode);
    const { items } = await platform.app.get(ShowPapers).forClerk(station.scope, one.id, 'en');
    expect(items).toHaveLength(1);
  });

  describe('handing out', () => {
    const TO = { mode: 'mail', recipient: '王鹭', mobile: '13800004711', address: '重庆市云阳县鸬鹚路4号' } as const;

    /** The vaccination book is wished for by mail, and made. */
    async function handingOut() {
      const { form, mother } = aFamily();
      form.newborns[0]!.delivery = [{ document: 'vaccination_book', ...TO }];
      const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
      const { id } = body as { id: string };
      const book = { childCode: '500235202600000001', bookNumber: '5002352026000001', unitName: '人和街道接种门诊' };
      await say(id, 'vaccination', { kind: 'completed', results: { vaccination: book } });
      const step = await desk.step(id, 'delivery');
      platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted' });
      const hint = platform.queue.offered.find(({ stepId }) => stepId === step.id)!;
      await platform.app.get(SendStep).execute(hint);
      const [paper] = (await desk.read(id)).state.newborns[0]!.papers;
      return { id, mother, household: step, paper: paper! };
    }

    it('P13: the office gets a task with the paper that it hands out', async () => {
      const { id, household: step } = await handingOut();
      expect(await desk.step(id, 'delivery')).toMatchObject({
        state: 'accepted',
        owner: 'agency',
        channel: 'worklist',
      });
      expect(await desk.openTasks(step.id)).toMatchObject([{ kind: 'worklist' }]);
      const { items } = await platform.app
        .get<WorklistReads>(WORKLIST_READS)
        .open('disease-control', step.officeCode, null, 100);
      const task = items.find(({ stepId }) => stepId === step.id)!;
      expect(task).toMatchObject({
        code: 'delivery',
        qualifier: 'vaccination_book',
        payload: { paper: 'vaccination_book' },
      });
    });

    it('P13: posted by the office, received by the family: done, its results and its way kept', async () => {
      const one = await handingOut();
      await say(one.id, 'delivery', { kind: 'accepted', papers: ['posted'], waybill: WAYBILL });
      expect(await desk.step(one.id, 'delivery')).toMatchObject({ reason: 'on_its_way', owner: 'applicant' });
      await tell(one, 'received');
      expect(await desk.step(one.id, 'delivery')).toMatchObject({ state: 'completed', source: 'applicant' });
      expect(await desk.openTasks(one.household.id)).toEqual([]);
      const { items } = await platform.app.get(ShowPapers).forApplicant(one.mother, one.id, 'zh-CN');
      expect(items[0]!.events.map(({ event, waybill }) => [event, waybill])).toEqual([
        ['posted', WAYBILL],
        ['received', null],
      ]);
      expect(await broken()).toEqual([]);
    });

    it('P13: the office’s last word is kept with the other results', async () => {
      const { id } = await handingOut();
      await say(id, 'delivery', {
        kind: 'completed',
        results: { 'delivery:vaccination_book': { receivedOn: '2026-11-03' } } as never,
      });
      const loaded = await desk.read(id);
      expect(loaded.open(0, ['results']).results).toMatchObject({
        vaccination: { bookNumber: '5002352026000001' },
        'delivery:vaccination_book': { receivedOn: '2026-11-03' },
      });
    });

    it('P13: who gets it where is nowhere in the open', async () => {
      await handingOut();
      const { rows } = await platform.database.pool.query<{ row: string }>(
        'select n::text as row from newborn n union all select t::text from human_task t union all select e::text from step_event e',
      );
      const open = rows.filter(({ row }) => [TO.recipient, TO.mobile, TO.address].some((value) => row.includes(value)));
      expect(open).toEqual([]);
    });
  });
});
