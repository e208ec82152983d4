import { applicationStatus } from '../application-status';
import type { CaseState, NewbornState, StepRecord } from '../case-state';
import type { DeliveryDocument, DeliveryPlan } from '../papers/delivery-plan';
import { deliveryPlans, PRODUCERS } from '../papers/delivery-plan';
import type { CustodyEvent, PaperRecord } from '../papers/paper';
import { SERVICE_CODES } from '../vocabulary';
import type { AnsweredEvent, CaseEvent } from './case-event';
import { decide, type Decision } from './decide';
import { answered, caseOf, contextOf, NOW, rowOf, stepOf } from './model/model-case.spec-support';

const DAY_MS = 86_400_000;
let born = 0;
const newId = (): string => `born-${(born += 1)}`;
const context = (now = NOW) => contextOf(undefined, { now, newId });

const PAPERS = {
  birth_certificate: 'certificate_main',
  vaccination_book: 'vaccination_book',
  household_page: 'household_page',
  social_security_card: 'card',
} as const;
const wish = (document: DeliveryDocument, more: Partial<DeliveryPlan> = {}): DeliveryPlan => ({
  document,
  mode: 'self',
  address: null,
  paper: PAPERS[document],
  ...more,
});
const mail = (document: DeliveryDocument, more: Partial<DeliveryPlan> = {}): DeliveryPlan =>
  wish(document, { mode: 'mail', address: 0, ...more });

/** Each newborn's services are under way at an office of their own kind; twins have the same offices. */
function family(...newborns: readonly (readonly DeliveryPlan[])[]): CaseState {
  const given = caseOf();
  const steps = newborns.flatMap((_, newbornIndex) =>
    SERVICE_CODES.map((code) =>
      stepOf({
        id: `${newbornIndex}-${code}`,
        newbornIndex,
        code,
        state: 'accepted',
        reason: 'in_progress',
        owner: 'agency',
        sentGeneration: 1,
        officeCode: `OFFICE-${code}`,
        basis: code === 'medical_insurance' ? 'citizen_id' : null,
      }),
    ),
  );
  const [one] = given.newborns as [NewbornState];
  return { ...given, steps, newborns: newborns.map((deliveries, index) => ({ ...one, index, deliveries })) };
}

const said = (state: CaseState, stepId: string, more: Partial<AnsweredEvent> = {}, now = NOW): Decision =>
  decide(state, answered('completed', { stepId, via: 'worklist', occurredAt: now, ...more }), context(now));
const made = (state: CaseState, document: DeliveryDocument, index = 0): CaseState =>
  said(state, `${index}-${PRODUCERS[document]}`, { via: 'callback' }).state;
const deliveries = ({ steps }: CaseState): StepRecord[] => steps.filter(({ code }) => code === 'delivery');
const delivery = (state: CaseState, index = 0): StepRecord =>
  deliveries(state).find(({ newbornIndex }) => newbornIndex === index)!;
const paperOf = ({ newborns }: CaseState, index = 0): PaperRecord => newborns[index]!.papers[0]!;
/** The office has its task: its worklist took it at once. */
const atOffice = (state: CaseState, index = 0): CaseState =>
  said(state, delivery(state, index).id, { kind: 'accepted', via: 'reply', hasReceipt: false }).state;
const office = (state: CaseState, kind: AnsweredEvent['kind'], event?: CustodyEvent, index = 0): Decision =>
  said(state, delivery(state, index).id, { kind, ...(event ? { papers: [event] } : {}) }, NOW + DAY_MS);
const told = (state: CaseState, event: CustodyEvent, by = 'family', index = 0): Decision => {
  const move = { event, by, hasWaybill: true };
  return decide(state, { type: 'paper_moved', paperId: paperOf(state, index).id, move }, context(NOW + 2 * DAY_MS));
};

describe('P13: handing out what is done', () => {
  it.each(Object.keys(PRODUCERS) as DeliveryDocument[])(
    '%s: born when its service has made it, at its office',
    (one) => {
      const given = family([wish(one)]);
      expect(deliveries(given)).toEqual([]);
      const state = made(given, one);
      expect(deliveries(state)).toMatchObject([
        { qualifier: one, officeCode: `OFFICE-${PRODUCERS[one]}`, channel: 'worklist', state: 'queued' },
      ]);
      expect(paperOf(state)).toMatchObject({ kind: PAPERS[one], route: ['family'], stepId: delivery(state).id });
      expect(deliveries(made(state, one))).toHaveLength(1);
    },
  );

  it.each([
    ['was done at the counter', { source: 'counter' }],
    ['was issued before', { mode: 'verify' }],
    ['was done before', { mode: 'already_done' }],
  ] as const)('a document whose service %s is with the family', (_name, change) => {
    const given = family([wish('birth_certificate')]);
    const steps = given.steps.map((step) => (step.code === 'birth_certificate' ? { ...step, ...change } : step));
    expect(deliveries(made({ ...given, steps }, 'birth_certificate'))).toEqual([]);
  });

  it('P10: its promise is its own: ten working days for a card, three for another, none of the whole', () => {
    const card = atOffice(made(family([wish('social_security_card')]), 'social_security_card'));
    expect(delivery(card).promisedOn).toBe('2026-11-16');
    const page = atOffice(made(family([wish('household_page')]), 'household_page'));
    expect(delivery(page).promisedOn).toBe('2026-11-05');
  });

  it('fetched at the counter: the office’s, until it has handed it over', () => {
    const state = atOffice(made(family([wish('household_page')]), 'household_page'));
    expect(delivery(state)).toMatchObject({ state: 'accepted', owner: 'agency' });
    const done = office(state, 'completed');
    expect(delivery(done.state)).toMatchObject({ state: 'completed', source: 'worklist' });
    expect(done.custody).toMatchObject([{ event: 'handed_over', to: 'family' }]);
  });

  it('by mail: posted it is the family’s and no promise runs; signed for it is done', () => {
    const state = atOffice(made(family([mail('vaccination_book')]), 'vaccination_book'));
    const posted = office(state, 'accepted', 'posted').state;
    const onItsWay = { state: 'accepted', reason: 'on_its_way', owner: 'applicant' };
    expect(delivery(posted)).toMatchObject({ ...onItsWay, promise: { pausedOn: '2026-11-03' } });
    expect(delivery(office(posted, 'accepted').state)).toMatchObject(onItsWay);
    const signed = office(posted, 'completed');
    expect(signed.custody).toMatchObject([{ event: 'received', by: 'OFFICE-vaccination', to: 'family' }]);
    expect(delivery(signed.state)).toMatchObject({ state: 'completed', source: 'worklist' });
  });

  it('the family says itself that it has come; the office’s word afterwards changes nothing', () => {
    const posted = office(atOffice(made(family([mail('vaccination_book')]), 'vaccination_book')), 'accepted', 'posted');
    const { state, closeTasks } = told(posted.state, 'received');
    expect(delivery(state)).toMatchObject({ state: 'completed', source: 'applicant' });
    expect(closeTasks.flatMap(({ kinds }) => kinds)).toContain('worklist');
    expect(office(state, 'completed').custody).toEqual([]);
  });

  it.each([
    ['returned', 'paper_returned', 'OFFICE-social_security_card'],
    ['lost', 'paper_lost', 'nobody'],
  ] as const)('%s in the post: a clerk’s, until it is posted again', (event, reason, holder) => {
    const posted = office(
      atOffice(made(family([mail('social_security_card')]), 'social_security_card')),
      'accepted',
      'posted',
    );
    const back = office(posted.state, 'accepted', event);
    expect(delivery(back.state)).toMatchObject({ state: 'accepted', reason, owner: 'clerk' });
    expect(back.openTasks).toMatchObject([{ kind: 'paper', reason: event }]);
    expect(paperOf(back.state).holder).toBe(holder);
    const again = told(back.state, 'posted', 'OFFICE-social_security_card');
    expect(delivery(again.state).reason).toBe('on_its_way');
  });

  it('ready and not fetched: reminded, and after thirty days a clerk calls', () => {
    const state = atOffice(made(family([wish('social_security_card')]), 'social_security_card'));
    const ready = office(state, 'action_needed').state;
    expect(delivery(ready)).toMatchObject({ state: 'action_needed', owner: 'applicant' });
    const timers = (given: CaseState, now: number): Decision => {
      const stepId = delivery(given).id;
      const work = [{ ...rowOf(delivery(given), 'DEADLINE'), leaseToken: 'lease' }];
      return decide({ ...given, work }, { type: 'deadline_fired', stepId, leaseToken: 'lease' }, context(now));
    };
    const reminded = timers(ready, Date.parse('2026-11-13T09:00:00+08:00'));
    expect(reminded.history.map(({ detail }) => detail['timer'])).toContain('unclaimed_reminder_10');
    expect(reminded.openTasks).toEqual([]);
    const late = timers(reminded.state, Date.parse('2026-12-03T00:00:00+08:00'));
    expect(late.openTasks).toMatchObject([{ kind: 'paper', reason: 'unclaimed' }]);
  });

  it('the family’s own book goes to the station first, and comes back printed', () => {
    const given = made(family([mail('household_page', { paper: 'household_book' })]), 'household_page');
    expect(delivery(given)).toMatchObject({ state: 'action_needed', reason: 'household_book_awaited' });
    expect(applicationStatus(given.steps)).toBe('needs_family');
    const sent = told(given, 'posted').state;
    expect(delivery(sent)).toMatchObject({ state: 'queued', owner: 'platform' });
    const printed = ['received', 'page_printed', 'posted'].reduce<CaseState>(
      (state, event) => office(state, 'accepted', event as CustodyEvent).state,
      atOffice(sent),
    );
    expect(delivery(printed)).toMatchObject({ reason: 'on_its_way', owner: 'applicant' });
    const done = office(atOffice(sent), 'completed');
    expect(done.custody.map(({ event }) => event)).toEqual(['received', 'page_printed', 'handed_over']);
  });

  it('P16: parcels of a newborn that died stop, and none is born', () => {
    const died: CaseEvent = { type: 'death_reported', newbornIndex: 0, reportedBy: 'parent' };
    const given = made(family([wish('birth_certificate')]), 'birth_certificate');
    expect(delivery(decide(given, died, context()).state)).toMatchObject({
      state: 'cancelled',
      reason: 'newborn_died',
    });
    const before = decide(family([wish('birth_certificate')]), died, context()).state;
    expect(deliveries(made(before, 'birth_certificate'))).toEqual([]);
  });

  it('stays with its office', () => {
    const state = atOffice(made(family([wish('household_page')]), 'household_page'));
    const move: CaseEvent = {
      type: 'office_assigned',
      stepId: delivery(state).id,
      officeCode: 'O2',
      channel: 'worklist',
    };
    expect(() => decide(state, move, context())).toThrow('office_has_step');
  });
});

describe('P13: one parcel', () => {
  const twins = () => family([mail('birth_certificate')], [mail('birth_certificate')]);

  it('the first waits for the second of the same office and address; one is posted, both are', () => {
    const first = made(twins(), 'birth_certificate', 0);
    expect(delivery(first)).toMatchObject({ state: 'waiting', reason: 'parcel_gathering', owner: 'platform' });
    const both = made(first, 'birth_certificate', 1);
    expect(deliveries(both).map(({ state }) => state)).toEqual(['queued', 'queued']);
    const [one, other] = [paperOf(both, 0), paperOf(both, 1)];
    expect(one.parcel).not.toBeNull();
    expect(other.parcel).toBe(one.parcel);
    const posted = office(atOffice(atOffice(both, 0), 1), 'accepted', 'posted');
    expect(posted.custody.map(({ event }) => event)).toEqual(['posted', 'posted']);
    expect(deliveries(posted.state).map(({ reason }) => reason)).toEqual(['on_its_way', 'on_its_way']);
    const received = told(posted.state, 'received');
    expect(deliveries(received.state).map(({ state }) => state)).toEqual(['completed', 'completed']);
  });

  it('what its office was not asked for yet stays to be sent, and is no part of what was posted', () => {
    const both = made(made(twins(), 'birth_certificate', 0), 'birth_certificate', 1);
    const posted = office(atOffice(both, 0), 'accepted', 'posted');
    expect(posted.custody).toHaveLength(1);
    expect(deliveries(posted.state).map(({ state }) => state)).toEqual(['accepted', 'queued']);
    const { id } = delivery(posted.state, 1);
    expect(posted.state.work.filter(({ stepId }) => stepId === id).map(({ kind }) => kind)).toContain('CALL');
  });

  it('waits no longer than the county says, and then goes alone', () => {
    const first = made(twins(), 'birth_certificate', 0);
    const { id } = delivery(first);
    const work = [{ ...rowOf(delivery(first), 'DEADLINE'), leaseToken: 'lease' }];
    const fired: CaseEvent = { type: 'deadline_fired', stepId: id, leaseToken: 'lease' };
    const { state } = decide({ ...first, work }, fired, context(Date.parse('2026-11-04T00:00:00+08:00')));
    expect(delivery(state).state).toBe('queued');
    expect(paperOf(state).parcel).toBeNull();
  });

  it.each([
    ['another address', [mail('birth_certificate')], [mail('birth_certificate', { address: 1 })]],
    ['fetched at the counter', [mail('birth_certificate')], [wish('birth_certificate')]],
    ['another office', [mail('birth_certificate'), mail('social_security_card')], []],
  ])('%s: nothing is waited for', (_name, one, other) => {
    expect(delivery(made(family(one, other), 'birth_certificate')).state).toBe('queued');
  });

  it('one address is told from another by recipient, phone and place, over all newborns', () => {
    const to = (address: string) => ({ document: 'birth_certificate', mode: 'mail', recipient: 'R', address }) as const;
    const form = { newborns: [{ delivery: [to('a'), to('b')] }, { delivery: [to('a')] }, {}] } as never;
    expect(deliveryPlans(form).map((plans) => plans.map(({ address }) => address))).toEqual([[0, 1], [0], []]);
  });
});

describe('P10, P13: what a case is while only documents are handed out', () => {
  const services = SERVICE_CODES.map((code) => stepOf({ code, state: 'completed', reason: 'done' }));
  const handing = (changes: Partial<StepRecord>) => stepOf({ code: 'delivery', qualifier: 'card', ...changes });

  it.each<[string, Partial<StepRecord>, string]>([
    ['at its office', { state: 'accepted', reason: 'in_progress', owner: 'agency' }, 'completed'],
    ['waiting for its parcel', { state: 'waiting', reason: 'parcel_gathering', owner: 'platform' }, 'completed'],
    ['in the post', { state: 'accepted', reason: 'on_its_way', owner: 'applicant' }, 'completed'],
    [
      'ready to be fetched',
      { state: 'action_needed', reason: 'agency_asked_action', owner: 'applicant' },
      'needs_family',
    ],
    ['lost', { state: 'accepted', reason: 'paper_lost', owner: 'clerk' }, 'needs_clerk'],
    ['taken back', { state: 'withdrawn', reason: 'applicant_withdrew', owner: 'platform' }, 'completed'],
  ])('%s', (_name, changes, status) => {
    expect(applicationStatus([...services, handing(changes)])).toBe(status);
  });

  it('a service that is not done counts all the same', () => {
    const open = stepOf({ code: 'medical_insurance', state: 'accepted', reason: 'in_progress', owner: 'agency' });
    expect(applicationStatus([...services.slice(1), open, handing({ state: 'completed' })])).toBe('in_progress');
  });
});
