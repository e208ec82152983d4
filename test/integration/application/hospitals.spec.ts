import { ListHospitals } from '@birth/application';
import { toShanghaiDate } from '@birth/standards';
import { aClaimingFamily, birthDesk, dayBeforeBirth, HOSPITAL, notification } from '../../support/births';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const EVERYTHING = { regions: ['*'], agencies: ['*'], offices: ['*'] };

describe('P3: how punctually hospitals tell of births, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof birthDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = birthDesk(platform);
  });
  afterAll(() => platform.stop());

  const list = async (scope = EVERYTHING, year?: number) =>
    (await platform.app.get(ListHospitals).execute(scope, year)).hospitals;

  it('late is what came after the limit when it was first told; who waits is counted, too', async () => {
    await desk.file(aClaimingFamily([{}]));
    const late = aClaimingFamily([{}]);
    // born four days ago: three days begun after the limit of 24 hours
    const again = { recordNumber: 'late-1', bornAt: `${dayBeforeBirth(1)}T00:00:01+08:00` };
    await desk.notify(notification(late, [again]));
    await desk.notify(notification(late, [{ ...again, bornAt: new Date().toISOString() }]));
    await desk.notify(notification(late, [{ recordNumber: 'in-time', bornAt: new Date().toISOString() }]));
    const [hospital, ...others] = await list();
    expect(others).toEqual([]);
    expect(hospital).toMatchObject({ officeCode: HOSPITAL, records: 2, late: 1, waiting: 1 });
    expect(hospital?.officeName).toMatch(/.+/);
    expect([3, 4]).toContain(hospital?.latestDays);
  });

  it('a clerk sees the hospitals of the own scope, and another year holds none of this one’s', async () => {
    expect(await list({ ...EVERYTHING, offices: ['YYH002'] })).toEqual([]);
    expect(await list({ ...EVERYTHING, agencies: ['public-security'] })).toEqual([]);
    expect(await list({ ...EVERYTHING, regions: ['500101'] })).toEqual([]);
    const lastYear = Number(toShanghaiDate(Date.now()).slice(0, 4)) - 1;
    expect(await list(EVERYTHING, lastYear)).toMatchObject([{ records: 0, late: 0, waiting: 1 }]);
  });
});
