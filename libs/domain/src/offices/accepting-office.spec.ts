import offices from '../../../../seeds/offices/yunyang.json';
import type { ApplicationForm } from '../form';
import { acceptingOffice } from './accepting-office';
import type { Office } from './office';

const seeds = offices.offices as unknown as Office[];
const station = (town: string) => seeds.find((office) => office.kind === 'police_station' && office.town === town)!;
const decides = station('500235001');
type Resident = { region: string; permit?: string } | null;
const parents = (mother: Resident, father: Resident = null) =>
  Object.fromEntries(
    Object.entries({ mother, father }).map(([who, parent]) => [
      who,
      parent && { residence: { region: parent.region, address: '' }, residencePermitNumber: parent.permit ?? null },
    ]),
  ) as unknown as Pick<ApplicationForm, 'mother' | 'father'>;

describe('P4: the police lane of 2024-01-19: who accepts while the household’s station decides', () => {
  it.each<[string, Resident, Resident, string | null]>([
    ['the station of the mother’s residence', { region: '500235112', permit: 'J1' }, null, station('500235112').code],
    [
      'of the parent who has the permit',
      { region: '500235112' },
      { region: '500235115', permit: 'J1' },
      station('500235115').code,
    ],
    ['out of province: the region whose station it is', { region: '510722', permit: 'J1' }, null, '510722'],
    ['elsewhere in Chongqing, by its county', { region: '500101003', permit: 'J1' }, null, '500101'],
    ['the same station accepts and decides', { region: '500235001', permit: 'J1' }, null, null],
    ['a residence that names no town', { region: '500235', permit: 'J1' }, null, null],
    ['nobody has a permit', { region: '500235112' }, { region: '510722' }, null],
  ])('%s', (_name, mother, father, expected) => {
    expect(acceptingOffice(parents(mother, father), decides, seeds)).toBe(expected);
  });
});
