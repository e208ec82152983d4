import type { AgencyKeyBook, OwnKeyBook } from './signing-keys';

/** Both sides' keys as they are at the moment of asking: never kept over a call. */
export interface KeyPair {
  own(): OwnKeyBook;
  agencies(): AgencyKeyBook;
}

export const SIGNING_KEYS = Symbol('SIGNING_KEYS');
