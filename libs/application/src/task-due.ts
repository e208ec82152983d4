import type { EngineSettings } from '@birth/domain';

/** When a task is due whose rule names no limit of its own; epoch ms. */
export const taskDueAt = (now: number, { taskDueHours }: Pick<EngineSettings, 'taskDueHours'>): number =>
  now + taskDueHours * 3_600_000;
