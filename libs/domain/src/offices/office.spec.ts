import raw from '../../../../seeds/offices/yunyang.json';
import regions from '../../../../seeds/regions/yunyang-towns.json';
import { channelOf, type Office, readOffices } from './office';
import { isOpeningHours } from './opening-hours';

const offices = raw.offices as unknown as readonly Office[];
const { towns } = regions;

/** The county's offices, the first of a kind changed. */
const changed = (kind: Office['kind'], changes: object) => {
  const at = offices.findIndex((office) => office.kind === kind);
  return { offices: offices.map((office, index) => (index === at ? { ...office, ...changes } : office)) };
};

describe('P2: offices of the county', () => {
  it('load, every one marked assumed, every town and street with its station, desk and unit', () => {
    const read = readOffices(raw as never, towns);
    expect(read.every(({ assumed }) => assumed)).toBe(true);
    expect(towns).toHaveLength(42);
    expect(new Set(read.map(({ town }) => town)).size).toBe(42);
  });

  it.each<[string, Office['kind'], object]>([
    ['code', 'hospital', { code: 'a b' }],
    ['agency', 'hospital', { agency: 'tax' }],
    ['kind', 'hospital', { kind: 'clinic' }],
    ['kind', 'hospital', { kind: 'police_station' }],
    ['kind', 'hospital', { kind: 'outside_agency' }],
    ['name', 'hospital', { name: '' }],
    ['socialCreditCode', 'hospital', { socialCreditCode: '11500235MB0000000X' }],
    ['town', 'hospital', { town: '500235999' }],
    ['town', 'hospital', { town: '500101001' }],
    ['address', 'hospital', { address: '重庆市云阳县江口镇示例路1号' }],
    ['phone', 'hospital', { phone: '55101001' }],
    ['hours', 'hospital', { hours: '白天' }],
    ['dutyPerson', 'hospital', { dutyPerson: ' ' }],
    ['deputy', 'hospital', { deputy: '' }],
    ['deputy', 'hospital', { deputy: undefined }],
    ['deputy', 'hospital', { deputy: '同一人', dutyPerson: '同一人' }],
    ['answerMode', 'hospital', { answerMode: 'fax' }],
    ['bankCode', 'bank_outlet', { bankCode: undefined }],
    ['bankCode', 'hospital', { bankCode: 'RCB' }],
    ['assumed', 'hospital', { assumed: 'yes' }],
  ])('with a wrong %s (%s, %j) refuse to load', (field, kind, changes) => {
    expect(() => readOffices(changed(kind, changes), towns)).toThrow(new RegExp(`: ${field}$`));
  });

  it.each(['code', 'socialCreditCode'] as const)('with a %s that appears twice refuse to load', (field) => {
    const [, second] = offices;
    expect(() => readOffices(changed('hospital', { [field]: second?.[field] }), towns)).toThrow(
      `${field} appears twice`,
    );
  });

  it.each(['vaccination_unit', 'police_station', 'insurance_desk'])(
    'of a town without its %s refuse to load',
    (kind) => {
      const without = offices.filter((office) => office.kind !== kind || office.town !== '500235206');
      expect(() => readOffices({ offices: without }, towns)).toThrow(`town 清水土家族乡: no ${kind}`);
    },
  );

  it.each([
    ['api', 'api'],
    ['exchange_table', 'exchange_table'],
    ['batch', 'batch'],
    ['worklist', 'worklist'],
  ] as const)('that answer by %s are reached through %s', (answerMode, channel) => {
    expect(channelOf({ answerMode })).toBe(channel);
  });

  it.each([
    ['工作日 09:00-12:00 14:00-17:30', true],
    ['每天 08:00-18:00', true],
    ['周一至周五 09:00-17:00；周六 09:00-12:00', true],
    ['工作日', false],
    ['工作日 9-12', false],
    ['工作日 12:00-09:00', false],
    ['工作日 09:00-12:00 11:00-17:30', false],
    ['工作日 09:00-25:00', false],
    ['周八 09:00-12:00', false],
    ['', false],
  ])('hours %s: %s', (text, expected) => expect(isOpeningHours(text)).toBe(expected));
});
