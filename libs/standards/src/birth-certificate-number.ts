/** 出生医学证明 number: one letter of the edition and nine digits. */
export const isBirthCertificateNumber = (text: string): boolean => /^[A-Z]\d{9}$/.test(text);
