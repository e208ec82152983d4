import type { ApplicationForm, NewbornForm } from '../form';
import type { FormCheck } from './check-form';
import { checkNewbornName } from './check-name';
import { checkEthnicity, checkHousehold } from './check-newborn';
import { Findings } from './finding';

/**
 * A form in which the mother alone is named from now on (policy P7): what a newborn had from the father is given anew, with
 * the pointers and codes of the filing.
 */
export function checkAlone(form: ApplicationForm): FormCheck {
  const errors = new Findings();
  const warnings = new Findings();
  form.newborns.forEach((newborn, index) =>
    checkNewborn({ form, newborn, at: `/newborns/${index}` }, errors, warnings),
  );
  return { errors: errors.items, warnings: warnings.items };
}

interface Checked {
  form: ApplicationForm;
  newborn: NewbornForm;
  at: string;
}

function checkNewborn({ form, newborn, at }: Checked, errors: Findings, warnings: Findings): void {
  const { household, name, surnameSource } = newborn;
  checkEthnicity({ form, newborn }, at, errors);
  const isOfFather = name !== null && surnameSource === 'father';
  if (isOfFather) errors.add(`${at}/surnameSource`, 'came_from_father');
  else checkNewbornName({ form, newborn, at }, errors, warnings);
  if (household?.follows === 'father') errors.add(`${at}/household/follows`, 'came_from_father');
  else if (household !== undefined) checkHousehold(form, household, at, errors);
}
