import type { CaseState } from '../../case-state';
import type { StepState } from '../../vocabulary';
import { decide } from '../decide';
import { answered, caseOf, contextOf } from './model-case.spec-support';

/** Every way from one state into another, written from the rules; whatever else happens to a step leaves it where it stands. */
export const MOVES: Readonly<Record<StepState, readonly StepState[]>> = {
  // released to the machine or to a window, told of by the family, taken back, or ended with what it waited for or with a
  // death; a document that waits for its parcel was fetched
  waiting: ['queued', 'action_needed', 'accepted', 'completed', 'withdrawn', 'not_applicable', 'cancelled'],
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

/** The moves of a document that the family fetched while it waited for others of its parcel, as `from to`. */
export function movesOfDeliveries(): string[] {
  const given = caseOf({ birth_certificate: { state: 'accepted', sentGeneration: 1 } });
  const mail = (document: 'birth_certificate' | 'household_page', paper: 'certificate_main' | 'household_page') =>
    ({ document, mode: 'mail', address: 0, paper }) as const;
  const deliveries = [mail('birth_certificate', 'certificate_main'), mail('household_page', 'household_page')];
  const wished = { ...given, newborns: given.newborns.map((newborn) => ({ ...newborn, deliveries })) };
  const made = decide(wished, answered('completed'), contextOf()).state;
  const paperId = made.newborns[0]!.papers[0]!.id;
  const move = { event: 'received', by: 'family', hasWaybill: false } as const;
  const fetched = decide(made, { type: 'paper_moved', paperId, move }, contextOf()).state;
  const stateIn = ({ steps }: CaseState) => steps.find(({ code }) => code === 'delivery')!.state;
  return [`${stateIn(made)} ${stateIn(fetched)}`];
}
