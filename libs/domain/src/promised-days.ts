import type { StepRecord } from './case-state';
import type { EngineSettings } from './engine/decision-context';
import { type DefinedCode, STEP_CODES } from './vocabulary';

/** What a promise is counted for: a card is made before it is handed over, other documents lie ready. */
export const PROMISE_KEYS = [...STEP_CODES, 'card_delivery'] as const;
export type PromiseKey = (typeof PROMISE_KEYS)[number];

export type PromiseSettings = Pick<EngineSettings, 'steps' | 'deliveryWorkingDays' | 'cardDeliveryWorkingDays'>;

export const promiseKey = ({ code, qualifier }: Pick<StepRecord, 'code' | 'qualifier'>): PromiseKey =>
  code === 'delivery' && qualifier === 'social_security_card' ? 'card_delivery' : code;

/** Working days. */
export function promisedDays(settings: PromiseSettings, key: PromiseKey): number {
  if (key === 'card_delivery') return settings.cardDeliveryWorkingDays;
  return key === 'delivery'
    ? settings.deliveryWorkingDays
    : settings.steps[key satisfies DefinedCode].promiseWorkingDays;
}
