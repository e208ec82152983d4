/** GB 32100-2015: 31 characters (no I, O, S, V, Z), weights 3^i mod 31, check character 31 − (sum mod 31). */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export function socialCreditCheckCharacter(first17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Unified social credit code: 18 characters, right check character. */
export const isSocialCreditCode = (text: string): boolean =>
  /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text) &&
  socialCreditCheckCharacter(text.slice(0, 17)) === text[17];
