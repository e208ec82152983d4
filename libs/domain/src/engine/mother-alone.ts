import type { StepWay } from '../case-plan';
import type { StepRecord } from '../case-state';
import type { Hold, Reason, ServiceCode } from '../vocabulary';
import { goAnotherWay } from './another-way';
import type { CaseDraft } from './case-draft';
import { Refused } from './case-event';
import { bearFollowUp } from './follow-up';
import { hasBegunUnnamed } from './name';

/** What she confirms: to add the father later, a paternity report may be asked for (policy P7). */
export const ALONE_DECLARATION = { code: 'father_added_later', version: '1' } as const;

export interface MotherAloneEvent {
  type: 'mother_went_on_alone';
  declaration: string;
  version: string;
  newborns: readonly AloneNewborn[];
}

export interface AloneNewborn {
  newbornIndex: number;
  /** How its steps are done with the mother alone named. */
  ways: readonly StepWay[];
  /** Services that nobody but the father opened. */
  notApplicable: readonly { code: ServiceCode; reason: Reason }[];
  /** It gets another name than the one it was filed with. */
  isRenamed: boolean;
}

const ASKED: readonly Hold[] = ['parent_confirmation', 'parent_refused'];

/**
 * Policy P7: a father who stayed silent is left out. Possible while a certificate still waits for his word; every step that
 * has not begun is planned as if he had never been named.
 */
export function takeMotherAlone(draft: CaseDraft, event: MotherAloneEvent): void {
  if (![...draft.steps.values()].some(isWaitedFor)) throw new Refused('nothing_to_confirm');
  draft.noteCase(event.type, { declaration: event.declaration, version: event.version });
  for (const newborn of event.newborns) planAlone(draft, newborn);
}

const isWaitedFor = ({ code, state, holds }: StepRecord): boolean =>
  code === 'birth_certificate' && state === 'waiting' && holds.includes('parent_confirmation');

function planAlone(draft: CaseDraft, { newbornIndex, ways, notApplicable, isRenamed }: AloneNewborn): void {
  for (const step of draft.ofNewborn(newbornIndex)) {
    if (step.state !== 'waiting') continue;
    const holds = step.holds.filter((hold) => !ASKED.includes(hold));
    const way = ways.find(({ code }) => code === step.code);
    const ended = notApplicable.find(({ code }) => code === step.code);
    if (way !== undefined) goAnotherWay(draft, step, way, holds);
    else if (ended !== undefined) end(draft, step, ended.reason);
    else draft.change(step.id, { holds });
  }
  const vaccination = draft.ofNewborn(newbornIndex).find(({ code }) => code === 'vaccination');
  if (isRenamed && vaccination !== undefined && hasBegunUnnamed(draft, vaccination)) {
    bearFollowUp(draft, vaccination, 'identity_backfill');
  }
}

function end(draft: CaseDraft, step: StepRecord, reason: Reason): void {
  draft.move(step.id, { state: 'not_applicable', reason, owner: 'platform', holds: [] }, 'planned_again');
}
