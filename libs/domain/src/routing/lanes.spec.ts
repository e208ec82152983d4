import routing from '../../../../seeds/policy/routing.json';
import type { NewbornForm } from '../form';
import { SERVICE_CODES, type ServiceCode } from '../vocabulary';
import { FACT_DOMAINS, type RoutingFacts } from './facts';
import { routeSteps } from './route-steps';
import { readRoutingTable, type RoutingTable } from './routing-table';

const table = readRoutingTable(routing as unknown as RoutingTable);
/** Married parents of one ethnicity, born here, to be registered here. */
const ORDINARY = Object.fromEntries(
  Object.entries(FACT_DOMAINS).map(([fact, [first]]) => [fact, first]),
) as unknown as RoutingFacts;
const newborn = {
  services: [...SERVICE_CODES],
  insurance: { basis: 'citizen_id' },
} as unknown as NewbornForm;

type Lane = Partial<Record<ServiceCode, string>>;

/** Of each step: mode, route, office. */
const HERE: Lane = {
  birth_certificate: 'issue online hospital',
  vaccination: 'issue online vaccination_unit',
  household_registration: 'issue online police_station',
  medical_insurance: 'issue online insurance_desk',
  social_security_card: 'issue online bank_outlet',
};
const VERIFIED = 'verify online hospital';
const ELSEWHERE = 'external window outside_agency';

describe('P4: lanes by name', () => {
  it.each<[string, Partial<RoutingFacts>, Lane]>([
    ['born here, registered here', {}, {}],
    [
      'born elsewhere in Chongqing, certificate verified',
      { bornIn: 'institution_chongqing', certificate: 'held' },
      { birth_certificate: VERIFIED },
    ],
    [
      'born elsewhere in Chongqing, no certificate yet: issued where it was born',
      { bornIn: 'institution_chongqing' },
      { birth_certificate: ELSEWHERE },
    ],
    [
      'born out of province, inside the police lane of 2024-01-19',
      { bornIn: 'institution_elsewhere', certificate: 'held', lane: 'in_lane' },
      { birth_certificate: VERIFIED, household_registration: 'issue online_with_papers police_station' },
    ],
    [
      'born out of province, outside the police lane',
      { bornIn: 'institution_elsewhere', certificate: 'held', lane: 'outside_lane' },
      { birth_certificate: VERIFIED, household_registration: 'issue window police_station' },
    ],
    ['born here, household elsewhere in Chongqing', { target: 'chongqing' }, { household_registration: ELSEWHERE }],
    ['born here, household out of province', { target: 'elsewhere' }, { household_registration: ELSEWHERE }],
    [
      'residents only: born and registered out of province, vaccinated and insured here',
      { bornIn: 'institution_elsewhere', certificate: 'held', target: 'elsewhere', lane: 'not_needed' },
      { birth_certificate: VERIFIED, household_registration: ELSEWHERE },
    ],
    [
      'household already done: the number is checked',
      { residentId: 'held' },
      { household_registration: 'already_done online police_station' },
    ],
    [
      'already insured: verified by query',
      { residentId: 'held', insured: 'yes' },
      {
        household_registration: 'already_done online police_station',
        medical_insurance: 'already_done online insurance_desk',
      },
    ],
    ['insured elsewhere as the family asks', { insuredAt: 'elsewhere' }, { medical_insurance: ELSEWHERE }],
    [
      'born outside an institution',
      { bornIn: 'outside_institution' },
      { birth_certificate: 'issue window maternal_health_unit' },
    ],
    [
      'born abroad',
      { bornIn: 'abroad' },
      { birth_certificate: ELSEWHERE, household_registration: 'issue window police_station' },
    ],
  ])('P4: %s', (_name, changes, other) => {
    const steps = routeSteps(table, { ...ORDINARY, ...changes }, newborn);
    const shown = steps.map((step) => [
      step.code,
      step.applies ? `${step.mode} ${step.route} ${step.officeKind}` : step.reason,
    ]);
    expect(Object.fromEntries(shown)).toEqual({ ...HERE, ...other });
  });
});
