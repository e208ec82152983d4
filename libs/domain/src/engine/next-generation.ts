import type { StepRecord } from '../case-state';

/** Sent once more under the earlier receipt. */
export function nextGeneration(step: StepRecord): Partial<StepRecord> {
  return {
    state: 'queued',
    reason: 'to_be_sent',
    owner: 'platform',
    generation: step.generation + 1,
    hasReceipt: false,
    lastAnswerOrder: 0,
    correctionDueAt: null,
  };
}
