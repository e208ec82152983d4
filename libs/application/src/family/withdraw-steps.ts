import { type CaseEvent, isTerminal, type StepRecord } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply, StepRef } from '../caller';
import type { Withdrawal } from '../shapes/family-shapes';
import { FamilyStep, ownStep } from './family-step';

/** Takes back one step, or all that still can be; says per step what happens (policy P15). */
@Injectable()
export class WithdrawSteps {
  constructor(private readonly family: FamilyStep) {}

  one(caller: Caller, once: Once, { applicationId, stepId }: StepRef): Promise<Reply> {
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => ({ type: 'withdrawal_requested', stepId: ownStep(loaded, stepId).id }),
      reply: (decision) => ({ withdrawals: outcomes(decision.state.steps.filter((step) => step.id === stepId)) }),
    });
  }

  all(caller: Caller, once: Once, applicationId: string): Promise<Reply> {
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => {
        const events = lastFirst(loaded.state.steps)
          .filter((step) => isOpen(step) || isUnpaidInsurance(step, loaded.state.steps))
          .map((step): CaseEvent => ({ type: 'withdrawal_requested', stepId: step.id }));
        if (events.length === 0) throw new Problem(409, 'nothing_to_withdraw');
        return events;
      },
      reply: (decision) => ({ withdrawals: outcomes(decision.state.steps) }),
    });
  }
}

const isOpen = ({ state, withdrawalRequestedAt }: StepRecord): boolean =>
  !isTerminal(state) && withdrawalRequestedAt === null;

/** Registered, and a premium still open: taken back with the rest. What was paid is asked back by a word of its own. */
const isUnpaidInsurance = (
  { code, newbornIndex, insured, withdrawalRequestedAt }: StepRecord,
  all: readonly StepRecord[],
) =>
  code === 'medical_insurance' &&
  insured?.registeredAt != null &&
  withdrawalRequestedAt === null &&
  all.some((step) => step.code === 'insurance_payment' && step.newbornIndex === newbornIndex && isOpen(step));

/** Dependants go first: a step that is withdrawn itself is not ended by the one before it. */
const lastFirst = (steps: readonly StepRecord[]): StepRecord[] => [...steps].reverse();

const outcomes = (steps: readonly StepRecord[]): Withdrawal[] =>
  steps.map((step) => ({ stepId: step.id, code: step.code, outcome: outcomeOf(step) }));

function outcomeOf(step: StepRecord): Withdrawal['outcome'] {
  if (step.state === 'withdrawn') return 'withdrawn';
  return step.withdrawalRequestedAt === null ? 'stays' : 'requested';
}
