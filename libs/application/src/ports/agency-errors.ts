/** The agency definitely did not take it: connection refused, 429, 503 with Retry-After. Later is safe and useful. */
export class AgencyUnavailable extends Error {
  override readonly name = 'AgencyUnavailable';
  constructor(
    message: string,
    /** Milliseconds that the agency asked everyone to wait; pauses the whole agency. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** Something may have reached the agency: timeout or reset after sending, a 5xx without a clear word. Never "failed". */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** What came back breaks the agreed interface. Never again by itself: a clerk decides. */
export class AgencyContractBroken extends Error {
  override readonly name = 'AgencyContractBroken';
  constructor(
    message: string,
    /** The field that broke, a name and never a value. */
    readonly field: string,
    /** The agency's own code of what is wrong, as its dictionary names it. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/** Why a message was not trusted; for our own log, never for its sender. */
export type RefusalCode =
  | 'unknown_sender'
  | 'unknown_task'
  | 'sends_no_messages'
  | 'no_signature'
  | 'signature_input_unreadable'
  | 'components_missing'
  | 'created_out_of_window'
  | 'nonce_or_key_missing'
  | 'unknown_key'
  | 'key_of_another'
  | 'another_algorithm'
  | 'signature_unreadable'
  | 'signature_wrong'
  | 'digest_wrong'
  | 'used_before';

/** An incoming message that cannot be trusted: 401 without detail to the sender. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused';
  constructor(
    readonly code: RefusalCode,
    /** One of our registered keys, else null: whatever else was sent as an id is the sender's text. */
    readonly keyId: string | null = null,
  ) {
    super(code);
  }
}
