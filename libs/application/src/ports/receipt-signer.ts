import type { StepCode } from '@birth/domain';
import type { ShownState } from '../shapes/case-shapes';

/** What a receipt proves, and nothing else: no name, no number of a person. */
export interface ReceiptClaims {
  caseNumber: string;
  /** YYYY-MM-DD in Asia/Shanghai. */
  printedOn: string;
  results: readonly { newborn: number; service: StepCode; state: ShownState }[];
}

/** Signs what stands on a receipt as a compact JWS (RFC 7515) with Ed25519 (RFC 8037). */
export interface ReceiptSigner {
  sign(claims: ReceiptClaims): Promise<string>;
  /** null: no receipt of this installation, or changed since. */
  read(code: string): Promise<ReceiptClaims | null>;
  /** Public half, for those who check without asking us (RFC 7517). */
  publicKey(): Readonly<Record<string, string>>;
}
export const RECEIPT_SIGNER = Symbol('RECEIPT_SIGNER');
