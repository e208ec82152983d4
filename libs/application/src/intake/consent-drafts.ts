import { type ApplicationForm, type EngineSettings, type NewbornPlan, parentsToAsk } from '@birth/domain';
import { newId } from '@birth/platform';
import { randomBytes } from 'node:crypto';
import type { AskedPerson, ConsentDraft, ConsentPurpose, IdentityPaper } from '../ports/case-store';
import type { ConsentToSend } from '../shapes/family-shapes';
import { iso } from '../views/moments';

const DAY_MS = 86_400_000;

/** When a parent is asked, and until when the answer counts; epoch ms. */
export type Asked = Pick<ConsentDraft, 'askedAt' | 'expiresAt'>;
export const asked = (now: number, { confirmationDays }: Pick<EngineSettings, 'confirmationDays'>): Asked => ({
  askedAt: now,
  expiresAt: now + confirmationDays * DAY_MS,
});

/** What each named parent who did not file is asked; nobody is asked where no step waits for it. */
export function consentDrafts(form: ApplicationForm, plans: readonly NewbornPlan[], when: Asked): ConsentDraft[] {
  const purposes = purposesOf(plans);
  if (purposes.length === 0) return [];
  return parentsToAsk(form).map((parent) => {
    const identity = form[parent]?.identity ?? { type: 'none', number: '' };
    return newConsent(parent, identity, parent === 'mother' ? purposes : withoutRecord(purposes), when);
  });
}

/** 256 random bits: worth nothing without the verified identity of the person who is asked. */
export const newConsent = <P extends AskedPerson>(
  parent: P,
  { type, number }: IdentityPaper,
  purposes: readonly ConsentPurpose[],
  when: Asked,
): ConsentDraft<P> => ({
  id: newId(),
  parent,
  identity: { type, number },
  purposes,
  token: randomBytes(32).toString('base64url'),
  ...when,
});

/** As the filing parent is told; the token is shown once. */
export const consentToSend = ({ id, parent, token, expiresAt }: ConsentDraft): ConsentToSend => ({
  id,
  parent,
  token,
  expiresAt: iso(expiresAt),
});

function purposesOf(plans: readonly NewbornPlan[]): ConsentPurpose[] {
  const waiting = plans.flatMap((plan) => plan.steps).filter((step) => step.applies && step.needsConfirmation);
  if (waiting.length === 0) return [];
  const asks: Record<ConsentPurpose, boolean> = {
    certificate_data: true,
    child_name: false,
    surname_or_ethnicity: waiting.some(({ code }) => code === 'household_registration'),
    birth_record: plans.some(({ birth }) => birth.awaitsMother),
  };
  return (Object.keys(asks) as ConsentPurpose[]).filter((purpose) => asks[purpose]);
}

const withoutRecord = (purposes: readonly ConsentPurpose[]): ConsentPurpose[] =>
  purposes.filter((purpose) => purpose !== 'birth_record');
