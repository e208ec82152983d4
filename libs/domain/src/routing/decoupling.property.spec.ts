import fc from 'fast-check';
import routing from '../../../../seeds/policy/routing.json';
import steps from '../../../../seeds/policy/steps.json';
import { isForbiddenMaterial } from '../decoupling/forbidden-demands';
import type { NewbornForm } from '../form';
import { SERVICE_CODES, type ServiceCode } from '../vocabulary';
import { FACT_DOMAINS, type RoutingFacts } from './facts';
import { type ConfirmationNeed, routeSteps, type StepPlan } from './route-steps';
import { readRoutingTable, type RoutingTable } from './routing-table';

const seed = Date.now() % 1_000_000;
const table = readRoutingTable(routing as unknown as RoutingTable);

const anyFacts = fc.record(
  Object.fromEntries(Object.entries(FACT_DOMAINS).map(([fact, values]) => [fact, fc.constantFrom(...values)])),
) as unknown as fc.Arbitrary<RoutingFacts>;
const anyNewborn = fc
  .record({
    services: fc.subarray([...SERVICE_CODES], { minLength: 1 }),
    basis: fc.constantFrom('citizen_id', 'birth_certificate'),
  })
  .map(({ services, basis }) => ({ services, insurance: { basis } }) as unknown as NewbornForm);
const anyNeed: fc.Arbitrary<ConfirmationNeed> = fc.record({
  parents: fc.subarray(['mother', 'father'] as const),
  byOutsider: fc.boolean(),
  forRecord: fc.boolean(),
});

const of = (plans: readonly StepPlan[], code: ServiceCode): StepPlan => plans.find((plan) => plan.code === code)!;
const others = SERVICE_CODES.filter((code) => code !== 'household_registration');

describe(`P8: any family of the decision table (seed ${seed})`, () => {
  const always = (check: (facts: RoutingFacts, newborn: NewbornForm, need: ConfirmationNeed) => void): void =>
    fc.assert(fc.property(anyFacts, anyNewborn, anyNeed, check), { seed, numRuns: 2000 });

  it('no paper that a permit, family planning, a fee or a compulsory marriage certificate would be', () => {
    const materials = new Map(steps.steps.map((step) => [step.code, step.materials]));
    always((facts, newborn, need) => {
      const papers = routeSteps(table, facts, newborn, need).flatMap((plan) =>
        plan.applies ? [...plan.papers, ...(materials.get(plan.code) ?? [])] : [],
      );
      expect(papers.filter(isForbiddenMaterial)).toEqual([]);
    });
  });

  it('how the parents live together ends no step, and changes the household’s route, papers and consent alone', () => {
    let changed = 0;
    always((facts, newborn, need) => {
      const [married, ...unmarried] = FACT_DOMAINS.relation.map((relation) =>
        routeSteps(table, { ...facts, relation }, newborn, need),
      );
      for (const plans of unmarried) {
        for (const code of others) expect(of(plans, code)).toEqual(of(married!, code));
        const [one, other] = [of(married!, 'household_registration'), of(plans, 'household_registration')];
        expect(other.applies).toBe(one.applies);
        if (one.applies && other.applies) expect([other.mode, other.officeKind]).toEqual([one.mode, one.officeKind]);
        if (JSON.stringify(one) !== JSON.stringify(other)) changed += 1;
      }
    });
    expect(changed).toBeGreaterThan(0);
  });

  it('every service that is asked for has a way, an office kind and no refusal', () => {
    always((facts, newborn, need) => {
      for (const plan of routeSteps(table, facts, newborn, need)) {
        const isAsked = newborn.services.includes(plan.code);
        if (plan.applies) expect([isAsked, plan.officeKind.length > 0]).toEqual([true, true]);
        else expect(plan.reason).toBe(isAsked ? 'foreign_nationals' : 'not_requested');
      }
    });
  });
});
