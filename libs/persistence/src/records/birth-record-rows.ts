import type { BirthRecord } from '@birth/application';
import type { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';

export interface BirthRecordRow {
  id: string;
  hospital_office_code: string;
  outcome: BirthRecord['outcome'];
  sealed: Buffer;
  received_at: string;
  application_id: string | null;
  wrapped: Buffer;
}

/** A case that ended without any result uses no record. */
export const RECORD_COLUMNS = `r.id, r.hospital_office_code, r.outcome, r.sealed, ms(r.received_at) as received_at,
  case when a.status in ('withdrawn', 'closed_with_refusals') then null else r.application_id end as application_id,
  k.wrapped
  from birth_record r join case_key k on k.case_id = r.id left join application a on a.id = r.application_id`;

/** Records of before hospitals said whether they treat the child do not have that. */
type Sealed = Pick<BirthRecord, 'birth' | 'mother' | 'recordNumber'> &
  Partial<Pick<BirthRecord, 'inHospital' | 'motherDied'>>;

export function openRecord(row: BirthRecordRow, keys: KeyRing): BirthRecord {
  const seal = keys.openCase(row.id, row.wrapped);
  const sealed = seal.open<Sealed>('birth_record', 'sealed', row.id, row.sealed);
  return {
    id: row.id,
    hospitalOfficeCode: row.hospital_office_code,
    outcome: row.outcome,
    receivedAt: Number(row.received_at),
    applicationId: row.application_id,
    ...sealed,
    inHospital: sealed.inHospital ?? null,
    motherDied: sealed.motherDied ?? false,
  };
}

/**
 * The mother's records that no other case uses. Read after the case was locked, so that whatever was committed before is
 * seen; locked, so that two cases never take the same one.
 */
export async function usableRecords(client: Transaction, caseId: string, keys: KeyRing): Promise<BirthRecord[]> {
  const { rows } = await client.query<BirthRecordRow>({
    name: 'usable_birth_records',
    text: `select ${RECORD_COLUMNS} where r.mother_token in
        (select n.mother_token from newborn n where n.application_id = $1 and n.mother_token is not null)
      order by r.id for no key update of r`,
    values: [caseId],
  });
  return freeRecords(rows, caseId, keys);
}

/** The one that a clerk names by the hospital's number, locked likewise; whoever the mother is. */
export async function recordNamed(
  client: Transaction,
  caseId: string,
  { office, recordNumber }: { office: string; recordNumber: string },
  keys: KeyRing,
): Promise<BirthRecord[]> {
  const { rows } = await client.query<BirthRecordRow>({
    name: 'named_birth_record',
    text: `select ${RECORD_COLUMNS} where r.record_token = $1 for no key update of r`,
    values: [keys.token('record', `${office}/${recordNumber}`)],
  });
  return freeRecords(rows, caseId, keys);
}

const freeRecords = (rows: readonly BirthRecordRow[], caseId: string, keys: KeyRing): BirthRecord[] =>
  rows
    .map((row) => openRecord(row, keys))
    .filter(({ applicationId }) => applicationId === null || applicationId === caseId);
