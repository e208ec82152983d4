import type {
  FertilityChange,
  FertilityEntry,
  FertilityListItem,
  FertilityRegistration,
  FertilityStore,
  Page,
  StoredResponse,
} from '@birth/application';
import { formatFertilityNumber, toShanghaiDate } from '@birth/standards';
import { Injectable } from '@nestjs/common';
import { OnceRows } from '../cases/once-rows';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';
import { type FertilityRow, LIST_COLUMNS, ROW, toListItem, toRegistration } from './fertility-rows';

type Declaration = Parameters<FertilityStore['declare']>[0];
type ChangingOnce = Parameters<FertilityStore['changeOnce']>[1];
type Declared = Awaited<ReturnType<FertilityStore['declare']>>;

const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

@Injectable()
export class PostgresFertilityStore implements FertilityStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly onceRows: OnceRows,
  ) {}

  declare(input: Declaration): Promise<Declared> {
    return this.database.transaction<Declared>(async (transaction) => {
      const replayed = await this.onceRows.takeIdempotency(transaction, input.once);
      if (replayed !== null) return { commit: false, value: { outcome: 'replayed', response: replayed } };
      const holder = await this.takeToken(transaction, input);
      if (holder !== null) return { commit: false, value: { outcome: 'known', holder } };
      const response = await this.insert(transaction, input);
      await transaction.last([this.onceRows.keepResponse(input.once, response)]);
      return { commit: true, value: { outcome: 'declared', response } };
    });
  }

  /** One living declaration a mother and parity, whoever of the parents made it. */
  private async takeToken(transaction: Transaction, { id, form }: Declaration) {
    const token = this.keys.token('fertility', `${form.mother.identity.number}|${form.parity}`);
    const taken = await transaction.query({
      name: 'fertility_token',
      text: 'insert into fertility_token (token, registration_id) values ($1, $2) on conflict do nothing',
      values: [token, id],
    });
    if (taken.rowCount === 1) return null;
    const { rows } = await transaction.query<{ id: string; office_code: string; declarant_subject: string }>({
      text: `select f.id, f.office_code, f.declarant_subject from fertility_token t
        join fertility_registration f on f.id = t.registration_id where t.token = $1`,
      values: [token],
    });
    const [row] = rows;
    if (row === undefined) throw Object.assign(new Error('fertility token raced'), { code: '40P01' });
    return { id: row.id, officeCode: row.office_code, declarantSubject: row.declarant_subject };
  }

  private async insert(transaction: Transaction, input: Declaration) {
    const { rows } = await transaction.query<{ sequence: string }>({
      text: `select nextval('fertility_sequence') as sequence`,
      values: [],
    });
    const day = toShanghaiDate(input.declaredAt).replaceAll('-', '');
    const receiptNumber = formatFertilityNumber({ date: day, sequence: Number(rows[0]?.sequence) });
    const { seal, wrapped } = this.keys.newCase(input.id);
    const sealed = seal.seal('fertility_registration', 'sealed', input.id, {
      form: input.form,
      evidence: [],
      note: null,
    });
    const { state, owner, dueAt, isEscalated, version } = input.record;
    await transaction.query({
      name: 'fertility_key',
      text: `insert into case_key (case_id, kek_id, wrapped) values ($1, 'master', $2)`,
      values: [input.id, wrapped],
    });
    await transaction.query({
      name: 'fertility_insert',
      text: `insert into fertility_registration (id, receipt_number, declarant_subject, office_code, state, owner, due_at,
          is_escalated, version, declared_at, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      values: [
        input.id,
        receiptNumber,
        input.declarantSubject,
        input.officeCode,
        state,
        owner,
        date(dueAt),
        isEscalated,
        version,
        date(input.declaredAt),
        sealed,
      ],
    });
    const filed = {
      type: 'declared',
      fromState: null,
      toState: state,
      actor: 'applicant',
      actorId: input.declarantSubject,
    };
    await this.addEntry(transaction, input.id, { ...filed, at: input.declaredAt } as FertilityEntry);
    return input.respond(receiptNumber);
  }

  private async addEntry(transaction: Transaction, id: string, entry: FertilityEntry): Promise<void> {
    const { type, fromState, toState, actor, actorId, at } = entry;
    await transaction.query({
      name: 'fertility_event_add',
      text: `insert into fertility_event (registration_id, seq, type, from_state, to_state, actor, actor_id, at)
        select $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7 from fertility_event where registration_id = $1`,
      values: [id, type, fromState, toState, actor, actorId, date(at)],
    });
  }

  async byId(id: string): Promise<FertilityRegistration | null> {
    const [row] = await this.database.query<FertilityRow>({ name: 'fertility_by_id', text: ROW, values: [id] });
    return row === undefined ? null : toRegistration(row, this.keys);
  }

  async entries(id: string): Promise<FertilityEntry[]> {
    const rows = await this.database.query<{ at: string } & Omit<FertilityEntry, 'at'>>({
      name: 'fertility_entries',
      text: `select type, from_state as "fromState", to_state as "toState", actor, actor_id as "actorId", ms(at) as at
        from fertility_event where registration_id = $1 order by seq`,
      values: [id],
    });
    return rows.map(({ at, ...entry }) => ({ ...entry, at: Number(at) }));
  }

  async own(subject: string): Promise<FertilityListItem[]> {
    const rows = await this.database.query<FertilityRow>({
      name: 'fertility_own',
      text: `select ${LIST_COLUMNS} from fertility_registration where declarant_subject = $1 order by id desc limit 100`,
      values: [subject],
    });
    return rows.map(toListItem);
  }

  async ofOffices(
    { offices, state }: Parameters<FertilityStore['ofOffices']>[0],
    cursor: string | null,
    limit: number,
  ): Promise<Page<FertilityListItem>> {
    const rows = await this.database.query<FertilityRow>({
      name: 'fertility_of_offices',
      text: `select ${LIST_COLUMNS} from fertility_registration where office_code = any ($1) and ($2::text is null or state = $2)
        and ($3::uuid is null or id > $3) order by id limit $4`,
      values: [offices, state ?? null, cursor, limit + 1],
    });
    const items = rows.slice(0, limit).map(toListItem);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  change(
    id: string,
    decide: (found: FertilityRegistration) => FertilityChange | null,
  ): Promise<FertilityRegistration | null> {
    return this.database.transaction<FertilityRegistration | null>(async (transaction) => {
      const row = await this.locked(transaction, id);
      if (row === null) return { commit: false, value: null };
      const found = toRegistration(row, this.keys);
      const change = decide(found);
      if (change === null) return { commit: false, value: found };
      return { commit: true, value: await this.write(transaction, { found, change, wrapped: row.wrapped }) };
    });
  }

  changeOnce(id: string, { once, decide, respond }: ChangingOnce): ReturnType<FertilityStore['changeOnce']> {
    return this.database.transaction<StoredResponse | null>(async (transaction) => {
      const replayed = await this.onceRows.takeIdempotency(transaction, once);
      if (replayed !== null) return { commit: false, value: replayed };
      const row = await this.locked(transaction, id);
      if (row === null) return { commit: false, value: null };
      const found = toRegistration(row, this.keys);
      const change = decide(found);
      const response = respond(await this.write(transaction, { found, change, wrapped: row.wrapped }));
      await transaction.last([this.onceRows.keepResponse(once, response)]);
      return { commit: true, value: response };
    });
  }

  private async locked(transaction: Transaction, id: string): Promise<FertilityRow | null> {
    const { rows } = await transaction.query<FertilityRow>({
      name: 'fertility_lock',
      text: `${ROW} for update of f`,
      values: [id],
    });
    return rows[0] ?? null;
  }

  private async write(
    transaction: Transaction,
    { found, change, wrapped }: { found: FertilityRegistration; change: FertilityChange; wrapped: Buffer },
  ): Promise<FertilityRegistration> {
    const { record, entry } = change;
    const evidence = change.evidence ?? found.evidence;
    const note = change.note ?? found.note;
    const seal = this.keys.openCase(found.id, wrapped);
    const sealed = seal.seal('fertility_registration', 'sealed', found.id, { form: found.form, evidence, note });
    await this.addEntry(transaction, found.id, entry);
    await transaction.query({
      name: 'fertility_update',
      text: `update fertility_registration set state = $2, owner = $3, due_at = $4, is_escalated = $5, version = $6, sealed = $7
        where id = $1`,
      values: [found.id, record.state, record.owner, date(record.dueAt), record.isEscalated, record.version, sealed],
    });
    // what was not confirmed may be declared again
    if (record.state === 'not_registered') {
      await transaction.query({
        name: 'fertility_release',
        text: 'delete from fertility_token where registration_id = $1',
        values: [found.id],
      });
    }
    return { ...found, record, evidence, note };
  }

  async due(now: number, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'fertility_due',
      text: 'select id from fertility_registration where due_at <= $1 order by due_at limit $2',
      values: [new Date(now), limit],
    });
    return rows.map(({ id }) => id);
  }
}
