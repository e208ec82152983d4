import { checkName, type SoftNameProblem } from '@birth/standards';
import type { ApplicationForm, NewbornForm } from '../form';
import type { FormCheck } from './check-form';
import { Findings } from './finding';

/** GB/T 3304. */
const HAN = '01';

export interface NamedNewborn {
  form: ApplicationForm;
  newborn: NewbornForm;
  /** Pointer to the newborn in the form. */
  at: string;
}

/** A name that is decided after filing keeps the same rules, with the same pointers and codes (policy P6). */
export function checkChosenName(form: ApplicationForm, newborn: NewbornForm, index: number): FormCheck {
  const errors = new Findings();
  const warnings = new Findings();
  checkNewbornName({ form, newborn, at: `/newborns/${index}` }, errors, warnings);
  return { errors: errors.items, warnings: warnings.items };
}

/** What a soft problem means is said before filing: the household step goes to the window. */
export function checkNewbornName({ form, newborn, at }: NamedNewborn, errors: Findings, warnings: Findings): void {
  const { name } = newborn;
  if (name === null) return;
  const { hard, soft } = checkName(name.surname, name.given);
  for (const problem of hard) errors.add(`${at}/name/${problem.part}`, `name_${problem.code}`);
  const isWindow = (problem: SoftNameProblem) => problem !== 'surname_outside_table';
  if (soft.some(isWindow)) warnings.add(`${at}/name`, 'name_needs_window');
  checkSurname({ form, newborn, at }, name.surname, errors);
}

function checkSurname({ form, newborn, at }: NamedNewborn, surname: string, errors: Findings): void {
  const { surnameSource, ethnicity } = newborn;
  const isCustomOfNone = surnameSource === 'minority_custom' && ethnicity === HAN;
  errors.addIf(isCustomOfNone, `${at}/surnameSource`, 'custom_needs_minority');
  if (surnameSource !== 'father' && surnameSource !== 'mother') return;
  const parent = form[surnameSource];
  if (parent === null) return errors.add(`${at}/surnameSource`, 'parent_missing');
  errors.addIf(isOwnSurnameWrong(parent.name, surname), `${at}/name/surname`, 'surname_mismatch');
}

/** Foreign and minority names carry the surname elsewhere: only names in Han characters are compared. */
const isOwnSurnameWrong = (parentName: string, surname: string): boolean =>
  /^\p{Script=Han}{2,4}$/u.test(parentName) && !parentName.startsWith(surname);
