import type { BirthSection } from './dossier';

/** A hospital's signed birth record, sealed with a key of its own until a case takes it over. */
export interface BirthRecord {
  id: string;
  hospitalOfficeCode: string;
  recordNumber: string;
  outcome: 'live' | 'stillborn' | 'died_after';
  birth: BirthSection;
  mother: { name: string; identity: { type: string; number: string } };
  receivedAt: number;
  /** The case that uses it; a case that ended without any result uses none. */
  applicationId: string | null;
  /** The father may see it after the mother confirmed. */
  sharedWithFather: boolean;
}

export interface BirthRecordStore {
  /** One transaction: inbox row and records; the same office and record number again replaces what was said before. */
  receive(input: {
    messageId: string;
    nonce: string;
    keyId: string;
    digest: Buffer;
    body: Buffer;
    receivedAt: number;
    records: readonly Omit<BirthRecord, 'receivedAt' | 'applicationId' | 'sharedWithFather'>[];
  }): Promise<{ outcome: 'stored' | 'duplicate' | 'reused'; ids: string[] }>;
  byId(id: string): Promise<BirthRecord | null>;
  /** Records of a mother by her ID number (keyed token). */
  ofMother(identityNumber: string): Promise<BirthRecord[]>;
  /** Cases of this mother in which a newborn waits for its record. */
  casesWaitingFor(motherIdentityNumber: string): Promise<string[]>;
  /** The mother confirmed: the father may see the records of this case. */
  shareWithFather(applicationId: string): Promise<void>;
}
export const BIRTH_RECORD_STORE = Symbol('BIRTH_RECORD_STORE');
