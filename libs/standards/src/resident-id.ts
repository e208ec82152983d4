import { isDate } from './day-counting';

/** GB 11643-1999, ISO 7064 MOD 11-2: weights of the first 17 digits and the check characters by remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

export type ResidentIdCheck =
  | { valid: true; regionCode: string; birthDate: string; sex: 'male' | 'female' }
  | { valid: false; problem: 'format' | 'check_character' | 'birth_date' };

/** Full-width digits, spaces and a lower-case x become what the standard writes. */
export const normaliseResidentId = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** The 18th character of 17 digits. */
export function residentIdCheckCharacter(first17: string): string {
  const sum = [...first17].reduce((total, digit, index) => total + Number(digit) * (WEIGHTS[index] ?? 0), 0);
  return CHECKS.charAt(sum % 11);
}

/** Checks a normalised number (GB 11643): format, check character, existing birth date; reads region, date and sex. */
export function checkResidentId(text: string): ResidentIdCheck {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return { valid: false, problem: 'format' };
  if (residentIdCheckCharacter(text.slice(0, 17)) !== text[17]) return { valid: false, problem: 'check_character' };
  const birthDate = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!isDate(birthDate)) return { valid: false, problem: 'birth_date' };
  const sex = Number(text[16]) % 2 === 1 ? 'male' : 'female';
  return { valid: true, regionCode: text.slice(0, 6), birthDate, sex };
}

/** First and last character only. */
export const maskResidentId = (text: string): string =>
  text.length < 3 ? '*'.repeat(text.length) : `${text[0]}${'*'.repeat(text.length - 2)}${text.at(-1)}`;
