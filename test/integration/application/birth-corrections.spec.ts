import { ClerkSteps, COUNTY, type County, SendStep } from '@birth/application';
import { type ApplicationForm, insuranceNotices } from '@birth/domain';
import { aClaimingFamily, birthDesk, BORN_ON, dayBeforeBirth, notification, type Notified } from '../../support/births';
import { caseDesk } from '../../support/cases';
import { aFamily } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };

describe('P3, P15: a hospital mends its record of a running case, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof birthDesk>;
  let cases: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = birthDesk(platform);
    cases = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
  });

  /** A case that goes by one record of the hospital, which may say it again with other facts. */
  async function recorded() {
    const family = aClaimingFamily([{}]);
    const id = await desk.file(family);
    const recordNumber = `C-${id}`;
    const say = (facts: Notified, of: { form: ApplicationForm } = family) =>
      desk.notify(notification(of, [{ recordNumber, ...facts }]));
    await say({});
    return { id, say };
  }
  const birthOf = async (id: string) => (await cases.read(id)).open(0, ['birth']).birth;
  const tasks = async (id: string, code: 'birth_certificate' | 'vaccination') =>
    (await cases.openTasks((await cases.step(id, code)).id)).map(({ kind, reason }) => [kind, reason]);
  const historyOf = async (id: string) => {
    const { rows } = await platform.database.pool.query<{ type: string }>(
      `select type from step_event where application_id = $1 and type like 'birth_%'`,
      [id],
    );
    return rows.map(({ type }) => type);
  };

  it('before anything was sent: it goes with the mended facts, and nobody is asked', async () => {
    const { id, say } = await recorded();
    const day = dayBeforeBirth(1);
    const told = await say({ sex: 'male', bornAt: `${day}T23:00:00+08:00` });
    expect(told.records.map(({ outcome }) => outcome)).toEqual(['replaced']);
    expect(await birthOf(id)).toMatchObject({ sex: 'male', bornAt: `${day}T23:00:00+08:00` });
    expect((await cases.read(id)).state.newborns[0]?.bornOn).toBe(day);
    expect([await tasks(id, 'birth_certificate'), await tasks(id, 'vaccination')]).toEqual([[], []]);
  });

  it('after it was sent: the office that has the old facts is asked to change them, once', async () => {
    const { id, say } = await recorded();
    const certificate = await cases.step(id, 'birth_certificate');
    const hint = platform.queue.offered.find(({ stepId }) => stepId === certificate.id);
    await platform.app.get(SendStep).execute(hint!);
    await say({ sex: 'male' });
    await say({ sex: 'male' });
    expect(await tasks(id, 'birth_certificate')).toEqual([['data_update', 'data_changed']]);
    expect(await tasks(id, 'vaccination')).toEqual([]);
    expect(await historyOf(id)).toEqual(['birth_corrected']);
  });

  it('the same facts again, in another offset, change nothing', async () => {
    const { id, say } = await recorded();
    const before = await birthOf(id);
    await say({ bornAt: new Date(Date.parse(`${BORN_ON}T08:30:00+08:00`)).toISOString() });
    expect(await birthOf(id)).toEqual(before);
    expect(await historyOf(id)).toEqual([]);
  });

  it('P11: it treats the child, and the family is offered enrolment on the certificate until it does so no more', async () => {
    const { id, say } = await recorded();
    const isOffered = async () => {
      const { state } = await cases.read(id);
      const insurance = state.steps.find(({ code }) => code === 'medical_insurance')!;
      const { settings } = platform.app.get<County>(COUNTY).policyAt(state.filedAt);
      return insuranceNotices(insurance, state, { settings, now: Date.now() }).map(({ ground }) => ground);
    };
    expect(await isOffered()).toEqual([]);
    await say({ inHospital: true });
    expect(await isOffered()).toEqual(['baby_in_hospital']);
    await say({ inHospital: null });
    expect(await isOffered()).toEqual(['baby_in_hospital']);
    await say({ inHospital: false, sex: 'male' });
    expect([await isOffered(), (await birthOf(id))?.sex]).toEqual([[], 'male']);
  });

  it('P11: a record that comes late with that word offers it too', async () => {
    const family = aClaimingFamily([{}]);
    const id = await desk.file(family);
    await desk.notify(notification(family, [{ recordNumber: `C-${id}`, inHospital: true }]));
    expect((await cases.read(id)).state.newborns[0]?.inHospital).toBe(true);
  });

  it.each<[string, Notified, boolean]>([
    ['another mother’s', {}, true],
    ['a child’s who was never alive', { outcome: 'stillborn' }, false],
  ])('%s by what it says now: what was stored stays, and a person settles it', async (_name, facts, isOther) => {
    const { id, say } = await recorded();
    const certificate = await cases.step(id, 'birth_certificate');
    const hint = platform.queue.offered.find(({ stepId }) => stepId === certificate.id);
    await platform.app.get(SendStep).execute(hint!);
    const told = isOther ? await say(facts, aFamily()) : await say(facts);
    expect(told.records.map(({ outcome }) => outcome)).toEqual(['data_mismatch']);
    expect(await birthOf(id)).toMatchObject({ sex: 'female' });
    expect(await tasks(id, 'birth_certificate')).toEqual([['data_update', 'hospital_record_disputed']]);
  });

  it('what waits for something else is not sent until the hospital or a clerk has settled it', async () => {
    const family = aClaimingFamily([{}]);
    const [newborn] = family.form.newborns;
    const form = { ...family.form, newborns: [{ ...newborn!, name: null }] };
    const id = await desk.file({ ...family, form });
    const say = (facts: Notified, of: { form: ApplicationForm } = family) =>
      desk.notify(notification(of, [{ recordNumber: `C-${id}`, ...facts }]));
    await say({});
    const holds = async () => (await cases.step(id, 'birth_certificate')).holds;
    expect(await holds()).toEqual(['name_undecided']);
    await say({}, aFamily());
    expect(await holds()).toEqual(['data_mismatch', 'name_undecided']);
    await say({});
    expect(await holds()).toEqual(['name_undecided']);

    await say({}, aFamily());
    const verify = async (confirmed: boolean) => {
      const { id: stepId, version: expectedVersion } = await cases.step(id, 'birth_certificate');
      const request = { expectedVersion, reason: 'compared with the delivery book', confirmed };
      return platform.app.get(ClerkSteps).verify(CLERK, stepId, request);
    };
    await expect(verify(false)).rejects.toMatchObject({ status: 409, code: 'hospital_must_correct' });
    await verify(true);
    expect(await holds()).toEqual(['name_undecided']);
  });
});
