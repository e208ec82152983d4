import type { BirthRecord, BirthRecordStore } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { OnceRows } from '../cases/once-rows';
import { Database } from '../database';
import type { Transaction } from '../transaction';
import { KeyRing } from '../sealing/key-ring';

type Received = Parameters<BirthRecordStore['receive']>[0];
type NewRecord = Received['records'][number];

interface Row {
  id: string;
  hospital_office_code: string;
  outcome: BirthRecord['outcome'];
  sealed: Buffer;
  received_at: string;
  application_id: string | null;
  shared_with_father: boolean;
  wrapped: Buffer;
}

const COLUMNS = `r.id, r.hospital_office_code, r.outcome, r.sealed, ms(r.received_at) as received_at, r.application_id,
  r.shared_with_father, k.wrapped from birth_record r join case_key k on k.case_id = r.id`;

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
      const taken = await this.onceRows.takeInbox(client, row, 'stored');
      if (taken !== 'new') return { commit: false, value: { outcome: taken, ids: [] } };
      const ids: string[] = [];
      for (const record of input.records) ids.push(await this.put(client, record, input.receivedAt));
      return { commit: true, value: { outcome: 'stored', ids } };
    });
  }

  /** The same office and record number again replaces what was said before. */
  private async put(client: Transaction, record: NewRecord, receivedAt: number): Promise<string> {
    const token = this.keys.token('record', `${record.hospitalOfficeCode}/${record.recordNumber}`);
    const known = await client.query<{ id: string; wrapped: Buffer }>({
      name: 'known_birth_record',
      text: `select r.id, k.wrapped from birth_record r join case_key k on k.case_id = r.id
        where r.record_token = $1 for update of r`,
      values: [token],
    });
    const existing = known.rows[0];
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
    const { birth, mother, recordNumber } = record;
    await client.query({
      name: 'put_birth_record',
      text: `insert into birth_record (id, hospital_office_code, record_token, mother_token, match_token, outcome, sealed, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (record_token) do update set mother_token = excluded.mother_token, match_token = excluded.match_token,
          outcome = excluded.outcome, sealed = excluded.sealed, received_at = excluded.received_at`,
      values: [
        id,
        record.hospitalOfficeCode,
        token,
        this.keys.token('mother', mother.identity.number),
        this.keys.token('birth_match', matchText(record)),
        record.outcome,
        seal.seal('birth_record', 'sealed', id, { birth, mother, recordNumber }),
        new Date(receivedAt),
      ],
    });
    return id;
  }

  async byId(id: string): Promise<BirthRecord | null> {
    const [row] = await this.database.query<Row>({
      name: 'birth_record_by_id',
      text: `select ${COLUMNS} where r.id = $1`,
      values: [id],
    });
    return row === undefined ? null : this.open(row);
  }

  async ofMother(identityNumber: string): Promise<BirthRecord[]> {
    const rows = await this.database.query<Row>({
      name: 'birth_records_of_mother',
      text: `select ${COLUMNS} where r.mother_token = $1 order by r.received_at`,
      values: [this.keys.token('mother', identityNumber)],
    });
    return rows.map((row) => this.open(row));
  }

  private open(row: Row): BirthRecord {
    const seal = this.keys.openCase(row.id, row.wrapped);
    return {
      id: row.id,
      hospitalOfficeCode: row.hospital_office_code,
      outcome: row.outcome,
      receivedAt: Number(row.received_at),
      applicationId: row.application_id,
      sharedWithFather: row.shared_with_father,
      ...seal.open<Pick<BirthRecord, 'birth' | 'mother' | 'recordNumber'>>(
        'birth_record',
        'sealed',
        row.id,
        row.sealed,
      ),
    };
  }

  async waitingFor(record: BirthRecord): ReturnType<BirthRecordStore['waitingFor']> {
    const { bornAt, deliveryOrder } = record.birth;
    const token = this.keys.token(
      'newborn',
      `${record.mother.identity.number}|${bornAt.slice(0, 10)}|${deliveryOrder}`,
    );
    const rows = await this.database.query<{ application_id: string; newborn_index: number }>({
      name: 'cases_waiting_for_record',
      text: `select l.application_id, s.newborn_index from lookup_token l join step s on s.application_id = l.application_id
        where l.kind = 'newborn' and l.token = $1 and 'hospital_record_missing' = any (s.holds)
        group by l.application_id, s.newborn_index`,
      values: [token],
    });
    return rows.map((row) => ({ applicationId: row.application_id, newbornIndex: row.newborn_index }));
  }

  async shareWithFather(applicationId: string): Promise<void> {
    await this.database.query({
      name: 'share_birth_record',
      text: 'update birth_record set shared_with_father = true where application_id = $1',
      values: [applicationId],
    });
  }
}

const matchText = ({ birth, mother }: NewRecord): string =>
  [mother.identity.number, birth.bornAt.slice(0, 10), birth.plurality, birth.deliveryOrder].join('|');
