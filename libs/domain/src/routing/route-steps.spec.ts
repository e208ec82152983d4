import routing from '../../../../seeds/policy/routing.json';
import type { NewbornForm } from '../form';
import { FACT_DOMAINS, type RoutingFacts } from './facts';
import { routeSteps } from './route-steps';
import { readRoutingTable, type RoutingTable } from './routing-table';

const table = readRoutingTable(routing as unknown as RoutingTable);
/** Married parents of one ethnicity, born here, to be registered here. */
const ORDINARY = {
  ...Object.fromEntries(Object.entries(FACT_DOMAINS).map(([fact, [first]]) => [fact, first])),
} as unknown as RoutingFacts;
const newborn = (basis: 'citizen_id' | 'birth_certificate') =>
  ({ services: ['medical_insurance'], insurance: { basis } }) as unknown as NewbornForm;

describe('P11, P12: what carries a child into the insurance', () => {
  it.each<[string, Partial<RoutingFacts>, 'citizen_id' | 'birth_certificate', string]>([
    ['as the family asks', {}, 'citizen_id', 'citizen_id'],
    ['as the family asks, on the certificate', {}, 'birth_certificate', 'birth_certificate'],
    ['the certificate while the baby is in hospital', { inHospital: 'yes' }, 'citizen_id', 'birth_certificate'],
    ['the number at hand, in hospital too', { inHospital: 'yes', residentId: 'held' }, 'citizen_id', 'citizen_id'],
    ['the certificate where no number comes', { household: 'not_asked' }, 'citizen_id', 'birth_certificate'],
    ['the certificate of a child of foreigners', { nationals: 'all_foreign' }, 'citizen_id', 'birth_certificate'],
    ['the certificate where the household is elsewhere', { target: 'elsewhere' }, 'citizen_id', 'birth_certificate'],
    [
      'what the family asks where it is insured elsewhere too',
      { target: 'elsewhere', insuredAt: 'elsewhere' },
      'citizen_id',
      'citizen_id',
    ],
  ])('%s', (_name, changes, wished, basis) => {
    const steps = routeSteps(table, { ...ORDINARY, ...changes }, newborn(wished));
    expect(steps.find(({ code }) => code === 'medical_insurance')).toMatchObject({ basis });
  });
});
