import type { IdentityDocument } from '@birth/domain';

/** Each agency counts identity documents in its own way (domain: code sets differ). */
export type DocumentCodes = Readonly<Record<IdentityDocument['type'], string>>;

/** Agencies write a slash where a person has no document. */
export const documentNumber = ({ type, number }: IdentityDocument): string =>
  type === 'none' || number === '' ? '/' : number;
