import type { CaseDraft } from './case-draft';
import type { Timer } from './timer';
import { isWithoutReader } from './unheard';

/** Timers that only write to who has the case: reminders and offers. Limits, alarms and what another parent is asked go on. */
const TO_HOLDER =
  /^(correction_reminder|name_reminder|insurance_countdown|insurance_offer|unclaimed_reminder)_|^insurance_at_risk$/;

/** Passed without a word: nobody is reminded of it later, and nothing is written to a parent who died (P16). */
export const isSilenced = (draft: CaseDraft, { name }: Timer): boolean =>
  TO_HOLDER.test(name) && isWithoutReader(draft);
