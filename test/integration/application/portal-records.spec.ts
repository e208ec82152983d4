import {
  type AgencyAnswer,
  AgencyUnavailable,
  OutcomeUnknown,
  type PortalFiling,
  PortalRecords,
  RateCase,
  PORTAL_RECORD_STORE,
  type PortalRecordStore,
  ReceivePortalFiling,
  SendRecords,
  TakeAnswer,
  WithdrawSteps,
} from '@birth/application';
import type { ApplicationForm, StepCode } from '@birth/domain';
import { randomUUID } from 'node:crypto';
import { caseDesk } from '../../support/cases';
import { aFamily } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const SCOPE = { regions: ['*'], agencies: ['*'], offices: ['*'] };
const PAGE = { limit: 100 };

describe('what the city’s portal is told of its cases, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(async () => {
    platform.portal.onRecord = () => Promise.resolve({ outcome: 'acknowledged' });
    await catchUp();
    platform.portal.records.length = 0;
  });

  const catchUp = () => platform.app.get(SendRecords).catchUp();
  const desks = () => platform.app.get(PortalRecords);
  const told = (id: string) =>
    platform.portal.records
      .filter(({ caseNumber }) => caseNumber === id)
      .map(({ service, kind, about }) => `${service?.code ?? 'case'} ${kind} ${about}`);

  async function filed() {
    const { form, mother } = aFamily();
    const { type, number, name } = mother.identity!;
    const identity = { type, number } as PortalFiling['person']['identity'];
    const verification = {
      method: 'face',
      level: '3',
      verifiedAt: new Date().toISOString(),
      transaction: 'T',
    } as const;
    const person = { account: randomUUID(), name, identity, mobile: '13812345678', verification };
    const filing: PortalFiling = { caseNumber: randomUUID(), channel: 'mobile', person, materials: [], form };
    const raw = { method: 'POST', url: 'http://localhost/', headers: {}, body: Buffer.from(JSON.stringify(filing)) };
    const reader = { readForm: (given: unknown) => given as ApplicationForm, subjectOf: (account: string) => account };
    const { body } = await platform.app.get(ReceivePortalFiling).execute(raw, reader);
    return { ...(body as { id: string; caseNumber: string }), portalCaseNumber: filing.caseNumber };
  }

  async function answer(id: string, code: StepCode, said: AgencyAnswer): Promise<void> {
    const { id: stepId, agency, generation } = await desk.step(id, code);
    const by = { actor: 'agency', actorId: agency } as const;
    await platform.app.get(TakeAnswer).execute({ stepId, generation, via: 'callback', answer: said, by });
  }
  const accepted = (id: string) => answer(id, 'vaccination', { kind: 'accepted', receipt: randomUUID() });
  const done = (id: string) =>
    answer(id, 'vaccination', {
      kind: 'completed',
      receipt: randomUUID(),
      results: { vaccination: { childCode: '1', bookNumber: '2', unitName: '3' } },
    });

  it('is told once, in order, with the key of each record', async () => {
    const { id, caseNumber, portalCaseNumber } = await filed();
    await accepted(id);
    await answer(id, 'vaccination', { kind: 'suspended', procedure: 'special_procedure', text: 't' });
    await accepted(id);
    await done(id);
    await catchUp();
    await catchUp();
    expect(told(caseNumber)).toEqual([
      'vaccination accept accepted',
      'vaccination special_procedure suspended',
      'vaccination special_procedure suspension_ended',
      'vaccination result completed',
    ]);
    const mine = platform.portal.records.filter((record) => record.caseNumber === caseNumber);
    expect(new Set(mine.map((record) => record.id)).size).toBe(4);
    expect(new Set(mine.map((record) => record.portalCaseNumber))).toEqual(new Set([portalCaseNumber]));
  });

  it('who filed here is no business of the portal', async () => {
    const { id } = await desk.file();
    await accepted(id);
    await catchUp();
    expect(platform.portal.records).toEqual([]);
    expect(await desks().ofCase(SCOPE, id)).toEqual({ items: [] });
  });

  it('several processes at once tell nothing twice', async () => {
    const { id, caseNumber } = await filed();
    await accepted(id);
    await done(id);
    await Promise.all(Array.from({ length: 6 }, catchUp));
    await catchUp();
    expect(told(caseNumber)).toEqual(['vaccination accept accepted', 'vaccination result completed']);
  });

  it.each([
    ['is not there', new AgencyUnavailable('down')],
    ['says nothing', new OutcomeUnknown('no reply')],
  ])('a portal that %s gets the same record again, and nothing of the case before it', async (_, trouble) => {
    const { id, caseNumber } = await filed();
    await accepted(id);
    await done(id);
    platform.portal.onRecord = () => Promise.reject(trouble);
    await catchUp();
    expect(told(caseNumber)).toEqual(['vaccination accept accepted']);
    const rows = async () => (await desks().ofCase(SCOPE, id)).items;
    expect((await rows()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['sent', 1],
      ['owed', 0],
    ]);
    platform.portal.onRecord = () => Promise.resolve({ outcome: 'acknowledged' });
    const [first] = await rows();
    const store = platform.app.get<PortalRecordStore>(PORTAL_RECORD_STORE);
    await store.putOff(first!.id, Date.now() - 1);
    await catchUp();
    const sent = platform.portal.records.map((record) => record.id);
    expect([sent.length, sent[0]]).toEqual([3, sent[1]]);
    expect((await rows()).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
  });

  it.each([
    ['is kept', 600_000, 600_000],
    ['of years is an hour', 10 ** 23, 3_600_000],
  ])('Retry-After %s', async (_name, asked, kept) => {
    const { id } = await filed();
    await accepted(id);
    platform.portal.onRecord = () => Promise.reject(new AgencyUnavailable('429', asked));
    const before = Date.now();
    await catchUp();
    const [{ nextAt } = { nextAt: null }] = (await desks().ofCase(SCOPE, id)).items;
    expect(Date.parse(nextAt!)).toBeGreaterThanOrEqual(before + kept);
    expect(Date.parse(nextAt!)).toBeLessThan(Date.now() + kept + 1_000);
    await platform.database.pool.query(`update portal_record set next_at = now() where state = 'owed'`);
  });

  it('what the portal refuses is seen by its code, holds nothing up, and is sent again when a clerk says so', async () => {
    const { id, caseNumber } = await filed();
    await accepted(id);
    await done(id);
    platform.portal.onRecord = ({ kind }) =>
      Promise.resolve(kind === 'accept' ? { outcome: 'refused', code: 'E102' } : { outcome: 'acknowledged' });
    await catchUp();
    const { items } = await desks().ofCase(SCOPE, id);
    expect(items.map(({ state, refusal }) => [state, refusal])).toEqual([
      ['refused', 'E102'],
      ['acknowledged', null],
    ]);
    platform.portal.onRecord = () => Promise.resolve({ outcome: 'acknowledged' });
    const record = { applicationId: id, id: items[0]!.id };
    expect((await desks().resend(SCOPE, record)).items[0]).toMatchObject({ state: 'owed', refusal: null });
    await catchUp();
    expect((await desks().ofCase(SCOPE, id)).items.map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
    expect(told(caseNumber)).toHaveLength(3);
    await expect(desks().resend(SCOPE, { ...record, applicationId: randomUUID() })).rejects.toMatchObject({
      status: 404,
    });
    const { id: another } = await filed();
    await expect(desks().resend(SCOPE, { ...record, applicationId: another })).rejects.toMatchObject({ status: 404 });
  });

  it('P20: a case is complete when it is closed and the portal has all of it, a rating too where one is given', async () => {
    const { id } = await filed();
    const mine = async () =>
      (await desks().cases(SCOPE, PAGE)).items.find(({ applicationId }) => applicationId === id)!;
    expect(await mine()).toMatchObject({ isComplete: false, isClosed: false, owed: 0, acknowledged: 0 });
    const caller = { subject: (await desk.read(id)).applicantSubject };
    const once = { key: randomUUID(), body: '', route: 'POST /v1/applications/{id}/withdrawal' };
    await platform.app.get(WithdrawSteps).all(caller, once, id);
    const state = await desk.read(id);
    for (const { code, state: stands } of state.state.steps) {
      if (stands === 'queued') await answer(id, code, { kind: 'withdrawn' });
    }
    const ended = await mine();
    expect(ended).toMatchObject({ isClosed: true, isComplete: false });
    expect(ended.missing).toBeGreaterThan(0);
    await catchUp();
    expect(await mine()).toMatchObject({ isComplete: true, missing: 0, owed: 0, sent: 0, refused: 0 });
    expect((await mine()).acknowledged).toBeGreaterThanOrEqual(ended.missing);
    const { acknowledged } = await mine();
    const rating = { level: 2, aspects: { convenience: 1 }, text: '两次才办成' } as const;
    const rated = { ...once, key: randomUUID(), route: 'POST /v1/applications/{id}/rating' };
    await platform.app.get(RateCase).execute(caller, rated, id, rating);
    expect(await mine()).toMatchObject({ isComplete: false, missing: 1, acknowledged });
    await Promise.all([catchUp(), catchUp()]);
    expect(await mine()).toMatchObject({ isComplete: true, missing: 0, acknowledged: acknowledged + 1 });
    const last = platform.portal.records.at(-1)!;
    expect(last).toMatchObject({ kind: 'rating', about: 'rated', service: null });
    expect(last.rating).toEqual({ level: 2, aspects: { convenience: 1 } });
    expect((await desks().ofCase(SCOPE, id)).items.at(-1)).toMatchObject({
      kind: 'rating',
      code: null,
      newbornIndex: null,
      state: 'acknowledged',
    });
    expect((await desks().cases({ ...SCOPE, offices: ['X'] }, PAGE)).items).toEqual([]);
  });
});
