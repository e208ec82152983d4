import { decimal, integer, isObject, oneOf, type Rule, text } from '../wire/field-check';

/** What an agency can be told to do. `times` counts down; without it a fault happens once. */
export type Scenario =
  | { kind: 'accept_slowly'; delayMs: number }
  | { kind: 'correction_once'; fields?: string[]; text?: string }
  | { kind: 'refuse'; legalBasis?: string; documentNumber?: string; reason?: string; remedy?: string }
  | { kind: 'down'; times: number }
  | { kind: 'unavailable'; retryAfterSeconds: number; times: number }
  | { kind: 'early_callback' }
  | { kind: 'duplicate_callback' }
  | { kind: 'contradictory_callbacks' }
  | { kind: 'garbage'; times?: number }
  | { kind: 'html_error_page'; times?: number }
  | { kind: 'timeout_after_work'; times?: number }
  | { kind: 'gbk_text' }
  | { kind: 'bank_refuses' }
  | { kind: 'save_ok_verify_fails'; times: number }
  | { kind: 'special_procedure'; days: number; coordinated?: boolean; resumeAfterMs?: number }
  | { kind: 'action_needed'; text?: string; resumeAfterMs?: number }
  | { kind: 'illegal_ground'; text?: string }
  | { kind: 'paper_awaited'; resumeAfterMs?: number }
  /** A premium: nothing is due after all; or another amount (fen) a pace after the first. */
  | { kind: 'subsidised_zero' }
  | { kind: 'amount_changed'; amount: number }
  | { kind: 'parcel_returned' }
  | { kind: 'parcel_lost' }
  | { kind: 'parcel_unsigned' }
  | { kind: 'never_fetched' }
  | { kind: 'registers_other_name'; given: string }
  /** Its own list and answers say something else than what was done. */
  | { kind: 'drift'; says: (typeof DRIFTS)[number] };

export const DRIFTS = ['lost', 'unknown_effect', 'other_state', 'other_result'] as const;

export type ScenarioKind = Scenario['kind'];

interface Options {
  required?: Readonly<Record<string, Rule>>;
  optional?: Readonly<Record<string, Rule>>;
}

const ms = integer(0, 86_400_000);
const times = integer(1, 1_000_000);
const seconds = decimal(0, 86_400);
const words: Rule = (value) => Array.isArray(value) && value.length > 0 && value.every((one) => text()(one));
const flag: Rule = (value) => typeof value === 'boolean';

const OPTIONS: Readonly<Record<ScenarioKind, Options>> = {
  accept_slowly: { required: { delayMs: ms } },
  correction_once: { optional: { fields: words, text: text() } },
  refuse: { optional: { legalBasis: text(), documentNumber: text(), reason: text(), remedy: text() } },
  down: { required: { times } },
  unavailable: { required: { retryAfterSeconds: seconds, times } },
  early_callback: {},
  duplicate_callback: {},
  contradictory_callbacks: {},
  garbage: { optional: { times } },
  html_error_page: { optional: { times } },
  timeout_after_work: { optional: { times } },
  gbk_text: {},
  bank_refuses: {},
  save_ok_verify_fails: { required: { times } },
  special_procedure: { required: { days: integer(1, 365) }, optional: { coordinated: flag, resumeAfterMs: ms } },
  action_needed: { optional: { text: text(), resumeAfterMs: ms } },
  illegal_ground: { optional: { text: text() } },
  paper_awaited: { optional: { resumeAfterMs: ms } },
  subsidised_zero: {},
  amount_changed: { required: { amount: integer(1, 100_000_000) } },
  parcel_returned: {},
  parcel_lost: {},
  parcel_unsigned: {},
  never_fetched: {},
  registers_other_name: { required: { given: text() } },
  drift: { required: { says: oneOf(...DRIFTS) } },
};

/** Reads one scenario of a control call, or names what is wrong with it. */
export function readScenario(value: unknown): Scenario | string {
  if (!isObject(value)) return 'a scenario is an object';
  const options = OPTIONS[value['kind'] as ScenarioKind] as Options | undefined;
  if (options === undefined) return 'unknown kind';
  const fault = faultOf(options, value);
  return fault ?? (value as unknown as Scenario);
}

function faultOf({ required = {}, optional = {} }: Options, value: Record<string, unknown>): string | null {
  const missing = Object.keys(required).find((name) => !required[name]?.(value[name]));
  if (missing !== undefined) return `${missing} is missing or wrong`;
  const others = Object.keys(value).filter((name) => name !== 'kind' && !(name in required));
  const wrong = others.find((name) => !(optional[name]?.(value[name]) ?? false));
  return wrong === undefined ? null : `${wrong} is unknown or wrong`;
}
