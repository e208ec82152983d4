import type { LoggedDelivery, PushState, WebhookAttempt, WebhookEndpoint, WebhookStanding } from '@birth/application';
import type { Breaker, SharedFact, ShareEvent } from '@birth/domain';
import type { Statement } from '../batch';

export const BREAKER = 'phase, ms(since) as since, ms(until) as until, opens';

export interface EndpointRow {
  phase: Breaker['phase'];
  since: string;
  until: string;
  opens: number;
  disabled_at: string | null;
  [column: string]: unknown;
}

export const toEndpoint = ({ phase, since, until, opens, disabled_at: disabledAt }: EndpointRow): WebhookEndpoint => ({
  breaker: { phase, since: Number(since), until: Number(until), opens },
  disabledAt: numberOf(disabledAt),
});

export interface StandingRow extends EndpointRow {
  receiver: string;
  owed: string;
  given_up: string;
  oldest: string | null;
}

export const STANDINGS: Statement = {
  name: 'webhook_standings',
  text: `select coalesce(e.receiver, w.receiver) as receiver, coalesce(phase, 'closed') as phase,
      ms(coalesce(since, 'epoch')) as since, ms(coalesce(until, 'epoch')) as until, coalesce(opens, 0) as opens,
      ms(disabled_at) as disabled_at, coalesce(owed, 0)::text as owed, coalesce(given_up, 0)::text as given_up,
      ms(oldest) as oldest
    from share_endpoint e full join (
      select receiver, count(*) filter (where state = 'owed') as owed,
        count(*) filter (where state = 'given_up') as given_up, min(owed_at) filter (where state = 'owed') as oldest
      from share_webhook where state <> 'taken' group by 1) w on w.receiver = e.receiver`,
  values: [],
};

export const toStanding = (row: StandingRow): WebhookStanding => ({
  ...toEndpoint(row),
  receiver: row.receiver,
  owed: Number(row.owed),
  givenUp: Number(row.given_up),
  oldestOwedAt: numberOf(row.oldest),
});

export interface LogRow {
  id: string;
  application_id: string;
  newborn_index: number;
  about: SharedFact;
  event: ShareEvent;
  version: number;
  made_at: string;
  received_at: string | null;
  state: PushState | null;
  next_at: string | null;
  attempts: WebhookAttempt[];
  [column: string]: unknown;
}

const LOGGED = `d.id, d.application_id, d.newborn_index, d.about, d.event, d.version, ms(d.made_at) as made_at,
  ms(d.received_at) as received_at, w.state, ms(w.next_at) as next_at,
  (select coalesce(json_agg(json_build_object('at', ms(a.at), 'durationMs', a.duration_ms, 'status', a.status,
    'outcome', a.outcome) order by a.id), '[]') from share_webhook_attempt a where a.delivery_id = d.id) as attempts`;

export const LOG = `select ${LOGGED} from share_delivery d left join share_webhook w on w.delivery_id = d.id
  where d.receiver = $1 and ($2::uuid is null or d.id < $2) order by d.id desc limit $3`;

export const LOG_OF_OPEN = `select ${LOGGED} from share_webhook w join share_delivery d on d.id = w.delivery_id
  where w.receiver = $1 and w.state = $4 and w.state <> 'taken' and ($2::uuid is null or w.delivery_id < $2)
  order by w.delivery_id desc limit $3`;

export const toLogged = (row: LogRow): LoggedDelivery => ({
  id: row.id,
  applicationId: row.application_id,
  newbornIndex: row.newborn_index,
  about: row.about,
  event: row.event,
  version: row.version,
  madeAt: Number(row.made_at),
  receivedAt: numberOf(row.received_at),
  push: row.state === null ? null : { state: row.state, nextAt: Number(row.next_at), attempts: row.attempts },
});

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
