import type { Newborn } from '../ledger/ledger-entry';
import { isObject } from '../wire/field-check';

/** What the answerer needs of a task; the rest of the item is not its business. */
export interface WorklistTask {
  taskId: string;
  key: string | null;
  stepId: string;
  stepCode: StepCode;
  /** `issue`, or what is asked to be confirmed. */
  mode: string;
  /** The year of a payment; else empty. */
  qualifier: string;
  newborn: Newborn;
  /** The child's own, as far as they are told. */
  documents: Documents;
  /** Of a premium: for which of the two tiers; else null. */
  tier: '1' | '2' | null;
}

export interface Documents {
  residentId: string | null;
  certificate: string | null;
  motherId: string | null;
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

/** An item of `GET /agency/v1/worklist`; null where it is nothing that an office finishes by hand. */
export function readTask(item: Record<string, unknown>): WorklistTask | null {
  const taskId = item['taskId'] ?? item['id'];
  const stepCode = item['stepCode'] ?? item['code'];
  if (typeof taskId !== 'string' || !isStepCode(stepCode)) return null;
  const key = typeof item['key'] === 'string' ? item['key'] : null;
  const stepId = typeof item['stepId'] === 'string' ? item['stepId'] : taskId;
  const qualifier = typeof item['qualifier'] === 'string' ? item['qualifier'] : '';
  const { payload } = item;
  const newborn = newbornIn(payload);
  const asked = { mode: textIn(payload, 'mode') ?? 'issue', documents: documentsIn(payload), tier: tierIn(payload) };
  return { taskId, key, stepId, stepCode, qualifier, newborn, ...asked };
}

const documentsIn = (payload: unknown): Documents => ({
  residentId: textIn(payload, 'residentIdNumber'),
  certificate: textIn(payload, 'birthCertificateNumber') ?? textIn(payload, 'certificateNumber'),
  motherId: isObject(payload) ? textIn(payload['mother'], 'number') : null,
});

function tierIn(payload: unknown): WorklistTask['tier'] {
  const tier = textIn(payload, 'tier');
  return tier === '1' || tier === '2' ? tier : null;
}

function newbornIn(payload: unknown): Newborn {
  const sex = textIn(payload, 'sex') === 'male' ? 'male' : 'female';
  return { name: nameIn(payload), sex, bornAt: textIn(payload, 'bornAt') ?? '' };
}

const textIn = (payload: unknown, name: string): string | null =>
  find(payload, (found, value) => (found === name && typeof value === 'string' ? value : null));

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
