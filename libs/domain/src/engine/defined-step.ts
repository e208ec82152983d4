import type { StepRecord } from '../case-state';
import type { CaseDraft } from './case-draft';
import type { StepDefinition } from './decision-context';

/** What the county says of a step; null for what is only handed out. */
export const definedStep = (draft: CaseDraft, { code }: Pick<StepRecord, 'code'>): StepDefinition | null =>
  code === 'delivery' ? null : draft.context.settings.steps[code];
