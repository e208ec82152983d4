import { courseOf, type DeliveryTask, readDelivery, waybillOf } from '../src/deliveries/delivery-task';
import { AgencyScript, scripted } from '../src/scenarios/agency-script';
import type { Scenario } from '../src/scenarios/scenario';

const PACE_MS = 30;

const item = (payload: object) => ({
  taskId: 'task-1',
  key: 'key-1',
  code: 'delivery',
  qualifier: 'social_security_card',
  payload: {
    name: { surname: '李', given: '安' },
    paper: 'card',
    delivery: { document: 'social_security_card', mode: 'mail', recipient: '王芳', address: '双江街道1号' },
    ...payload,
  },
});
const [mailed] = readDelivery(item({})) as [DeliveryTask];
const [fetched] = readDelivery(item({ delivery: { mode: 'self' } })) as [DeliveryTask];
const [book] = readDelivery(item({ paper: 'household_book' })) as [DeliveryTask];

/** What the office says, one after the other. */
function said(task: DeliveryTask, scenario?: Scenario): string[] {
  const byName = scenario === undefined ? {} : { 李安: scripted(scenario) };
  const script = new AgencyScript({ all: null, byName }, () => undefined);
  return courseOf(task, script, PACE_MS).map(({ stage }) => ('detail' in stage ? stage.detail : stage.kind));
}

describe('P13: offices hand out what they made', () => {
  it.each<[string, DeliveryTask, Scenario | undefined, string[]]>([
    ['fetched', fetched, undefined, ['done']],
    ['fetched by nobody', fetched, { kind: 'never_fetched' }, ['action']],
    ['by mail', mailed, undefined, ['posted', 'done']],
    ['by mail, not signed for', mailed, { kind: 'parcel_unsigned' }, ['posted']],
    ['by mail, come back', mailed, { kind: 'parcel_returned' }, ['posted', 'returned']],
    ['by mail, lost', mailed, { kind: 'parcel_lost' }, ['posted', 'lost']],
    ['a household book', book, undefined, ['received', 'page_printed', 'posted', 'done']],
  ])('%s', (_name, task, scenario, course) => {
    expect(said(task, scenario)).toEqual(course);
  });

  it('one parcel has one waybill, another one another, as the post writes it', () => {
    const one = { ...mailed, parcel: 'parcel-1' };
    expect(waybillOf(one)).toMatch(/^EA\d{9}CN$/);
    expect(waybillOf({ ...mailed, taskId: 'task-2', parcel: 'parcel-1' })).toBe(waybillOf(one));
    expect(waybillOf({ ...mailed, parcel: 'parcel-2' })).not.toBe(waybillOf(one));
  });

  it.each([
    ['another step', { ...item({}), code: 'vaccination' }],
    ['no wish', item({ delivery: null })],
    ['nothing', {}],
  ])('%s is not for this desk', (_name, one) => {
    expect(readDelivery(one)).toEqual([]);
  });
});
