/** ISO/IEC 7064 MOD 37,36 over 0-9 and A-Z: finds every single wrong character and every swap of neighbours. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function mod3736CheckCharacter(text: string): string {
  let product = 36;
  for (const character of text) {
    const sum = (product + ALPHABET.indexOf(character)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return ALPHABET.charAt((37 - product) % 36);
}

export const hasValidMod3736 = (text: string): boolean =>
  /^[0-9A-Z]{2,}$/.test(text) && mod3736CheckCharacter(text.slice(0, -1)) === text.at(-1);

const PREFIX = '500235CSYJS';

/** Readable case number: county and service, day of filing, six digits of a cycling sequence, check character. */
export function formatCaseNumber({ date, sequence }: { date: string; sequence: number }): string {
  const body = `${PREFIX}${date}${String(sequence).padStart(6, '0')}`;
  return body + mod3736CheckCharacter(body);
}

export const isCaseNumber = (text: string): boolean =>
  new RegExp(`^${PREFIX}\\d{14}[0-9A-Z]$`).test(text) && hasValidMod3736(text);

const FERTILITY_PREFIX = '500235SYDJ';

/** Receipt number of a fertility registration (生育登记), built like a case number. */
export function formatFertilityNumber({ date, sequence }: { date: string; sequence: number }): string {
  const body = `${FERTILITY_PREFIX}${date}${String(sequence).padStart(6, '0')}`;
  return body + mod3736CheckCharacter(body);
}
