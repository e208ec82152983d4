import {
  type AgencyAnswer,
  ClerkSteps,
  ReportResult,
  SendStep,
  SubmitApplication,
  TakeAnswer,
  WORKLIST_READS,
  type WorklistReads,
  TakeHint,
} from '@birth/application';
import type { StepCode } from '@birth/domain';
import { residentIdCheckCharacter } from '@birth/standards';
import { caseDesk } from '../../support/cases';
import { aFamily, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
const NUMBER = 'L510000001';

describe('who was registered, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
    platform.agencies.onCheck = () => Promise.resolve('not_found');
    platform.agencies.sent.length = 0;
  });

  const certificate = (registeredName: string, certificateNumber = NUMBER): AgencyAnswer => ({
    kind: 'completed',
    receipt: 'R-1',
    results: {
      birth_certificate: { certificateNumber, issuedOn: '2026-11-02', issuer: '云阳县人民医院', registeredName },
    },
  });

  async function filed() {
    const { form, mother } = aFamily();
    // elsewhere in the city: the certificate is verified, the police take it online
    form.newborns[0]!.birth!.place.region = '500101';
    const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
    const { id } = body as { id: string };
    const { surname, given } = form.newborns[0]!.name!;
    const step = (code: StepCode = 'birth_certificate') => desk.step(id, code);
    const at = { applicationId: id, stepId: (await step()).id };
    const bornOn = (await desk.read(id)).state.newborns[0]!.bornOn;
    return { id, mother, at, step, name: surname + given, surname, bornOn };
  }
  type Filed = Awaited<ReturnType<typeof filed>>;

  const report = ({ mother, at }: Filed, facts: { certificateNumber: string }) =>
    platform.app.get(ReportResult).doneElsewhere(mother, once(facts), at, facts);
  const say = async ({ step }: Filed, answer: AgencyAnswer, code: StepCode = 'birth_certificate') => {
    const { id: stepId, agency, generation } = await step(code);
    const by = { actor: 'agency', actorId: agency } as const;
    await platform.app.get(TakeAnswer).execute({ stepId, generation, via: 'callback', answer, by });
  };
  async function verify({ step }: Filed, confirmed: boolean, code: StepCode = 'birth_certificate') {
    const { id: stepId, version: expectedVersion } = await step(code);
    const request = { expectedVersion, reason: 'compared with the register', confirmed };
    return platform.app.get(ClerkSteps).verify(CLERK, stepId, request);
  }
  async function ask({ step }: Filed) {
    const { id: stepId } = await step();
    const { rows } = await platform.database.pool.query<{ offer: string }>(
      `select offer::text from work where step_id = $1 and kind = 'POLL'`,
      [stepId],
    );
    const hint = { queue: 'health-commission', stepId, kind: 'POLL', offer: rows[0]!.offer, priority: 0 } as const;
    await platform.app.get(TakeHint).execute(hint);
  }
  const openTask = async ({ at }: Filed) => (await desk.openTasks(at.stepId)).map(({ kind, reason }) => [kind, reason]);

  it('P14: the report wins over a call under way, and its late answer completes at the counter', async () => {
    const one = await filed();
    let letThrough: (answer: AgencyAnswer) => void = () => undefined;
    const isCalled = new Promise<void>((called) => {
      platform.agencies.onSubmit = () => {
        called();
        return new Promise((resolve) => (letThrough = resolve));
      };
    });
    const sending = platform.app.get(SendStep).execute(platform.queue.take('health-commission'));
    await isCalled;
    await report(one, { certificateNumber: NUMBER });
    expect(await one.step()).toMatchObject({ state: 'accepted', reason: 'verifying', sentGeneration: 1 });
    const { work } = (await desk.read(one.id)).state;
    expect(
      work
        .filter(({ stepId }) => stepId === one.at.stepId)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['DEADLINE', 'POLL']);
    letThrough(certificate(one.name));
    await sending;
    expect(await one.step()).toMatchObject({ state: 'completed', source: 'counter' });
    expect((await one.step('household_registration')).state).toBe('queued');
    expect(await openTask(one)).toEqual([]);
  });

  it('P14: report, late answer and the agency’s own word at the same moment leave one result', async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = await filed();
      await desk.send('health-commission');
      await Promise.allSettled([
        report(one, { certificateNumber: NUMBER }),
        say(one, certificate(one.name)),
        say(one, { kind: 'accepted', receipt: 'R-1' }),
      ]);
      expect(await one.step()).toMatchObject({ state: 'completed' });
      expect((await one.step('household_registration')).state).toBe('queued');
    }
  });

  it('P14: the agency is asked at once; of another certificate a clerk decides, and its number counts', async () => {
    const one = await filed();
    await desk.send('health-commission');
    await report(one, { certificateNumber: NUMBER });
    platform.agencies.onCheck = () => Promise.resolve(certificate(one.name, 'L510000009'));
    await ask(one);
    expect(await one.step()).toMatchObject({ state: 'stuck', reason: 'data_mismatch', owner: 'clerk' });
    expect(await openTask(one)).toEqual([['data_mismatch', 'registered_certificate_number_differs']]);
    await expect(verify(one, false)).rejects.toMatchObject({ status: 409, code: 'agency_must_correct' });
    await verify(one, true);
    expect(await one.step()).toMatchObject({ state: 'completed', source: 'counter' });
    expect((await desk.read(one.id)).open(0, ['results']).results).toMatchObject({
      birth_certificate: { certificateNumber: 'L510000009' },
    });
    expect(await openTask(one)).toEqual([]);
  });

  it('P14: what the agency does not know is compared by a clerk', async () => {
    const one = await filed();
    await desk.send('health-commission');
    await report(one, { certificateNumber: NUMBER });
    await ask(one);
    expect(await openTask(one)).toEqual([['verification', 'reported_done_elsewhere']]);
    await verify(one, true);
    expect(await one.step()).toMatchObject({ state: 'completed', source: 'counter' });
    expect((await one.step('household_registration')).state).toBe('queued');
  });

  const registration = ({ bornOn }: Filed, registeredName: string, order = '012'): AgencyAnswer => {
    const first = `500235${bornOn.replaceAll('-', '')}${order}`;
    const residentIdNumber = first + residentIdCheckCharacter(first);
    const place = { householdNumber: 'H1', address: '重庆市云阳县', stationName: '双江派出所', registeredOn: bornOn };
    return {
      kind: 'completed',
      receipt: 'R-2',
      results: { household_registration: { residentIdNumber, registeredName, ...place } },
    };
  };

  it('P15: another registered name holds what follows; the police’s corrected answer lets it go on', async () => {
    const one = await filed();
    await say(one, certificate(one.name));
    await desk.send('public-security');
    await say(one, registration(one, one.surname + '岸'), 'household_registration');
    expect(await one.step('household_registration')).toMatchObject({ state: 'stuck', reason: 'data_mismatch' });
    expect((await one.step('medical_insurance')).state).toBe('waiting');
    expect((await desk.read(one.id)).open(0, ['results']).results.household_registration).toBeUndefined();
    await say(one, registration(one, one.name), 'household_registration');
    expect(await one.step('household_registration')).toMatchObject({ state: 'completed', source: 'agency' });
    expect((await one.step('medical_insurance')).state).toBe('queued');
  });

  it('P15: a clerk confirms the registered name: it is sent on, and the hospital is asked for another certificate', async () => {
    const one = await filed();
    await say(one, certificate(one.name));
    await desk.send('public-security');
    await say(one, registration(one, one.surname + '岸'), 'household_registration');
    await verify(one, true, 'household_registration');
    const { name, results } = (await desk.read(one.id)).open(0, ['name', 'results']);
    expect([name?.given, results.household_registration?.registeredName]).toEqual(['岸', one.surname + '岸']);
    expect(await one.step('medical_insurance')).toMatchObject({ state: 'queued' });
    expect(await openTask(one)).toEqual([['data_update', 'reissue']]);
    const { id: stepId, version: expectedVersion } = await one.step();
    const told = { expectedVersion, reason: 'the hospital has issued another', decision: 'data_updated' } as const;
    await platform.app.get(ClerkSteps).resolve(CLERK, stepId, told);
    expect(await openTask(one)).toEqual([]);
  });

  it('P15: sex is for hospital and police to correct', async () => {
    const one = await filed();
    await say(one, certificate(one.name));
    await desk.send('public-security');
    await say(one, registration(one, one.name, '011'), 'household_registration');
    expect(await openTaskOf(one, 'household_registration')).toEqual(['registered_sex_differs']);
    await expect(verify(one, true, 'household_registration')).rejects.toMatchObject({ code: 'agency_must_correct' });
  });
  describe('P14: done at the counter before anything was sent', () => {
    const code = 'household_registration' as const;
    const numberIn = (answer: AgencyAnswer): string =>
      answer.kind === 'completed' ? answer.results.household_registration!.residentIdNumber : '';
    async function reported(one: Filed, residentIdNumber: string) {
      const at = { ...one.at, stepId: (await one.step(code)).id };
      return platform.app
        .get(ReportResult)
        .doneElsewhere(one.mother, once({ residentIdNumber }), at, { residentIdNumber });
    }
    async function lookUp(one: Filed) {
      const { id: stepId } = await one.step(code);
      const { rows } = await platform.database.pool.query<{ offer: string }>(
        `select offer::text from work where step_id = $1 and kind = 'POLL'`,
        [stepId],
      );
      const hint = { queue: 'public-security', stepId, kind: 'POLL', offer: rows[0]!.offer, priority: 0 } as const;
      await platform.app.get(TakeHint).execute(hint);
    }

    it('the register is asked by who the child is: completed at the counter, what follows goes on, no clerk', async () => {
      const one = await filed();
      const known = registration(one, one.name);
      const asked: (string | null)[] = [];
      platform.agencies.onLookUp = ({ sections: { existing, name } }) => {
        asked.push(existing.residentIdNumber, name!.surname + name!.given);
        return Promise.resolve({ ...known, receipt: undefined } as unknown as AgencyAnswer);
      };
      await reported(one, numberIn(known));
      await lookUp(one);
      expect(asked).toEqual([numberIn(known), one.name]);
      expect(await one.step(code)).toMatchObject({ state: 'completed', source: 'counter', sentGeneration: 0 });
      expect((await one.step('medical_insurance')).state).toBe('queued');
      expect(platform.agencies.sent.filter(({ agency }) => agency === 'public-security')).toEqual([]);
      expect(await openTaskOf(one, code)).toEqual([]);
    });

    it('another child’s number: a mismatch, which the family mends by the right one', async () => {
      const one = await filed();
      const known = registration(one, one.name);
      platform.agencies.onLookUp = () =>
        Promise.resolve({ kind: 'completed', results: {}, differs: ['resident_id_number'] });
      await reported(one, numberIn(registration(one, one.name, '014')));
      await lookUp(one);
      expect(await one.step(code)).toMatchObject({ state: 'stuck', reason: 'data_mismatch', owner: 'clerk' });
      expect((await one.step('medical_insurance')).state).toBe('waiting');
      await expect(verify(one, true, code)).rejects.toMatchObject({ code: 'agency_must_correct' });
      platform.agencies.onLookUp = () => Promise.resolve(known);
      await reported(one, numberIn(known));
      await lookUp(one);
      expect(await one.step(code)).toMatchObject({ state: 'completed', source: 'counter' });
    });

    it.each(['worklist', 'batch'])(
      'an office that works by hand is asked by %s, and shown what was told',
      async (channel) => {
        const one = await filed();
        const { id: stepId } = await one.step(code);
        await platform.database.pool.query(`update step set channel = $2 where id = $1`, [stepId, channel]);
        const known = registration(one, one.name);
        await reported(one, numberIn(known));
        const { items } = await platform.app
          .get<WorklistReads>(WORKLIST_READS)
          .open('public-security', null, null, 100);
        expect(items.find((item) => item.stepId === stepId)?.payload).toMatchObject({
          existing: { residentIdNumber: numberIn(known) },
        });
        expect(await openTaskOf(one, code)).toEqual(['reported_done_elsewhere', 'reported_done_elsewhere']);
        expect((await desk.openTasks(stepId)).map(({ kind }) => kind)).toEqual(['verification', 'worklist']);
        const by = { actor: 'agency', actorId: 'public-security' } as const;
        const { generation } = await one.step(code);
        await platform.app.get(TakeAnswer).execute({ stepId, generation, via: 'worklist', answer: known, by });
        expect(await one.step(code)).toMatchObject({ state: 'completed', source: 'counter', sentGeneration: 0 });
        expect(await openTaskOf(one, code)).toEqual([]);
      },
    );
  });

  it('P14: an agency’s "exists" is a counter’s, unless something of ours may have been there before', async () => {
    const found = (): AgencyAnswer => ({
      kind: 'completed',
      results: { vaccination: { childCode: 'C1', bookNumber: 'B1', unitName: '门诊' } },
      existed: true,
    });
    const first = await filed();
    platform.agencies.onSubmit = (_request, agency) =>
      Promise.resolve(agency === 'disease-control' ? found() : { kind: 'accepted' });
    await desk.send('disease-control');
    expect(await first.step('vaccination')).toMatchObject({ state: 'completed', source: 'counter' });
    const second = await filed();
    const { id: stepId } = await second.step('vaccination');
    await platform.database.pool.query(`update work set last_attempt_at = now() where step_id = $1`, [stepId]);
    await desk.send('disease-control');
    expect(await second.step('vaccination')).toMatchObject({ state: 'completed', source: 'agency' });
  });

  const openTaskOf = async ({ step }: Filed, code: StepCode) =>
    (await desk.openTasks((await step(code)).id)).map(({ reason }) => reason);
});
