import type { Office } from '../offices/office';
import { assignmentFault } from '../offices/assignable';
import type { StepRecord } from '../case-state';
import type { StepWay } from '../case-plan';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import { caseOf, contextOf, NOW, rowOf, standing, STEP, stepIn, stepOf } from './model/model-case.spec-support';

const assigned = (officeCode = 'O2', channel: StepRecord['channel'] = 'api'): CaseEvent => ({
  type: 'office_assigned',
  stepId: STEP,
  officeCode,
  channel,
});

const HELD: Partial<StepRecord> = { state: 'stuck', reason: 'unlawful_demand', channel: 'worklist' };

describe('P2: a clerk names another office', () => {
  it('which takes the step from then on, with both in the history', () => {
    const { state, history } = decide(standing('waiting'), assigned('O2', 'worklist'), contextOf());
    expect(stepIn(state)).toMatchObject({ officeCode: 'O2', channel: 'worklist', assignedFrom: 'O1', version: 1 });
    expect(history[0]).toMatchObject({ type: 'office_assigned', stepId: STEP, detail: { from: 'O1', to: 'O2' } });
  });

  it('a call that nobody has taken yet is offered anew, so that none goes to the office of before', () => {
    const step = stepOf({ state: 'queued', reason: 'to_be_sent' });
    const untaken = { ...rowOf(step, 'CALL'), attempts: 0, leaseToken: null, leaseUntil: null };
    const given = { ...caseOf({ birth_certificate: step }), work: [untaken] };
    const { state, putWork } = decide(given, assigned(), contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'queued', officeCode: 'O2' });
    expect(putWork.find(({ kind, stepId }) => kind === 'CALL' && stepId === STEP)).toMatchObject({ renewOffer: true });
  });

  it.each<[string, Partial<StepRecord>, StepRecord['channel'], string]>([
    ['an API has it', { state: 'accepted' }, 'api', 'office_has_step'],
    [
      'the worklist has it and the new office has none',
      { state: 'accepted', channel: 'worklist' },
      'api',
      'office_has_step',
    ],
    ['its call may be under way', { state: 'queued' }, 'api', 'office_has_step'],
    ['a correction is asked for', { state: 'correction_needed' }, 'api', 'office_has_step'],
    ['a forbidden demand of the office waits for the coordinator', HELD, 'worklist', 'demand_needs_decision'],
    ['its answers contradict each other', { ...HELD, reason: 'conflict' }, 'worklist', 'conflict_needs_decision'],
    ['the family takes it back', { state: 'accepted', withdrawalRequestedAt: NOW }, 'api', 'withdrawal_is_open'],
    ['it is done', { state: 'completed' }, 'api', 'step_has_ended'],
    ['it is refused', { state: 'rejected' }, 'api', 'step_has_ended'],
  ])('not while %s', (_name, changes, channel, code) => {
    const given = standing(changes.state ?? 'waiting', changes);
    expect(() => decide(given, assigned('O2', channel), contextOf())).toThrow(code);
  });

  it('back to the office of the rule: the rule stands again', () => {
    const away = decide(standing('waiting'), assigned('O2'), contextOf()).state;
    const further = decide(away, assigned('O3'), contextOf()).state;
    expect(stepIn(further)).toMatchObject({ officeCode: 'O3', assignedFrom: 'O1' });
    expect(stepIn(decide(further, assigned('O1'), contextOf()).state)).toMatchObject({
      officeCode: 'O1',
      assignedFrom: null,
    });
  });

  it.each([
    ['as before: the clerk’s stands', 'O1', 'O2', 'O1'],
    ['otherwise: the family’s new one', 'O9', 'O9', null],
  ])('when the rule chooses again %s', (_name, ruled, officeCode, assignedFrom) => {
    const given = decide(standing('waiting', { holds: ['name_undecided'] }), assigned('O2'), contextOf()).state;
    const { officeKind, channel, mode, route, papers } = stepOf();
    const way: StepWay = {
      code: STEP,
      officeCode: ruled,
      officeKind,
      acceptingOffice: null,
      channel,
      mode,
      route,
      papers,
      needsConfirmation: false,
    };
    const { state } = decide(given, { type: 'name_decided', newbornIndex: 0, ways: [way] }, contextOf());
    expect(stepIn(state)).toMatchObject({ officeCode, assignedFrom });
  });

  it('the same of a correction', () => {
    const step = { officeCode: 'O2', assignedFrom: 'O1' };
    const { officeKind, channel, mode, route, papers } = stepOf();
    const way: StepWay = {
      code: STEP,
      officeCode: 'O1',
      officeKind,
      acceptingOffice: null,
      channel,
      mode,
      route,
      papers,
      needsConfirmation: false,
    };
    const { state } = decide(
      standing('correction_needed', step),
      { type: 'corrected', stepId: STEP, ways: [way] },
      contextOf(),
    );
    expect(stepIn(state)).toMatchObject({ state: 'queued', officeCode: 'O2', assignedFrom: 'O1' });
  });
});

describe('P2: which office may take a step', () => {
  const office = (code: string, changes: Partial<Office> = {}) =>
    ({ code, agency: 'public-security', kind: 'police_station', town: '500235001', ...changes }) as Office;
  const offices = [
    office('HERE'),
    office('THERE', { town: '500235115' }),
    office('ELSEWHERE', { town: '500101001' }),
    office('DESK', { agency: 'medical-insurance', kind: 'insurance_desk' }),
    office('H1', { agency: 'health-commission', kind: 'hospital' }),
    office('H2', { agency: 'health-commission', kind: 'hospital' }),
    office('B1', { agency: 'human-resources', kind: 'bank_outlet', bankCode: 'RCB' }),
    office('B2', { agency: 'human-resources', kind: 'bank_outlet', bankCode: 'RCB' }),
    office('B3', { agency: 'human-resources', kind: 'bank_outlet', bankCode: 'ABC' }),
  ];
  const household = {
    code: 'household_registration',
    agency: 'public-security',
    officeKind: 'police_station',
    officeCode: 'HERE',
  } as const;
  const certificate = {
    code: 'birth_certificate',
    agency: 'health-commission',
    officeKind: 'hospital',
    officeCode: 'H1',
  } as const;
  const card = {
    code: 'social_security_card',
    agency: 'human-resources',
    officeKind: 'bank_outlet',
    officeCode: 'B1',
  } as const;

  it.each<[string, Partial<StepRecord>, string, string | null]>([
    ['another station of the county', household, 'THERE', null],
    ['the one it has', household, 'HERE', 'office_unchanged'],
    ['none that is known', household, 'NOWHERE', 'office_unknown'],
    ['another agency’s', household, 'DESK', 'office_not_suitable'],
    ['another county’s', household, 'ELSEWHERE', 'office_not_suitable'],
    [
      'one of ours for what is done outside',
      { ...household, officeKind: 'outside_agency', officeCode: 'OUTSIDE' },
      'HERE',
      'office_not_suitable',
    ],
    ['another hospital to issue the certificate', certificate, 'H2', 'office_not_suitable'],
    ['another hospital to verify one', { ...certificate, mode: 'verify' }, 'H2', null],
    ['another outlet of the family’s bank', card, 'B2', null],
    ['another bank', card, 'B3', 'office_not_suitable'],
  ])('%s', (_name, step, wanted, expected) => {
    expect(assignmentFault(stepOf(step), wanted, offices)).toBe(expected);
  });
});
