import type { Decision, Demand } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { supervisionWrite } from '../agency/held-answer';
import type { Caller, Once, Reply, StepRef } from '../caller';
import { iso } from '../views/moments';
import { FamilyStep, ownStep } from './family-step';

export interface ReportedDemand {
  demand: Demand;
  /** Where and by whom, in the family's words. */
  note?: string;
}

/** A parent was asked for a paper that nobody may ask for; the county coordinator answers (policy P8). */
@Injectable()
export class ReportDemand {
  constructor(
    private readonly family: FamilyStep,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(caller: Caller, once: Once, { applicationId, stepId }: StepRef, told: ReportedDemand): Promise<Reply> {
    const { demand, note = null } = told;
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => ({ type: 'demand_reported', stepId: ownStep(loaded, stepId).id, demand }),
      attach: (decision, loaded) => {
        const reportedAt = this.clock.now();
        const report = { demand, note, reportedAt, answerBy: answerByOf(decision), decision: null };
        return { sections: [supervisionWrite(loaded, ownStep(loaded, stepId), { report })] };
      },
      reply: (decision) => ({ answerBy: iso(answerByOf(decision)) }),
    });
  }
}

const answerByOf = ({ openTasks }: Decision): number => {
  const task = openTasks.find(({ kind }) => kind === 'demand_report');
  if (task?.dueAt === undefined) throw new Error('a report without a task');
  return task.dueAt;
};
