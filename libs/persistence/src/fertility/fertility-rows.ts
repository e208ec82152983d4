import type { FertilityListItem, FertilityRegistration } from '@birth/application';
import type { FertilityForm } from '@birth/domain';
import type { KeyRing } from '../sealing/key-ring';

/** What is sealed of a declaration: everything that names people, and the office's words. */
export interface SealedPart {
  form: FertilityForm;
  evidence: readonly string[];
  note: string | null;
}

export interface FertilityRow {
  id: string;
  receipt_number: string;
  declarant_subject: string;
  office_code: string;
  state: FertilityListItem['state'];
  owner: FertilityListItem['owner'];
  due_at: string | null;
  is_escalated: boolean;
  version: number;
  declared_at: string;
  sealed: Buffer;
  wrapped: Buffer;
}

export const LIST_COLUMNS = `id, receipt_number, declarant_subject, office_code, state, owner, ms(due_at) as due_at, is_escalated,
  version, ms(declared_at) as declared_at`;
export const ROW = `select f.id, f.receipt_number, f.declarant_subject, f.office_code, f.state, f.owner, ms(f.due_at) as due_at,
  f.is_escalated, f.version, ms(f.declared_at) as declared_at, f.sealed, k.wrapped
  from fertility_registration f join case_key k on k.case_id = f.id where f.id = $1`;

const at = (ms: string | null): number | null => (ms === null ? null : Number(ms));

export const toListItem = (row: Omit<FertilityRow, 'sealed' | 'wrapped'>): FertilityListItem => ({
  id: row.id,
  state: row.state,
  owner: row.owner,
  officeCode: row.office_code,
  receiptNumber: row.receipt_number,
  dueAt: at(row.due_at),
  isEscalated: row.is_escalated,
  version: row.version,
  declaredAt: Number(row.declared_at),
});

export function toRegistration(row: FertilityRow, keys: KeyRing): FertilityRegistration {
  const seal = keys.openCase(row.id, row.wrapped);
  const { state, owner, dueAt, isEscalated, version, declaredAt } = toListItem(row);
  return {
    id: row.id,
    record: { state, owner, dueAt, isEscalated, version },
    officeCode: row.office_code,
    receiptNumber: row.receipt_number,
    declarantSubject: row.declarant_subject,
    declaredAt,
    ...seal.open<SealedPart>('fertility_registration', 'sealed', row.id, row.sealed),
  };
}
