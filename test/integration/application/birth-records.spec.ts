import {
  BIRTH_RECORD_STORE,
  type BirthRecordStore,
  CASE_STORE,
  type CaseStore,
  CLERK_READS,
  type ClerkReads,
  ClerkSteps,
  FireDeadline,
} from '@birth/application';
import { aClaimingFamily, BORN_ON, birthDesk, dayBeforeBirth, HOSPITAL, notification } from '../../support/births';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const MISSING = ['hospital_record_missing'];
const DIFFERS = ['data_mismatch', 'hospital_record_missing'];
const twins = [{ plurality: 2 }, { plurality: 2 }];

describe('P3: hospital records on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof birthDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = birthDesk(platform);
  });
  afterAll(() => platform.stop());

  const read = async (id: string) => (await platform.app.get<CaseStore>(CASE_STORE).read(id))!;
  const stepsOf = async (id: string, index = 0) =>
    (await read(id)).state.steps.filter(
      ({ newbornIndex, code }) => newbornIndex === index && (code === 'birth_certificate' || code === 'vaccination'),
    );
  const holdsOf = async (id: string, index = 0) => (await stepsOf(id, index)).map(({ holds }) => holds);
  const birthOf = async (id: string, index = 0) => (await read(id)).open(index, ['birth']).birth;
  const openTasks = async (id: string) =>
    (await platform.app.get<ClerkReads>(CLERK_READS).openTasks(id)).map(({ kind }) => kind);

  describe('late twins', () => {
    it.each([
      ['first child first', [1, 2]],
      ['second child first', [2, 1]],
    ])('%s: each record goes to its own newborn and to no other', async (_name, orders) => {
      const family = aClaimingFamily(twins);
      const id = await desk.file(family);
      const sexes = ['female', 'male'] as const;
      for (const [at, order] of orders.entries()) {
        await desk.notify(notification(family, [{ plurality: 2, deliveryOrder: order, sex: sexes[order - 1]! }]));
        if (at === 0) {
          expect(await holdsOf(id, order - 1)).toEqual([[], []]);
          expect(await holdsOf(id, 2 - order)).toEqual([MISSING, MISSING]);
          expect(await birthOf(id, 2 - order)).toBeNull();
        }
      }
      for (const index of [0, 1]) {
        expect(await holdsOf(id, index)).toEqual([[], []]);
        expect(await birthOf(id, index)).toMatchObject({ deliveryOrder: index + 1, sex: sexes[index] });
      }
    });

    it('both in one message', async () => {
      const family = aClaimingFamily(twins);
      const id = await desk.file(family);
      await desk.notify(
        notification(family, [
          { plurality: 2, deliveryOrder: 2, sex: 'male' },
          { plurality: 2, deliveryOrder: 1 },
        ]),
      );
      expect(await birthOf(id, 0)).toMatchObject({ deliveryOrder: 1, sex: 'female' });
      expect(await birthOf(id, 1)).toMatchObject({ deliveryOrder: 2, sex: 'male' });
      const { rows } = await platform.database.pool.query(
        'select count(distinct birth_record_id)::int as records from newborn where application_id = $1',
        [id],
      );
      expect(rows).toEqual([{ records: 2 }]);
    });
  });

  describe('a record that differs holds the case and gives nothing', () => {
    const ROWS = [
      ['another plurality', {}, [{ plurality: 2 }], HOSPITAL],
      ['another place in the order', { plurality: 2, deliveryOrder: 2 }, [{ plurality: 2 }], HOSPITAL],
      ['another day', {}, [{ bornAt: `${dayBeforeBirth(1)}T08:30:00+08:00` }], HOSPITAL],
      ['another hospital', {}, [{}], 'YYH002'],
    ] as const;

    it.each(ROWS)('%s, arriving late', async (_name, claim, records, office) => {
      const family = aClaimingFamily([claim]);
      const id = await desk.file(family);
      await desk.notify(notification(family, records, office));
      expect(await holdsOf(id)).toEqual([DIFFERS, DIFFERS]);
      expect(await birthOf(id)).toBeNull();
      expect(await openTasks(id)).toEqual(['data_mismatch', 'data_mismatch']);
      expect((await read(id)).state.status).toBe('needs_clerk');
    });

    it.each(ROWS)('%s, known at filing', async (_name, claim, records, office) => {
      const family = aClaimingFamily([claim]);
      await desk.notify(notification(family, records, office));
      const id = await desk.file(family);
      expect(await holdsOf(id)).toEqual([DIFFERS, DIFFERS]);
      expect(await birthOf(id)).toBeNull();
      const sent = platform.queue.offered.map(({ stepId }) => stepId);
      for (const step of await stepsOf(id)) expect(sent).not.toContain(step.id);
    });

    it('a corrected record of the hospital lifts it and closes the tasks', async () => {
      const family = aClaimingFamily([{}]);
      const id = await desk.file(family);
      await desk.notify(notification(family, [{ recordNumber: `C-${id}`, plurality: 2 }]));
      expect(await holdsOf(id)).toEqual([DIFFERS, DIFFERS]);
      await desk.notify(notification(family, [{ recordNumber: `C-${id}`, plurality: 1 }]));
      expect(await holdsOf(id)).toEqual([[], []]);
      expect(await birthOf(id)).toMatchObject({ plurality: 1 });
      expect(await openTasks(id)).toEqual([]);
    });

    it('a clerk who compared says that it is this child’s: the hospital’s facts count', async () => {
      const family = aClaimingFamily([{}]);
      const id = await desk.file(family);
      const bornOn = dayBeforeBirth(1);
      await desk.notify(notification(family, [{ bornAt: `${bornOn}T23:10:00+08:00` }]));
      const [certificate] = await stepsOf(id);
      const clerk = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };
      const request = { expectedVersion: certificate!.version, reason: 'compared with the delivery book' };
      const verify = (confirmed: boolean) =>
        platform.app.get(ClerkSteps).verify(clerk, certificate!.id, { ...request, confirmed });
      await expect(verify(false)).rejects.toMatchObject({ status: 409, code: 'hospital_must_correct' });
      await verify(true);
      expect(await holdsOf(id)).toEqual([[], []]);
      expect(await birthOf(id)).toMatchObject({ bornAt: `${bornOn}T23:10:00+08:00` });
      expect((await read(id)).state.newborns[0]!.bornOn).toBe(bornOn);
      expect(await openTasks(id)).toEqual([]);
      const [newborn] = family.form.newborns;
      const claimedBirth = { ...newborn!.claimedBirth!, bornOn };
      const second = { ...family, form: { ...family.form, newborns: [{ ...newborn!, claimedBirth }] } };
      await expect(desk.file(second)).rejects.toMatchObject({ status: 409, code: 'case_open' });
    });

    it('the mother’s earlier child is another birth', async () => {
      const family = aClaimingFamily([{}]);
      const id = await desk.file(family);
      await desk.notify(notification(family, [{ bornAt: '2023-05-05T08:30:00+08:00' }]));
      expect(await holdsOf(id)).toEqual([MISSING, MISSING]);
    });
  });

  describe('no case waits for a record that we hold', () => {
    it('stored, then stopped before it was given: the hospital’s repetition gives it', async () => {
      const family = aClaimingFamily([{}]);
      const id = await desk.file(family);
      const message = notification(family, [{}]);
      await stopsBeforeGiving(() => desk.notify(message));
      expect(await holdsOf(id)).toEqual([MISSING, MISSING]);
      expect((await desk.notify(message)).outcome).toBe('duplicate');
      expect(await holdsOf(id)).toEqual([[], []]);
    });

    it('stored, then stopped: the next DEADLINE gives it', async () => {
      const family = aClaimingFamily([{}]);
      const id = await desk.file(family);
      await stopsBeforeGiving(() => desk.notify(notification(family, [{}])));
      const [, vaccination] = await stepsOf(id);
      const { rows } = await platform.database.pool.query<{ offer: string }>(
        `select offer::text as offer from work where step_id = $1 and kind = 'DEADLINE'`,
        [vaccination!.id],
      );
      const hint = { stepId: vaccination!.id, kind: 'DEADLINE', queue: 'platform', offer: rows[0]!.offer, priority: 0 };
      await platform.app.get(FireDeadline).execute(hint as Parameters<FireDeadline['execute']>[0]);
      expect(await holdsOf(id)).toEqual([[], []]);
      expect(await birthOf(id)).toMatchObject({ deliveryOrder: 1 });
    });

    it('it comes between our look and the commit of the filing', async () => {
      const family = aClaimingFamily([{}]);
      const store = platform.app.get<CaseStore>(CASE_STORE);
      const file = store.file.bind(store);
      const spy = jest.spyOn(store, 'file').mockImplementationOnce(async (request) => {
        await desk.notify(notification(family, [{}]));
        return file(request);
      });
      const id = await desk.file(family);
      spy.mockRestore();
      expect(await holdsOf(id)).toEqual([[], []]);
    });

    it('filing and notification at once, many times: nothing waits', async () => {
      const families = Array.from({ length: 12 }, () => aClaimingFamily([{}]));
      const ids = await Promise.all(
        families.map(async (family) => {
          const [id] = await Promise.all([desk.file(family), desk.notify(notification(family, [{}]))]);
          return id;
        }),
      );
      for (const id of ids) expect(await holdsOf(id)).toEqual([[], []]);
    });

    it.each([
      ['late', false],
      ['known at filing', true],
    ])('a moment in UTC is a day in the county (%s)', async (_name, isKnown) => {
      const family = aClaimingFamily([{}]);
      const utc = new Date(Date.parse(`${BORN_ON}T03:30:00+08:00`)).toISOString();
      expect(utc.slice(0, 10)).not.toBe(BORN_ON);
      const message = notification(family, [{ bornAt: utc }]);
      if (isKnown) await desk.notify(message);
      const id = await desk.file(family);
      if (!isKnown) await desk.notify(message);
      expect(await holdsOf(id)).toEqual([[], []]);
    });
  });

  /** The process ends between the two transactions. */
  async function stopsBeforeGiving(work: () => Promise<unknown>): Promise<void> {
    const store = platform.app.get<BirthRecordStore>(BIRTH_RECORD_STORE);
    const spy = jest.spyOn(store, 'casesWaitingFor').mockRejectedValueOnce(new Error('stopped'));
    await expect(work()).rejects.toThrow('stopped');
    spy.mockRestore();
  }
});
