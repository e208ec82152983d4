import { SHARE_EVENTS, SHARED_FACTS, SHARED_FIELDS } from '@birth/domain';
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
