import type { FertilityForm, FertilityRecord, FertilityState } from '@birth/domain';
import type { Page } from './reads';
import type { OnceRow, StoredResponse } from './case-store';

/** One declaration with its sealed part open. */
export interface FertilityRegistration {
  id: string;
  record: FertilityRecord;
  officeCode: string;
  receiptNumber: string;
  declarantSubject: string;
  declaredAt: number;
  form: FertilityForm;
  /** Materials that the family brought as evidence. */
  evidence: readonly string[];
  /** The last decision's words, for the family. */
  note: string | null;
}

export interface FertilityEntry {
  type: string;
  fromState: FertilityState | null;
  toState: FertilityState;
  actor: 'applicant' | 'clerk' | 'platform';
  actorId: string | null;
  at: number;
}

export interface FertilityListItem {
  id: string;
  state: FertilityState;
  owner: FertilityRecord['owner'];
  officeCode: string;
  receiptNumber: string;
  dueAt: number | null;
  isEscalated: boolean;
  version: number;
  declaredAt: number;
}

export interface FertilityChange {
  record: FertilityRecord;
  entry: FertilityEntry;
  evidence?: readonly string[];
  note?: string;
}

export interface FertilityStore {
  /** One transaction; `holder` when the same mother and parity are registered or open already. */
  declare(input: {
    id: string;
    once: Extract<OnceRow, { kind: 'idempotency' }>;
    declarantSubject: string;
    officeCode: string;
    form: FertilityForm;
    record: FertilityRecord;
    declaredAt: number;
    respond: (receiptNumber: string) => StoredResponse;
  }): Promise<
    | { outcome: 'declared' | 'replayed'; response: StoredResponse }
    | { outcome: 'known'; holder: { id: string; officeCode: string; declarantSubject: string } }
  >;
  byId(id: string): Promise<FertilityRegistration | null>;
  entries(id: string): Promise<FertilityEntry[]>;
  own(subject: string): Promise<FertilityListItem[]>;
  ofOffices(
    filter: { offices: readonly string[]; state?: FertilityState },
    cursor: string | null,
    limit: number,
  ): Promise<Page<FertilityListItem>>;
  /** Locks the row, lets `decide` say what becomes of it, stores it. null: unknown. */
  change(
    id: string,
    decide: (found: FertilityRegistration) => FertilityChange | null,
  ): Promise<FertilityRegistration | null>;
  /** The same, once by its key; the stored answer afterwards. */
  changeOnce(
    id: string,
    request: {
      once: Extract<OnceRow, { kind: 'idempotency' }>;
      decide: (found: FertilityRegistration) => FertilityChange;
      respond: (changed: FertilityRegistration) => StoredResponse;
    },
  ): Promise<StoredResponse | null>;
  /** Ids whose time has come, oldest first. */
  due(now: number, limit: number): Promise<string[]>;
}
export const FERTILITY_STORE = Symbol('FERTILITY_STORE');
