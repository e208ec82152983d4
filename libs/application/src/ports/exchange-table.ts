import type { AgencyCode, StepCode } from '@birth/domain';

/** null: not taken yet · 0 taken, not finished · 1 finished · 2 an item is missing · 3 an error. */
export type ExchangeFlag = '0' | '1' | '2' | '3' | null;

/** What we write: one row a request (第三方业务主键). */
export interface ExchangeRequest {
  /** Our key: the same on every attempt. */
  thirdPartyId: string;
  agency: AgencyCode;
  officeCode: string;
  stepCode: StepCode;
  qualifier: string;
  /** What the office needs; gone as soon as its last word was read. */
  content: unknown;
  writtenAt: number;
}

/** What the agency's side writes into the row, as it stands; nothing of it is trusted before it was read. */
export interface ExchangeAnswer {
  flag: ExchangeFlag;
  /** When the flag was set, epoch ms. */
  flagAt: number | null;
  receipt: string | null;
  errorText: string | null;
  /** JSON: pointers of what is missing. */
  errorFields: unknown;
  /** JSON: the step's results in the platform's own words. */
  result: unknown;
  /** JSON: the parts of a refusal. */
  refusal: unknown;
}

/** 前置机: a schema of our database that the agency's side polls and writes. */
export interface ExchangeTable {
  /** Writes a row once; the row as it stands. `other_content`: the key is there with another request. */
  put(request: ExchangeRequest): Promise<ExchangeAnswer | 'other_content'>;
  /** null: definitely not there. */
  find(thirdPartyId: string): Promise<ExchangeAnswer | null>;
  /** The last word was read: what the family told is wiped from the row. */
  wipe(thirdPartyId: string): Promise<void>;
}
export const EXCHANGE_TABLE = Symbol('EXCHANGE_TABLE');
