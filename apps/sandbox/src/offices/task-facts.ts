import type { CaseRecord } from '../cases/case-record';
import type { Premium } from '../tax-administration/premium';
import type { WorklistTask } from '../worklist/worklist-task';
import type { Way } from './desks';

/** A task as it came to an office. */
export interface Taken extends WorklistTask {
  office: string;
  way: Way;
}

export interface TaskFacts extends Taken {
  /** What the notice says; null where the task is about no premium. */
  premium: Premium | null;
}
export type TaskCase = CaseRecord<TaskFacts>;
