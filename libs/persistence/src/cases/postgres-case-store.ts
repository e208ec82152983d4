import type {
  BirthRecord,
  CaseDecision,
  CaseStore,
  ChangeOutcome,
  ChangeRequest,
  FileOutcome,
  FileRequest,
  LoadedCase,
  MessageReference,
  OnceRow,
  SectionName,
} from '@birth/application';
import type { Hold } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import type { Statement } from '../batch';
import { Database } from '../database';
import type { CaseSeal } from '../sealing/case-seal';
import { KeyRing } from '../sealing/key-ring';
import { NOT_SEALED_YET, OnceRows } from './once-rows';
import { fileCase } from './file-case';
import { reclaimNewborn } from './newborn-tokens';
import { recordNamed, usableRecords } from '../records/birth-record-rows';
import { referenceToken } from '../inbox/reference-token';
import { type CaseRows, loadCase } from './load-case';
import { StoredCase } from './stored-case';
import { closesCase, offeredHints, writeStatements, type WriteOptions } from './write-case';
import type { Transaction } from '../transaction';

/** A record may be used by a newborn that waits for it, and by one whose mother gives her word just now. */
const OPEN_TO: readonly Hold[] = ['hospital_record_missing', 'parent_refused', 'parent_confirmation'];
const DEFAULT_SECTIONS: readonly SectionName[] = ['results'];
type Found = { stepId: string; generation: number | null };

/** Lock order: once row, lookup tokens, application, steps, work. One read, one write, one commit. */
@Injectable()
export class PostgresCaseStore implements CaseStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly onceRows: OnceRows,
  ) {}

  change(request: ChangeRequest): Promise<ChangeOutcome> {
    return this.database.transaction(async (client) => {
      const known = await this.takeOnce(client, request.once);
      if (known !== null) return { commit: false, value: known };
      const loaded = await this.load(client, request);
      if (loaded === null) return { commit: false, value: { outcome: 'unknown_case' } };
      const value = await this.decideAndWrite(client, request, loaded);
      return { commit: value.outcome !== 'duplicate_newborn', value };
    });
  }

  private async takeOnce(client: Transaction, once: OnceRow | undefined): Promise<ChangeOutcome | null> {
    if (once === undefined) return null;
    if (once.kind !== 'idempotency') {
      const standing = { disposition: 'applied', body: NOT_SEALED_YET };
      const isKept = once.kind === 'kept';
      const taken = await (isKept
        ? this.onceRows.takeKept(client, once)
        : this.onceRows.takeInbox(client, once, standing));
      return taken === 'new' ? null : { outcome: taken };
    }
    const response = await this.onceRows.takeIdempotency(client, once);
    return response === null ? null : { outcome: 'replayed', response };
  }

  private async load(client: Transaction, request: ChangeRequest): Promise<StoredCase | null> {
    const { ref, sections } = request;
    const applicationId = 'applicationId' in ref ? ref.applicationId : null;
    const stepId = 'stepId' in ref ? ref.stepId : null;
    const names = sections === 'all' ? null : (sections ?? DEFAULT_SECTIONS);
    const rows = await loadCase(client, { applicationId, stepId, sections: names, isLocking: true });
    if (rows === null) return null;
    return new StoredCase(rows, this.keys, await this.recordsFor(client, request, rows));
  }

  private async recordsFor(
    client: Transaction,
    { records, namedRecord }: ChangeRequest,
    { application: { id }, steps }: CaseRows,
  ): Promise<BirthRecord[]> {
    if (namedRecord !== undefined) return recordNamed(client, id, namedRecord, this.keys);
    const isWaiting = records === true && steps.some(({ holds }) => holds.some((hold) => OPEN_TO.includes(hold)));
    return isWaiting ? usableRecords(client, id, this.keys) : [];
  }

  private async decideAndWrite(
    client: Transaction,
    request: ChangeRequest,
    loaded: StoredCase,
  ): Promise<ChangeOutcome> {
    const decision = request.decide(loaded);
    const { write, response } = decision;
    const once = this.keepOnce(request, decision, loaded.seal);
    if (write === null) {
      if (once.length > 0) await client.together(once);
      return { outcome: 'unchanged' };
    }
    const holder = await reclaimNewborn(client, this.keys, loaded.state.id, write.reclaimedNewborn);
    if (holder !== null) return holder;
    const options: WriteOptions = {
      now: request.now,
      visibilityMs: request.visibilityMs,
      offerable: request.offerable ?? (() => false),
      chain: loaded.chain,
      exchangeChain: loaded.exchangeChain,
      isClosed: closesCase(write, loaded),
    };
    const sealing = { seal: loaded.seal, keys: this.keys, loaded };
    const answers = await client.last([...once, ...writeStatements(write, loaded.state.id, sealing, options)]);
    const hints = offeredHints(answers, write, options);
    return { outcome: 'saved', write, hints, ...(response === undefined ? {} : { response }) };
  }

  private keepOnce({ once, ref }: ChangeRequest, decision: CaseDecision, seal: CaseSeal): Statement[] {
    if (once?.kind === 'inbox' || once?.kind === 'kept') {
      const stepId = 'stepId' in ref ? ref.stepId : null;
      const disposition = decision.disposition ?? 'applied';
      return [this.onceRows.dispose(once, { disposition, stepId, seal })];
    }
    if (once?.kind === 'idempotency' && decision.response !== undefined) {
      return [this.onceRows.keepResponse(once, decision.response)];
    }
    return [];
  }

  file(request: FileRequest): Promise<FileOutcome> {
    return fileCase(request, { database: this.database, keys: this.keys, onceRows: this.onceRows });
  }

  async read(applicationId: string): Promise<LoadedCase | null> {
    const rows = await this.database.snapshot((client) =>
      loadCase(client, { applicationId, stepId: null, sections: null, isLocking: false }),
    );
    return rows === null ? null : new StoredCase(rows, this.keys);
  }

  async findStep(agency: string, reference: MessageReference): Promise<Found | null> {
    const { kind, token } = referenceToken(this.keys, agency, reference);
    const [row] = await this.database.query<{ step_id: string; generation: number }>({
      name: 'find_step',
      text: `select t.step_id, t.generation from lookup_token t join step s on s.id = t.step_id
        where t.kind = $1 and t.token = $2 and s.agency = $3`,
      values: [kind, token, agency],
    });
    return row === undefined ? null : { stepId: row.step_id, generation: row.generation };
  }
}
