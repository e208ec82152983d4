import type { FamilyRun } from './family-run';
import type { PlatformClient } from './platform-client';
import { portalCount } from './portal-count';

const run = {
  sample: { name: 'one', portal: { records: { accept: 1, result: 1, process: 0 } } },
  filedStatus: 201,
  portalNumber: 'CQ-1',
} as unknown as FamilyRun;
const here = { sample: { name: 'two' }, filedStatus: 201, portalNumber: 'CQ-2' } as unknown as FamilyRun;
const refused = { ...run, filedStatus: 422, portalNumber: 'CQ-3' } as FamilyRun;
const WHOLE = { portalCaseNumber: 'CQ-1', missing: 0, owed: 0, sent: 0, refused: 0, acknowledged: 2 };
const record = (table: string, source_no = 'CQ-1') => ({ table, data: { source_no } });
const BOTH = [record('up_pro_accept'), record('up_pro_result'), record('up_pro_accept', 'CQ-9')];

const counted = (items: object[], records: object[]) => {
  const client = {
    clerkToken: () => Promise.resolve('t'),
    get: () => Promise.resolve({ status: 200, body: { items } }),
    control: () => Promise.resolve({ status: 200, body: { records } }),
  } as unknown as PlatformClient;
  return portalCount(client, [run, here, refused], -1);
};

describe('what the city’s portal knows of the demo’s cases', () => {
  it.each<[string, object[], object[], string[]]>([
    ['all of it', [WHOLE, { ...WHOLE, portalCaseNumber: 'CQ-9' }], BOTH, []],
    ['a record is owed', [{ ...WHOLE, owed: 1 }], BOTH, ['one: 1 records are not acknowledged']],
    ['one is not made yet', [{ ...WHOLE, missing: 1 }], BOTH, ['one: 1 records are not acknowledged']],
    ['one is refused', [{ ...WHOLE, refused: 1 }], BOTH, ['one: 1 records are not acknowledged']],
    [
      'the portal lost one that it acknowledged',
      [WHOLE],
      BOTH.slice(1),
      ['one: the portal has 1 of 2', 'one: 0 records of accept, not 1'],
    ],
    [
      'it was told something else',
      [WHOLE],
      [record('up_pro_accept'), record('up_pro_process')],
      ['one: 0 records of result, not 1', 'one: 1 records of process, not 0'],
    ],
    ['the case is unknown', [], BOTH, ['one: no case of the portal']],
  ])('%s', async (_name, items, records, differences) => {
    const found = await counted(items, records);
    expect([...found.differences].sort()).toEqual([...differences].sort());
    expect(found.count.byPortal).toBe(1);
  });

  it('counts what is acknowledged and what is not', async () => {
    const { count } = await counted([{ ...WHOLE, missing: 1, owed: 2, sent: 3, refused: 4 }], BOTH);
    expect(count).toEqual({ byPortal: 1, portalRecords: 2, portalOwed: 10 });
  });
});
