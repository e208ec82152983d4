import type { OpenTask } from '../ports/reads';
import { iso } from './moments';

/** Times as people and other systems read them; whatever else a task carries stays. */
export const taskView = <T extends OpenTask>(task: T) => ({
  ...task,
  openedAt: iso(task.openedAt),
  dueAt: iso(task.dueAt),
});
