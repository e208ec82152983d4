import type { MessageReference } from '@birth/application';
import type { KeyRing } from '../sealing/key-ring';

/** A key is a random-looking name of a step, no personal data: kept as it is. */
export const uuidBytes = (key: string): Buffer => Buffer.from(key.replaceAll('-', ''), 'hex');

/** The lookup token under which an agency's name for a step is found. */
export const referenceToken = (
  keys: KeyRing,
  agency: string,
  reference: MessageReference,
): { kind: string; token: Buffer } =>
  'key' in reference
    ? { kind: 'key', token: uuidBytes(reference.key) }
    : { kind: `receipt:${agency}`, token: keys.token('receipt', `${agency}/${reference.receipt}`) };
