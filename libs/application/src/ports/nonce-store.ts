/** Nonces of signed requests that leave nothing behind; those of messages are kept with the inbox. */
export interface NonceStore {
  /** False: this owner used it before, however many processes hear of it at once. */
  use(owner: string, nonce: string, at: number): Promise<boolean>;
}

export const NONCE_STORE = Symbol('NONCE_STORE');
