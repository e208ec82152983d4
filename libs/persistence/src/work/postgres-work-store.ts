import type { ClaimedWork, ClaimOptions, FeedPlan, Hint, SectionName, WorkStore } from '@birth/application';
import { isReportedDone, type QueueName, type StepRecord } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../database';
import { type SealedSections, sectionCells, type SectionRow } from '../cases/load-case';
import { openSections } from '../cases/stored-case';
import { uuidBytes } from '../inbox/reference-token';
import { KeyRing } from '../sealing/key-ring';

/**
 * Takes the row by its wake-up number. It waits for a row that a sibling's answer holds at this moment: skipping it
 * would lose the hint for a whole visibility.
 */
const CLAIM = `with found as (
    select * from work where step_id = $1 and kind = $2 and offer = $3 and (lease_until is null or lease_until <= $4)
    for update)
  update work w set lease_token = $5, lease_until = $6, due_at = $6, attempts = w.attempts + 1,
    maybe_sent = w.maybe_sent or $7, last_attempt_at = $4
  from found f where w.step_id = f.step_id and w.kind = f.kind
  returning f.generation, f.failures, f.maybe_sent, ms(f.last_attempt_at) as last_attempt_ms, w.attempts`;

/** What the call needs to know; read in the same implicit transaction. */
const CLAIMED_STEP = `select s.application_id, a.case_number, s.newborn_index, s.code, s.qualifier, s.mode, s.channel, s.basis,
    s.office_code, s.sent_generation, s.state, s.reason, s.owner, s.source, k.wrapped, x.receipt, x.earlier_receipt,
    exists (select 1 from restore_epoch e where e.raised_at >= a.filed_at) as is_restored
  from step s join application a on a.id = s.application_id join case_key k on k.case_id = s.application_id
    left join step_secret x on x.step_id = s.id
  where s.id = $1`;

const CLAIMED_SECTIONS = `select f.newborn_index, f.section, f.sealed from form_section f join step s
    on f.application_id = s.application_id and f.newborn_index in (-1, s.newborn_index)
  where s.id = $1`;

interface ClaimRow {
  generation: number;
  failures: number;
  maybe_sent: boolean;
  last_attempt_ms: string | null;
  attempts: number;
}

interface ClaimedStepRow {
  application_id: string;
  case_number: string;
  newborn_index: number;
  code: ClaimedWork['code'];
  qualifier: string;
  mode: ClaimedWork['mode'];
  channel: ClaimedWork['channel'];
  basis: ClaimedWork['basis'];
  office_code: string;
  sent_generation: number;
  state: StepRecord['state'];
  reason: StepRecord['reason'];
  owner: StepRecord['owner'];
  source: StepRecord['source'];
  wrapped: Buffer;
  receipt: Buffer | null;
  earlier_receipt: Buffer | null;
  is_restored: boolean;
}

/**
 * A part of the page for cases that came last, the rest by what is due longest. Of calls that were tried before only so
 * many are let go: the others wait for another visibility, so that they stand in nobody's way.
 */
const FEED = `with fresh as (
    select step_id, kind, due_at, false as retried from work
    where queue = $1 and due_at <= $2 and kind = 'CALL' and attempts = 0 and lease_until is null
    order by due_at desc limit $5 for update skip locked),
  oldest as (
    select w.step_id, w.kind, w.due_at, w.kind = 'CALL' and w.attempts > 0 as retried from work w
    where w.queue = $1 and w.due_at <= $2
      and not exists (select 1 from fresh f where f.step_id = w.step_id and f.kind = w.kind)
    order by w.due_at limit $4 + $5 - (select count(*) from fresh) for update skip locked),
  due as (
    select step_id, kind, due_at, not retried or row_number() over (partition by retried order by due_at) <= $6 as goes
    from (select * from fresh union all select * from oldest) page),
  fed as (
    update work w set due_at = $3,
      offer = case when w.lease_until <= $2 then nextval('work_offer') else w.offer end,
      lease_token = case when w.lease_until <= $2 then null else w.lease_token end,
      lease_until = case when w.lease_until <= $2 then null else w.lease_until end
    from due d where w.step_id = d.step_id and w.kind = d.kind
    returning w.step_id, w.kind, w.offer, w.priority, d.goes, d.due_at as was_due)
  select step_id, kind, offer::text as offer, priority from fed where goes order by was_due`;

@Injectable()
export class PostgresWorkStore implements WorkStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async claim(hint: Hint, options: ClaimOptions): Promise<ClaimedWork | null> {
    const leaseToken = randomUUID();
    const leaseUntil = options.now + options.leaseMs;
    const [claim, step, sections] = await this.database.queries(
      [
        {
          name: 'claim_work',
          text: CLAIM,
          values: [
            hint.stepId,
            hint.kind,
            hint.offer,
            new Date(options.now),
            leaseToken,
            new Date(leaseUntil),
            options.setsMaybeSent,
          ],
        },
        { name: 'claimed_step', text: CLAIMED_STEP, values: [hint.stepId] },
        ...(hint.kind === 'CALL' ? [{ name: 'claimed_sections', text: CLAIMED_SECTIONS, values: [hint.stepId] }] : []),
      ],
      !options.durable,
    );
    const taken = claim?.rows[0] as ClaimRow | undefined;
    if (taken === undefined) return null;
    const claimed = step?.rows[0] as ClaimedStepRow;
    const rows = (sections?.rows as SectionRow[] | undefined) ?? (await this.sectionsAskedBy(hint, claimed));
    return this.claimed(hint, { leaseToken, leaseUntil }, { ...taken, ...claimed, cells: sectionCells(rows) });
  }

  /** A register is asked by who the child is; every other question has a key. */
  private sectionsAskedBy({ stepId }: Hint, step: ClaimedStepRow): Promise<SectionRow[]> | SectionRow[] {
    if (!isReportedDone(step)) return [];
    return this.database.query<SectionRow>({ name: 'claimed_sections', text: CLAIMED_SECTIONS, values: [stepId] });
  }

  private claimed(
    hint: Hint,
    lease: { leaseToken: string; leaseUntil: number },
    row: ClaimRow & ClaimedStepRow & { cells: SealedSections },
  ): ClaimedWork {
    const seal = this.keys.openCase(row.application_id, row.wrapped);
    const secret = (column: 'receipt' | 'earlierReceipt', cell: Buffer | null) =>
      cell === null ? null : seal.open<string>('step_secret', column, hint.stepId, cell);
    return {
      ...lease,
      applicationId: row.application_id,
      caseNumber: row.case_number,
      stepId: hint.stepId,
      newbornIndex: row.newborn_index,
      kind: hint.kind,
      queue: hint.queue,
      code: row.code,
      qualifier: row.qualifier,
      mode: row.mode,
      channel: row.channel,
      basis: row.basis,
      officeCode: row.office_code,
      generation: row.generation,
      attempts: row.attempts,
      failures: row.failures,
      maybeSentBefore: row.maybe_sent,
      isRestored: row.is_restored,
      previousAttemptAt: row.last_attempt_ms === null ? null : Number(row.last_attempt_ms),
      receipt: secret('receipt', row.receipt),
      isReportedDone: isReportedDone(row),
      wasSent: row.sent_generation > 0,
      earlierReceipt: secret('earlierReceipt', row.earlier_receipt),
      open: <S extends SectionName>(sections: readonly S[]) =>
        openSections(seal, row.cells, row.newborn_index, sections),
    };
  }

  async rememberKey(work: Pick<ClaimedWork, 'applicationId' | 'stepId' | 'generation'>, key: string): Promise<void> {
    await this.database.query(
      {
        name: 'remember_key',
        text: `insert into lookup_token (kind, token, application_id, step_id, generation) values ('key', $1, $2, $3, $4)
          on conflict do nothing`,
        values: [uuidBytes(key), work.applicationId, work.stepId, work.generation],
      },
      true,
    );
  }

  async feed(queue: QueueName, plan: FeedPlan, options: { now: number; visibilityMs: number }): Promise<Hint[]> {
    const { now, visibilityMs } = options;
    const rows = await this.database.query<{ step_id: string; kind: Hint['kind']; offer: string; priority: number }>(
      {
        name: 'feed_work',
        text: FEED,
        values: [queue, new Date(now), new Date(now + visibilityMs), plan.backlog, plan.fresh, plan.retries],
      },
      true,
    );
    return rows.map(({ step_id: stepId, kind, offer, priority }) => ({ queue, stepId, kind, offer, priority }));
  }

  async pause(queue: QueueName, until: number): Promise<void> {
    await this.database.query({
      name: 'agency_pause',
      text: `insert into agency_state (queue, paused_until) values ($1, $2)
        on conflict (queue) do update set paused_until = greatest(agency_state.paused_until, excluded.paused_until)`,
      values: [queue, new Date(until)],
    });
  }

  async answered(queue: QueueName, at: number): Promise<void> {
    await this.database.query(
      {
        name: 'agency_answered',
        text: `insert into agency_state (queue, last_answered_at) values ($1, $2)
          on conflict (queue) do update set last_answered_at = greatest(agency_state.last_answered_at, excluded.last_answered_at)`,
        values: [queue, new Date(at)],
      },
      true,
    );
  }

  async hurry(queue: QueueName, now: number): Promise<number> {
    const rows = await this.database.query(
      {
        name: 'hurry_work',
        text: `update work set due_at = $2 where queue = $1 and kind = 'CALL' and due_at > $2
          and lease_token is null and attempts = 0 returning step_id`,
        values: [queue, new Date(now)],
      },
      true,
    );
    return rows.length;
  }
}
