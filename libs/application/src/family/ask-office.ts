import type { Channel, StepRecord } from '@birth/domain';
import { newId } from '@birth/platform';
import type { AdapterBook } from '../ports/agency-adapter';
import type { TaskWrite } from '../ports/case-store';
import type { StoredParts } from './stored-form';
import { requestOf } from './told-otherwise';

/** One by one, or in a file. */
const BY_TASKS: ReadonlySet<Channel> = new Set(['worklist', 'batch']);

/**
 * An office that works by hand is asked over its worklist whether it has done what the family reports of its counter
 * (policy P14). Where the step was sent it has the task already; what is handed out has its own way.
 */
export function officeAsked(
  parts: StoredParts,
  step: StepRecord,
  { book, dueAt }: { book: AdapterBook; dueAt: number },
): TaskWrite[] {
  if (!BY_TASKS.has(step.channel) || step.sentGeneration > 0 || step.code === 'delivery') return [];
  const adapter = book.get(step.agency, step.channel);
  const sections = parts.open(step.newbornIndex, adapter.sectionsOf?.(step.code) ?? adapter.sections);
  return [
    {
      id: newId(),
      stepId: step.id,
      kind: 'worklist',
      reason: 'reported_done_elsewhere',
      agency: step.agency,
      officeCode: step.officeCode,
      dueAt,
      payload: adapter.taskPayload?.(requestOf(step, sections)),
    },
  ];
}
