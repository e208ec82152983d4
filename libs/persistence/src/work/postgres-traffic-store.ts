import {
  type AgencyGate,
  type AgencyHealth,
  type GateChange,
  type Hint,
  OPEN_GATE,
  type Tally,
  type TrafficReport,
  type TrafficSeen,
  type TrafficStore,
} from '@birth/application';
import {
  type Breaker,
  type CallsSeen,
  type Maintenance,
  noLatencies,
  type QueueName,
  type TriesSeen,
} from '@birth/domain';
import { Injectable } from '@nestjs/common';
import type { Statement } from '../batch';
import { Database } from '../database';

const HOLDERS_LOCK = 727_002;
const SECOND_MS = 1_000;
/** Longer than anybody looks back. */
const KEPT_MS = 900_000;
const PRUNE_EVERY_MS = 60_000;

/** One that was not seen for too long comes anew, as the first one does: where nobody else calls, it may at once. */
const HOLD = `insert into calling_process (holder, since, active_from, seen_until)
  select $1, t, t + case when exists (select 1 from calling_process where seen_until > t and holder <> $1)
    then $3::integer else 0 end * interval '1 ms', t + $2::integer * interval '1 ms'
  from (select clock_timestamp() as t) now
  on conflict (holder) do update set seen_until = excluded.seen_until,
    since = case when calling_process.seen_until <= excluded.since then excluded.since else calling_process.since end,
    active_from = case when calling_process.seen_until <= excluded.since then excluded.active_from
      else calling_process.active_from end`;

const HOLDERS = `select holder, active_from <= clock_timestamp() as active from calling_process
  where seen_until > clock_timestamp() order by since, holder`;

const TELL = `insert into agency_calls as k (queue, at, calls, failures, connect_errors, failed_retries, latencies)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (queue, at) do update set calls = k.calls + excluded.calls, failures = k.failures + excluded.failures,
    connect_errors = k.connect_errors + excluded.connect_errors,
    failed_retries = k.failed_retries + excluded.failed_retries,
    latencies = array(select a + b from unnest(k.latencies, excluded.latencies) with ordinality u (a, b, i) order by i)`;

const GATES = `select queue, ms(paused_until) as paused, ms(last_answered_at) as answered, breaker,
    ms(breaker_since) as since, ms(breaker_until) as until, breaker_opens as opens, call_limit as "limit",
    limit_threshold as threshold, ms(lowered_at) as lowered, version
  from agency_state`;

const MAINTENANCE = `select queue, ms(starts_at) as "from", ms(ends_at) as until from agency_maintenance
  where ends_at > $1 and revoked_at is null`;

/** A second that began before the breaker changed says nothing of the time since. */
const SEEN = `select k.queue, sum(calls) as calls, sum(failures) as failures, sum(connect_errors) as connects,
    sum(failed_retries) as retries
  from agency_calls k left join agency_state g on g.queue = k.queue
  where k.at > $1 and k.at > coalesce(g.breaker_since, 'epoch') group by k.queue`;

const CHANGE = `insert into agency_state as g (queue, breaker, breaker_since, breaker_until, breaker_opens, call_limit,
    limit_threshold, lowered_at, version)
  values ($1, $3, $4, $5, $6, $7, $8, $9, 1)
  on conflict (queue) do update set breaker = excluded.breaker, breaker_since = excluded.breaker_since,
    breaker_until = excluded.breaker_until, breaker_opens = excluded.breaker_opens, call_limit = excluded.call_limit,
    limit_threshold = excluded.limit_threshold, lowered_at = excluded.lowered_at, version = g.version + 1
  where g.version = $2 returning version`;

/** A question before a call: it changes nothing at the agency. */
const PROBE = `with due as (
    select w.step_id, w.kind from work w join step s on s.id = w.step_id
    where w.queue = $1 and w.due_at <= $2 and w.kind <> 'DEADLINE' and s.channel = 'api'
    order by w.kind <> 'POLL', w.due_at limit 1 for update of w skip locked)
  update work w set due_at = $3,
    offer = case when w.lease_until <= $2 then nextval('work_offer') else w.offer end,
    lease_token = case when w.lease_until <= $2 then null else w.lease_token end,
    lease_until = case when w.lease_until <= $2 then null else w.lease_until end
  from due d where w.step_id = d.step_id and w.kind = d.kind
  returning w.step_id as "stepId", w.kind, w.offer::text as offer, w.priority`;

/** One row a class of durations, and one of class 0 with how the calls ended. */
const HEALTH = `select queue, 0 as place, sum(calls) as calls, sum(failures) as failures, 0 as durations
    from agency_calls where at >= $1 group by queue
  union all
  select queue, i, 0, 0, sum(v) from agency_calls, unnest(latencies) with ordinality u (v, i)
    where at >= $1 group by queue, i`;

const ASIDE = `insert into agency_state as g (queue, aside_at) values ($1, $2::timestamptz + $3::integer * interval '1 ms')
  on conflict (queue) do update set aside_at = greatest(g.aside_at, $2) + $3::integer * interval '1 ms'
  where g.aside_at <= $2::timestamptz + $4::integer * interval '1 ms'
  returning ms(aside_at) as next`;

interface GateRow {
  queue: QueueName;
  paused: string;
  answered: string;
  breaker: Breaker['phase'];
  since: string;
  until: string;
  opens: number;
  limit: number | null;
  threshold: number | null;
  lowered: string;
  version: string;
}
interface SeenRow {
  queue: QueueName;
  calls: string;
  failures: string;
  connects: string;
  retries: string;
}
interface HealthRow {
  queue: QueueName;
  place: string;
  calls: string;
  failures: string;
  durations: string;
}
interface HolderRow {
  holder: string;
  active: boolean;
}
interface MaintenanceRow {
  queue: QueueName;
  from: string;
  until: string;
}

@Injectable()
export class PostgresTrafficStore implements TrafficStore {
  private hasJoined = false;
  private prunedAt = 0;

  constructor(private readonly database: Database) {}

  async report(report: TrafficReport): Promise<TrafficSeen> {
    const tells = [...report.tallies].map(([queue, tally]) => tell(queue, tally, report.now));
    const first = [...this.hold(report), ...tells, ...this.prune(report.now)];
    const answers = await this.database.queriesAside([...first, ...looks(report)]);
    this.hasJoined ||= report.holder !== null;
    const [holders, gates, maintenance, seen] = answers.slice(first.length).map(({ rows }) => rows);
    return {
      gates: gatesOf(gates as GateRow[], maintenance as MaintenanceRow[]),
      calls: new Map((seen as SeenRow[]).map((row) => [row.queue, seenOf(row)])),
      ...placeOf(report.holder, holders as HolderRow[]),
    };
  }

  /** The first time alone: who comes at the same moment must be seen. */
  private hold({ holder, seenMs, settleMs }: TrafficReport): Statement[] {
    if (holder === null) return [];
    const hold = { name: 'hold_share', text: HOLD, values: [holder, seenMs, settleMs] };
    if (this.hasJoined) return [hold];
    const gone = `delete from calling_process where seen_until < clock_timestamp() - interval '1 minute'`;
    return [{ text: 'select pg_advisory_xact_lock($1)', values: [HOLDERS_LOCK] }, hold, { text: gone, values: [] }];
  }

  private prune(now: number): Statement[] {
    if (now - this.prunedAt < PRUNE_EVERY_MS) return [];
    this.prunedAt = now;
    return [{ text: 'delete from agency_calls where at < $1', values: [new Date(now - KEPT_MS)] }];
  }

  async change(queue: QueueName, version: number, { breaker, limit, loweredAt }: GateChange): Promise<boolean> {
    const { phase, since, until, opens } = breaker;
    const times = [phase, new Date(since), new Date(until), opens];
    const limits = [limit?.limit ?? null, limit?.threshold ?? null, new Date(loweredAt)];
    const rows = await this.database.query({
      name: 'change_gate',
      text: CHANGE,
      values: [queue, version, ...times, ...limits],
    });
    return rows.length > 0;
  }

  async health(since: number): Promise<Map<QueueName, AgencyHealth>> {
    const values = [new Date(since)];
    const rows = await this.database.query<HealthRow & object>({ name: 'agency_health', text: HEALTH, values });
    const health = new Map<QueueName, AgencyHealth>();
    for (const { queue, place, calls, failures, durations } of rows) {
      const one = health.get(queue) ?? { calls: 0, failures: 0, latencies: noLatencies() };
      one.calls += Number(calls);
      one.failures += Number(failures);
      if (Number(place) > 0) one.latencies[Number(place) - 1] = Number(durations);
      health.set(queue, one);
    }
    return health;
  }

  async probe(queue: QueueName, { now, visibilityMs }: { now: number; visibilityMs: number }): Promise<Hint | null> {
    const values = [queue, new Date(now), new Date(now + visibilityMs)];
    const [row] = await this.database.query<Omit<Hint, 'queue'>>({ name: 'probe_work', text: PROBE, values }, true);
    return row === undefined ? null : { queue, ...row };
  }

  async turnAside(
    queue: QueueName,
    { now, intervalMs, maxWaitMs }: { now: number; intervalMs: number; maxWaitMs: number },
  ): Promise<number | null> {
    const values = [queue, new Date(now), intervalMs, maxWaitMs];
    const [row] = await this.database.query<{ next: string }>({ name: 'turn_aside', text: ASIDE, values }, true);
    return row === undefined ? null : Math.max(0, Number(row.next) - intervalMs - now);
  }

  async leave(holder: string): Promise<void> {
    // its last second is not over: the others take its share when it would have been missed
    const text = `update calling_process set seen_until = least(seen_until, clock_timestamp() + interval '1100 ms') where holder = $1`;
    await this.database.query({ text, values: [holder] }, true);
  }
}

const tell = (queue: QueueName, tally: Tally, now: number): Statement => ({
  name: 'tell_calls',
  text: TELL,
  values: [
    queue,
    new Date(now - (now % SECOND_MS)),
    tally.calls,
    tally.failures,
    tally.connectErrors,
    tally.failedRetries,
    tally.latencies,
  ],
});

const looks = ({ now, windowMs }: TrafficReport): Statement[] => [
  { name: 'holders', text: HOLDERS, values: [] },
  { name: 'agency_gates', text: GATES, values: [] },
  { name: 'agency_maintenance', text: MAINTENANCE, values: [new Date(now)] },
  { name: 'calls_seen', text: SEEN, values: [new Date(now - windowMs)] },
];

function gatesOf(rows: readonly GateRow[], announced: readonly MaintenanceRow[]): Map<QueueName, AgencyGate> {
  const gates = new Map(rows.map((row) => [row.queue, { ...gateOf(row), maintenance: [] as Maintenance[] }]));
  for (const { queue, from, until } of announced) {
    const gate = gates.get(queue) ?? { ...OPEN_GATE, maintenance: [] };
    gate.maintenance.push({ from: Number(from), until: Number(until) });
    gates.set(queue, gate);
  }
  return gates;
}

const gateOf = (row: GateRow): Omit<AgencyGate, 'maintenance'> => ({
  pausedUntil: Number(row.paused),
  lastAnsweredAt: Number(row.answered),
  breaker: { phase: row.breaker, since: Number(row.since), until: Number(row.until), opens: row.opens },
  limit: row.limit === null ? null : { limit: row.limit, threshold: row.threshold ?? row.limit },
  loweredAt: Number(row.lowered),
  version: Number(row.version),
});

const seenOf = ({ calls, failures, connects, retries }: SeenRow): CallsSeen & TriesSeen => ({
  calls: Number(calls),
  failures: Number(failures),
  connectErrors: Number(connects),
  failedRetries: Number(retries),
});

function placeOf(holder: string | null, rows: readonly HolderRow[]): Pick<TrafficSeen, 'holders' | 'rank'> {
  const place = rows.findIndex((row) => row.holder === holder);
  // who is alone need not wait for anybody to make room
  const isActive = place !== -1 && (rows.length === 1 || rows[place]?.active === true);
  return { holders: rows.length, rank: isActive ? place : null };
}
