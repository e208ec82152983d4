import type { StepState } from '../../vocabulary';

/** Every way from one state into another, written from the rules; whatever else happens to a step leaves it where it stands. */
export const MOVES: Readonly<Record<StepState, readonly StepState[]>> = {
  // released to the machine or to a window, told of by the family, taken back, or ended with what it waited for or with a death
  waiting: ['queued', 'action_needed', 'accepted', 'withdrawn', 'not_applicable', 'cancelled'],
  queued: [
    'accepted',
    'correction_needed',
    'action_needed',
    'suspended',
    'stuck',
    'completed',
    'rejected',
    'withdrawn',
    'cancelled',
  ],
  accepted: [
    // given back after a death that was none, and sent anew
    'queued',
    'correction_needed',
    'action_needed',
    'suspended',
    'stuck',
    'completed',
    'rejected',
    'withdrawn',
    'cancelled',
  ],
  // answered by the family; to a window where the answer leads there, past a state that nobody sees
  correction_needed: [
    'queued',
    'accepted',
    'action_needed',
    'suspended',
    'stuck',
    'completed',
    'rejected',
    'withdrawn',
    'cancelled',
  ],
  action_needed: [
    'queued',
    // registered as filed after all
    'waiting',
    'accepted',
    'correction_needed',
    'suspended',
    'stuck',
    'completed',
    'rejected',
    'withdrawn',
    'cancelled',
  ],
  suspended: [
    'queued',
    'accepted',
    'correction_needed',
    'action_needed',
    'stuck',
    'completed',
    'rejected',
    'withdrawn',
    'cancelled',
  ],
  stuck: [
    'queued',
    'accepted',
    'correction_needed',
    'action_needed',
    'suspended',
    'completed',
    'rejected',
    'withdrawn',
    'cancelled',
  ],
  completed: [],
  // the family applies again
  rejected: ['queued'],
  withdrawn: [],
  // a death that was none
  cancelled: ['waiting', 'queued', 'action_needed', 'not_applicable'],
  // what ended with a refusal comes back with it
  not_applicable: ['waiting'],
};

export const isAllowed = (from: StepState, to: StepState): boolean => from === to || MOVES[from].includes(to);
