import type {
  BirthRecord,
  BirthRecordStore,
  IdentityPaper,
  NewBirthRecord,
  RecordUse,
  StoredRecord,
} from '@birth/application';
import { Injectable } from '@nestjs/common';
import { OnceRows } from '../cases/once-rows';
import { Database } from '../database';
import { putKept } from '../evidence/message-evidence';
import type { Transaction } from '../transaction';
import { KeyRing } from '../sealing/key-ring';
import { type BirthRecordRow, openRecord, RECORD_COLUMNS } from './birth-record-rows';

type Received = Parameters<BirthRecordStore['receive']>[0];

interface KnownRecord {
  id: string;
  application_id: string | null;
  mother_token: Buffer | null;
  outcome: string;
  wrapped: Buffer;
}

/** Another mother's, or of a child who was never alive: not the birth that a case goes by. */
function isOtherBirth(known: KnownRecord, motherToken: Buffer | null, outcome: string): boolean {
  if (known.application_id === null) return false;
  const isOtherMother = !(known.mother_token ?? NOBODY).equals(motherToken ?? NOBODY);
  return isOtherMother || (known.outcome === 'stillborn') !== (outcome === 'stillborn');
}
const NOBODY = Buffer.alloc(0);

/** A hospital's signed records, each sealed with a key of its own. */
@Injectable()
export class PostgresBirthRecordStore implements BirthRecordStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly onceRows: OnceRows,
  ) {}

  receive(input: Received): ReturnType<BirthRecordStore['receive']> {
    return this.database.transaction<Awaited<ReturnType<BirthRecordStore['receive']>>>(async (client) => {
      const row = { ...input, kind: 'inbox', agency: 'hospital' } as const;
      const taken = await this.onceRows.takeInbox(client, row, {
        disposition: 'stored',
        body: this.onceRows.platformBody(row),
      });
      if (taken !== 'new') return { commit: false, value: { outcome: taken, records: [] } };
      await client.query(putKept(row, 'stored'));
      const records: StoredRecord[] = [];
      for (const record of input.records) records.push(await this.put(client, record, input.receivedAt));
      return { commit: true, value: { outcome: 'stored', records } };
    });
  }

  /** The same office and record number again replaces what was said before, but never the birth of a running case by another. */
  private async put(client: Transaction, record: NewBirthRecord, receivedAt: number): Promise<StoredRecord> {
    const token = this.keys.token('record', `${record.hospitalOfficeCode}/${record.recordNumber}`);
    const known = await client.query<KnownRecord>({
      name: 'known_birth_record',
      text: `select r.id, r.application_id, r.mother_token, r.outcome, k.wrapped from birth_record r join case_key k on k.case_id = r.id
        where r.record_token = $1 for update of r`,
      values: [token],
    });
    const existing = known.rows[0];
    const motherToken = this.keys.paper('mother', record.mother.identity);
    if (existing !== undefined && isOtherBirth(existing, motherToken, record.outcome)) {
      return { id: existing.id, outcome: 'data_mismatch' };
    }
    const id = existing?.id ?? record.id;
    const fresh = existing === undefined ? this.keys.newCase(id) : null;
    const seal = fresh?.seal ?? this.keys.openCase(id, (existing as { wrapped: Buffer }).wrapped);
    if (fresh !== null) {
      await client.query({
        name: 'put_case_key',
        text: `insert into case_key (case_id, kek_id, wrapped) values ($1, 'master', $2)`,
        values: [id, fresh.wrapped],
      });
    }
    const { birth, mother, recordNumber, inHospital, motherDied } = record;
    await client.query({
      name: 'put_birth_record',
      text: `insert into birth_record (id, hospital_office_code, record_token, mother_token, outcome, sealed, received_at,
          first_received_at, late_days)
        values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
        on conflict (record_token) do update set mother_token = excluded.mother_token, outcome = excluded.outcome, sealed = excluded.sealed, received_at = excluded.received_at`,
      values: [
        id,
        record.hospitalOfficeCode,
        token,
        motherToken,
        record.outcome,
        seal.seal('birth_record', 'sealed', id, { birth, mother, recordNumber, inHospital, motherDied }),
        new Date(receivedAt),
        record.lateDays,
      ],
    });
    return { id, outcome: existing === undefined ? 'stored' : 'replaced' };
  }

  async byId(id: string): Promise<BirthRecord | null> {
    const [row] = await this.database.query<BirthRecordRow>({
      name: 'birth_record_by_id',
      text: `select ${RECORD_COLUMNS} where r.id = $1`,
      values: [id],
    });
    return row === undefined ? null : openRecord(row, this.keys);
  }

  async ofParent(identity: IdentityPaper): Promise<BirthRecord[]> {
    const token = this.keys.paper('mother', identity);
    if (token === null) return [];
    const rows = await this.database.query<BirthRecordRow>({
      name: 'birth_records_of_parent',
      text: `select ${RECORD_COLUMNS} where r.mother_token = $1 or (r.father_token = $2 and a.protected is not true)
        order by r.received_at`,
      values: [token, this.keys.paper('father', identity)],
    });
    return rows.map((row) => openRecord(row, this.keys));
  }

  async casesWaitingFor(mother: IdentityPaper): Promise<string[]> {
    const token = this.keys.paper('mother', mother);
    if (token === null) return [];
    const rows = await this.database.query<{ application_id: string }>({
      name: 'cases_waiting_for_record',
      text: `select distinct n.application_id from newborn n
        join step s on s.application_id = n.application_id and s.newborn_index = n.index
        where n.mother_token = $1 and 'hospital_record_missing' = any (s.holds) order by n.application_id`,
      values: [token],
    });
    return rows.map((row) => row.application_id);
  }

  async casesNaming(mother: IdentityPaper): Promise<string[]> {
    const token = this.keys.paper('mother', mother);
    if (token === null) return [];
    const rows = await this.database.query<{ application_id: string }>({
      name: 'cases_naming_mother',
      text: `select distinct n.application_id from newborn n join application a on a.id = n.application_id
        where n.mother_token = $1 and n.birth_record_id is null and a.closed_at is null order by n.application_id`,
      values: [token],
    });
    return rows.map((row) => row.application_id);
  }

  async usesOf(office: string, recordNumbers: readonly string[]): Promise<RecordUse[]> {
    const numbers = new Map(
      recordNumbers.map((number) => [this.keys.token('record', `${office}/${number}`).toString('hex'), number]),
    );
    const rows = await this.database.query<Omit<RecordUse, 'recordNumber'> & { token: string }>({
      name: 'uses_of_records',
      text: `select n.application_id as "applicationId", n.index as "newbornIndex", encode(r.record_token, 'hex') as token
        from birth_record r join newborn n on n.application_id = r.application_id and n.birth_record_id = r.id
        where r.record_token = any ($1) order by n.application_id, n.index`,
      values: [[...numbers.keys()].map((token) => Buffer.from(token, 'hex'))],
    });
    return rows.map(({ token, ...use }) => ({ ...use, recordNumber: numbers.get(token) as string }));
  }
}
