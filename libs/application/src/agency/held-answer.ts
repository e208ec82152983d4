import { type AnsweredEvent, type Decision, type Demand, isHeldByDemand, type StepRecord } from '@birth/domain';
import type { AgencyText, LoadedCase, SectionWrite } from '../ports/case-store';
import type { HeldAnswer, Supervised } from '../ports/dossier';

const NOTHING: Supervised = { held: null, report: null };

/** What is kept of a step's demands for forbidden papers; opened from the section that the caller has loaded. */
export const supervisedOf = (loaded: Pick<LoadedCase, 'open'>, step: Pick<StepRecord, 'id' | 'newbornIndex'>) =>
  loaded.open(step.newbornIndex, ['supervision']).supervision?.[step.id] ?? NOTHING;

export function supervisionWrite(
  loaded: LoadedCase,
  { id, newbornIndex }: Pick<StepRecord, 'id' | 'newbornIndex'>,
  change: Partial<Supervised>,
): SectionWrite {
  const known = loaded.open(newbornIndex, ['supervision']).supervision;
  const value = { ...known, [id]: { ...(known?.[id] ?? NOTHING), ...change } };
  return { newbornIndex, section: 'supervision', value };
}

interface Said {
  event: AnsweredEvent;
  text: AgencyText | null;
}

/** The tasks that this decision opened because of what the agency asked for or did. */
export const supervisionOf = ({ openTasks }: Pick<Decision, 'openTasks'>, { id }: Pick<StepRecord, 'id'>) =>
  openTasks.filter(({ stepId, kind }) => stepId === id && kind === 'supervision');

/** What this decision kept back, or what the agency itself has gone beyond: empty where nothing of it changed. */
export function heldWrites(
  loaded: LoadedCase,
  decision: Pick<Decision, 'openTasks'>,
  { said, before, after }: { said: () => Said; before: StepRecord; after: StepRecord },
): SectionWrite[] {
  const tasks = supervisionOf(decision, before);
  const [task] = tasks;
  const told = task === undefined ? null : said();
  if (task?.dueAt !== undefined && told !== null && told.text !== null) {
    const { demands: _demands, work: _work, wordsDiffer: _differ, ...event } = told.event;
    const { generation } = before;
    const demands = tasks.map(({ reason }) => reason as Demand);
    const held: HeldAnswer = { demands, text: told.text, generation, event, answerBy: task.dueAt, decision: null };
    return [supervisionWrite(loaded, before, { held })];
  }
  const isOver = isHeldByDemand(before) && !isHeldByDemand(after);
  return isOver ? [supervisionWrite(loaded, before, { held: null })] : [];
}

/** Words that are kept back already, of the same request. */
export function heldText(loaded: LoadedCase, step: StepRecord): AgencyText | null {
  const { held } = supervisedOf(loaded, step);
  return held?.generation === step.generation ? held.text : null;
}
