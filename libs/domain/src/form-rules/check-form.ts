import type { ApplicationForm, NewbornForm } from '../form';
import type { PremiumTable } from '../insurance/premiums';
import type { Office } from '../offices/office';
import { checkNewborn } from './check-newborn';
import { checkApplicant, checkParents } from './check-people';
import { type Finding, Findings } from './finding';

/** The birth as far as it is known: from the hospital's record, the claim, or the family's facts. */
export interface KnownBirth {
  bornOn: string;
  /** Epoch ms; null while only claimed. */
  bornAt: number | null;
  sex: 'male' | 'female' | null;
  plurality: number;
  deliveryOrder: number;
  region: string;
  kind: string;
  officeCode: string | null;
  outcome: 'live' | 'stillborn' | 'died_after';
  /** Whom the hospital's record names as the mother; null without a record. */
  recordedMother: { type: string; number: string } | null;
  /** A birth in an institution whose record nobody but the mother may open: it is looked for when she has confirmed. */
  awaitsMother: boolean;
  /** Treated in hospital, as its record says (P11); absent where none says so. */
  inHospital?: boolean;
}

export interface FormContext {
  now: number;
  today: string;
  offices: readonly Office[];
  /** One per newborn; null where the form names no birth at all. */
  births: readonly (KnownBirth | null)[];
  /** Born at most this many days before the next year: it may be insured for both (P11). */
  nextYearWithinDays: number;
  premiums: PremiumTable;
  /** From the verified token; null when the caller has shown no paper. */
  verifiedIdentity: { type: string; number: string } | null;
  /** The authorisation that the form names is a paper that the caller has handed in. */
  isAuthorisationKept: boolean;
}

export interface FormCheck {
  errors: Finding[];
  /** Nothing is refused for these: the family is told what they change. */
  warnings: Finding[];
}

/** Everything that a form must hold to be filed; shapes and types are checked before. Pointers and codes, never values. */
export function checkForm(form: ApplicationForm, context: FormContext): FormCheck {
  const errors = new Findings();
  const warnings = new Findings();
  checkParents(form, errors);
  checkApplicant(form, context, errors);
  errors.addIf(!form.declarations.some((item) => item.code === 'truthful'), '/declarations', 'declaration_missing');
  form.newborns.forEach((newborn, index) => checkNewborn({ form, newborn, index, context }, errors, warnings));
  checkOrders(form.newborns, context, errors);
  return { errors: errors.items, warnings: warnings.items };
}

/** Two newborns of one birth have two places in the order. */
function checkOrders(newborns: readonly NewbornForm[], { births }: FormContext, errors: Findings): void {
  const seen = new Set<string>();
  newborns.forEach((_, index) => {
    const birth = births[index];
    if (!birth) return;
    const place = `${birth.bornOn}/${birth.deliveryOrder}`;
    errors.addIf(seen.has(place), `/newborns/${index}`, 'delivery_order_repeated');
    seen.add(place);
  });
}
