import type { IdentityPaper } from './case-store';
import type { BirthSection } from './dossier';

/** A hospital's signed birth record, sealed with a key of its own until a case takes it over. */
export interface BirthRecord {
  id: string;
  hospitalOfficeCode: string;
  recordNumber: string;
  outcome: 'live' | 'stillborn' | 'died_after';
  birth: BirthSection;
  /** Whether the hospital treats the child, as it last said; null where it says nothing (P11). */
  inHospital: boolean | null;
  mother: { name: string; identity: { type: string; number: string } };
  /** The hospital says that the mother died (policy P16). */
  motherDied: boolean;
  receivedAt: number;
  /** The case that uses it; a case that ended without any result uses none. */
  applicationId: string | null;
}

export interface NewBirthRecord extends Omit<BirthRecord, 'receivedAt' | 'applicationId'> {
  /** Days begun after the hospital's limit for its entry; kept of the first time that it tells of a birth. */
  lateDays: number;
}

export interface StoredRecord {
  id: string;
  /** `data_mismatch`: another birth's by what it says now, while a case goes by it; what was stored stays. */
  outcome: 'stored' | 'replaced' | 'data_mismatch';
}

export interface RecordUse {
  applicationId: string;
  newbornIndex: number;
  recordNumber: string;
}

export interface BirthRecordStore {
  /** One transaction: inbox row and records; the same office and record number again replaces what was said before, unless it is another birth's. */
  receive(input: {
    messageId: string;
    nonce: string;
    keyId: string;
    digest: Buffer;
    body: Buffer;
    receivedAt: number;
    records: readonly NewBirthRecord[];
  }): Promise<{ outcome: 'stored' | 'duplicate' | 'reused'; records: StoredRecord[] }>;
  byId(id: string): Promise<BirthRecord | null>;
  /** Those that a parent may see: the mother's own, and the father's after she confirmed. A paper that proves nobody finds nothing. */
  ofParent(identity: IdentityPaper): Promise<BirthRecord[]>;
  /** Cases of this mother in which a newborn waits for its record. */
  casesWaitingFor(mother: IdentityPaper): Promise<string[]>;
  /** Open cases in which a newborn of this mother has no record yet, whoever filed them. */
  casesNaming(mother: IdentityPaper): Promise<string[]>;
  /** Newborns of cases that go by one of these records of this office. */
  usesOf(office: string, recordNumbers: readonly string[]): Promise<readonly RecordUse[]>;
}
export const BIRTH_RECORD_STORE = Symbol('BIRTH_RECORD_STORE');
