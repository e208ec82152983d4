import type { Newborn } from '../ledger/ledger-entry';
import { isObject } from '../wire/field-check';

/** What the answerer needs of a task; the rest of the item is not its business. */
export interface WorklistTask {
  taskId: string;
  key: string | null;
  stepId: string;
  stepCode: StepCode;
  /** The year of a payment; else empty. */
  qualifier: string;
  newborn: Newborn;
}

/** The steps that an office can finish by hand; other tasks are not for this answerer. */
export const STEP_CODES = [
  'birth_certificate',
  'vaccination',
  'household_registration',
  'medical_insurance',
  'social_security_card',
  'identity_backfill',
  'insurance_identity_update',
  'insurance_payment',
] as const;
export type StepCode = (typeof STEP_CODES)[number];

const isStepCode = (value: unknown): value is StepCode => (STEP_CODES as readonly unknown[]).includes(value);

const DEPTH = 5;

/** Reads the items of `GET /agency/v1/worklist`; what cannot be read is passed over. */
export function readTasks(page: unknown): WorklistTask[] {
  if (!isObject(page) || !Array.isArray(page['items'])) return [];
  return page['items'].flatMap((item) => readTask(item));
}

function readTask(item: unknown): WorklistTask[] {
  if (!isObject(item)) return [];
  const taskId = item['taskId'] ?? item['id'];
  const stepCode = item['stepCode'] ?? item['code'];
  if (typeof taskId !== 'string' || !isStepCode(stepCode)) return [];
  const key = typeof item['key'] === 'string' ? item['key'] : null;
  const stepId = typeof item['stepId'] === 'string' ? item['stepId'] : taskId;
  const qualifier = typeof item['qualifier'] === 'string' ? item['qualifier'] : '';
  return [{ taskId, key, stepId, stepCode, qualifier, newborn: newbornIn(item['payload']) }];
}

function newbornIn(payload: unknown): Newborn {
  const sex = find(payload, (name, value) => (name === 'sex' && typeof value === 'string' ? value : null));
  const bornAt = find(payload, (name, value) => (name === 'bornAt' && typeof value === 'string' ? value : null));
  return { name: nameIn(payload), sex: sex === 'male' ? 'male' : 'female', bornAt: bornAt ?? '' };
}

function nameIn(payload: unknown): string {
  const given = find(payload, (name, value) => {
    if (name === 'childName' || name === 'newbornName') return typeof value === 'string' ? value : null;
    if (name !== 'name' || !isObject(value)) return null;
    const { surname, given: first } = value;
    return typeof surname === 'string' && typeof first === 'string' ? surname + first : null;
  });
  return given ?? '';
}

/** The first member, outermost first, for which `pick` gives a text. */
function find(value: unknown, pick: (name: string, value: unknown) => string | null, depth = 0): string | null {
  if (!isObject(value) || depth > DEPTH) return null;
  const entries = Object.entries(value);
  for (const [name, member] of entries) {
    const picked = pick(name, member);
    if (picked !== null) return picked;
  }
  for (const [, member] of entries) {
    const inside = find(member, pick, depth + 1);
    if (inside !== null) return inside;
  }
  return null;
}
