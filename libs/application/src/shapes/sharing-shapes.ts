import { SHARE_EVENTS, SHARE_MODES, SHARED_FACTS, SHARED_FIELDS, WEBHOOK_OUTCOMES } from '@birth/domain';
import {
  flag,
  list,
  moment,
  named,
  object,
  oneOf,
  type Of,
  optional,
  orNull,
  text,
  uuid,
  whole,
} from '@birth/platform';
import { PUSH_STATES, SHARE_TASKS } from '../ports/webhook-store';

const value = () => optional(orNull(text()));

export const SharedPageShape = named(
  'SharedPage',
  object({
    items: list(
      named(
        'SharedItem',
        object({
          id: uuid(),
          subject: uuid(),
          about: oneOf(SHARED_FACTS),
          event: oneOf(SHARE_EVENTS),
          version: whole(),
          madeAt: moment(),
          values: named(
            'SharedValues',
            object(
              Object.fromEntries(Object.keys(SHARED_FIELDS).map((field) => [field, value()])) as Record<
                keyof typeof SHARED_FIELDS,
                ReturnType<typeof value>
              >,
            ),
          ),
        }),
      ),
    ),
    nextCursor: text('Ask with it as `after`, now or later'),
    hasMore: flag(),
  }),
);
export type SharedPage = Of<typeof SharedPageShape>;

/** `paused`: the breaker is open; `gone`: the receiver said 410; `no_address`: the operators have written none down. */
export const WEBHOOK_DOORS = ['open', 'paused', 'gone', 'no_address'] as const;

export const SharingShape = named(
  'Sharing',
  object({
    year: whole(),
    receivers: list(
      named(
        'Receiver',
        object({
          code: text(),
          name: text(),
          legalBasis: text(),
          purpose: text(),
          mode: oneOf(SHARE_MODES),
          /** null: it is not pushed to. */
          webhook: orNull(
            named(
              'WebhookStanding',
              object({
                door: oneOf(WEBHOOK_DOORS),
                owed: whole(),
                givenUp: whole(),
                oldestOwedAt: orNull(moment()),
              }),
            ),
          ),
          tasks: list(named('ShareTask', object({ kind: oneOf(SHARE_TASKS), openedAt: moment(), dueAt: moment() }))),
          facts: list(oneOf(SHARED_FACTS)),
          fields: list(oneOf(Object.keys(SHARED_FIELDS) as (keyof typeof SHARED_FIELDS)[])),
          counts: list(
            named(
              'ShareCount',
              object({
                about: oneOf(SHARED_FACTS),
                event: oneOf(SHARE_EVENTS),
                made: whole(),
                received: whole(),
                disputed: whole(),
              }),
            ),
          ),
        }),
      ),
    ),
  }),
);
export type SharingView = Of<typeof SharingShape>;

export const ShareLogShape = named(
  'ShareLog',
  object({
    items: list(
      named(
        'LoggedDelivery',
        object({
          id: uuid(),
          applicationId: uuid(),
          newbornIndex: whole(),
          about: oneOf(SHARED_FACTS),
          event: oneOf(SHARE_EVENTS),
          version: whole(),
          madeAt: moment(),
          receivedAt: orNull(moment()),
          push: orNull(
            named(
              'PushedDelivery',
              object({
                state: oneOf(PUSH_STATES),
                nextAt: orNull(moment()),
                attempts: list(
                  named(
                    'WebhookAttempt',
                    object({
                      at: moment(),
                      durationMs: whole(),
                      status: orNull(whole()),
                      outcome: oneOf(WEBHOOK_OUTCOMES),
                    }),
                  ),
                ),
              }),
            ),
          ),
        }),
      ),
    ),
    nextCursor: orNull(uuid()),
  }),
);
export type ShareLogPage = Of<typeof ShareLogShape>;

export const ShareRecoveryShape = named('ShareRecovery', object({ owed: whole() }));
export type ShareRecovery = Of<typeof ShareRecoveryShape>;
