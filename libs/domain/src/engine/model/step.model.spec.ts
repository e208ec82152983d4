import type { AgencyProfile } from '../../agency-profiles';
import { StepWorld } from './step-world.spec-support';
import type { Mutant } from './trial.spec-support';

const CLASSES: Record<'A' | 'B' | 'C' | 'D', AgencyProfile> = {
  A: { agencyClass: 'A', hasCheck: true, hasWithdraw: true },
  B: { agencyClass: 'B', hasCheck: true, hasWithdraw: false },
  C: { agencyClass: 'C', hasCheck: false, hasWithdraw: false },
  D: { agencyClass: 'D', hasCheck: false, hasWithdraw: false },
};

describe('one step over decide(), every order of events', () => {
  it.each(Object.keys(CLASSES) as (keyof typeof CLASSES)[])(
    'is never lost and never done twice at an agency of class %s',
    (agencyClass) => {
      const { states, problems } = new StepWorld(CLASSES[agencyClass]).explore();
      expect(problems).toEqual([]);
      expect(states).toBeGreaterThan(200);
      expect(states).toBeLessThan(60_000);
    },
  );

  it.each<[Mutant, keyof typeof CLASSES, RegExp]>([
    ['interimOverwritesTerminal', 'A', /terminal state changed/],
    ['noSweeper', 'A', /wait for ever/],
    ['keyPerAttempt', 'A', /done twice/],
    ['noPoll', 'B', /wait for ever/],
    ['earlyPark', 'A', /outage exhausted/],
    ['dropLateReply', 'A', /receipt is not kept/],
    ['lateAcceptedOverwrites', 'A', /late reply undid/],
    ['claimIgnoresLease', 'D', /claimed twice/],
    ['putOffKeepsOffer', 'A', /claimed twice/],
  ])('catches the mutant %s', (mutant, agencyClass, problem) => {
    const { problems } = new StepWorld(CLASSES[agencyClass], mutant).explore();
    expect(problems.join('\n')).toMatch(problem);
  });
});
