import type { AgencyAnswer } from '@birth/application';
import type { AgencyCode } from '@birth/domain';
import { must } from '../conformance-case';
import type { Sending } from '../door/callback-door';
import type { AgencyCase } from './agency-case';
import { asked } from './agency-side';
import { again } from './families';
import { watch } from './watched';

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;
const OF_CERTIFICATE =
  'messageId idempotencyKey receipt sequence occurredAt statusCode text items until certificate refusal';
const OF_NOTICE =
  'messageId idempotencyKey noticeNo feeYear sequence occurredAt statusCode amount payBy text items until payment refusal';
/** The golden lists of messages: docs/agencies/wire. */
const FIELDS: Partial<Record<AgencyCode, readonly string[]>> = {
  'health-commission': OF_CERTIFICATE.split(' '),
  'tax-administration': OF_NOTICE.split(' '),
};

const idOf = ({ message }: Sending): string => String(message['messageId']);
const distinct = (values: readonly unknown[]): number => new Set(values).size;

const whatOf = (answer: AgencyAnswer): string => JSON.stringify({ ...answer, occurredAt: null });

function isRepeated(sendings: readonly Sending[]): void {
  const [first, second] = sendings;
  must(first !== undefined && second !== undefined, 'it was not sent again');
}

/** What an agency tells us by itself, at a door of the kit. */
export const CALLING: readonly AgencyCase[] = [
  {
    name: 'calls-back',
    title: 'The end of a case is called back',
    cure: 'Send one message for each change after the first reply, until the end; of a notice: when it was paid.',
    async prove(side) {
      const { sendings } = await watch(side, 'take');
      must(sendings.length > 0, 'nothing came');
    },
  },
  {
    name: 'callbacks-are-signed',
    title: 'Each sending is signed by an agreed key over the bytes that came',
    cure: 'Sign method, address, digest and content type as docs/agencies/signing.md shows; the address is the one you call.',
    async prove(side) {
      const { sendings } = await watch(side, 'take');
      const refused = sendings.find(({ refusal }) => refusal !== null);
      must(refused === undefined, `refused: ${refused?.refusal ?? ''}`);
    },
  },
  {
    name: 'callbacks-name-the-case',
    title: 'A message names our key, and the receipt of the first reply',
    cure: 'Take key and receipt from the case as it was stored.',
    async prove(side) {
      const { sendings, reply } = await watch(side, 'take');
      for (const { body } of sendings) {
        must(side.adapter.readMessage!(body).answer.receipt === reply.receipt, 'it has another receipt');
      }
    },
  },
  {
    name: 'callbacks-say-no-more',
    title: 'A message has the agreed fields and no others',
    cure: 'Send every field of the wire page, null where there is nothing, and nothing of your own beside them.',
    async prove(side) {
      const agreed = [...(FIELDS[side.adapter.agency] ?? [])].sort().join(' ');
      for (const { message } of (await watch(side, 'take')).sendings) {
        const given = Object.keys(message).sort().join(' ');
        must(given === agreed, `its fields are: ${given}`);
      }
    },
  },
  {
    name: 'callback-times-have-offsets',
    title: 'The time of a change says its offset',
    cure: 'Write times as 2026-11-02T16:30:00.123+08:00, never without the offset.',
    async prove(side) {
      const { sendings } = await watch(side, 'take');
      const isWhole = sendings.every(({ message }) => WITH_OFFSET.test(String(message['occurredAt'])));
      must(isWhole, 'occurredAt has no offset');
    },
  },
  {
    name: 'callbacks-agree-with-the-query',
    title: 'Asked afterwards, the agency says what its last message said',
    cure: 'Let message and query read the same stored state.',
    async prove(side) {
      const { sendings, request } = await watch(side, 'take');
      const said = side.adapter.readMessage!(sendings.at(-1)!.body).answer;
      const now = await asked(side, again(request));
      must(now !== 'not_found', 'not found');
      must(whatOf(now) === whatOf(said), 'the two differ');
    },
  },
  {
    name: 'callbacks-in-order',
    title: 'Numbers rise with the time of change, and go on from the first reply',
    cure: 'Count the changes of a case by one each, and keep the number with the change.',
    async prove(side) {
      const { sendings, reply } = await watch(side, 'take');
      const answers = sendings.map(({ body }) => side.adapter.readMessage!(body).answer);
      const told = answers.map(({ sequence = 0, occurredAt = 0 }) => ({ sequence, occurredAt }));
      told.sort((one, other) => one.sequence - other.sequence);
      must(
        told.every(({ sequence }) => sequence > (reply.sequence ?? 0)),
        'a number is not above that of the reply',
      );
      must(
        told.every(({ occurredAt }, place) => occurredAt >= (told[place - 1]?.occurredAt ?? 0)),
        'a later number has an earlier time',
      );
    },
  },
  {
    name: 'nothing-after-the-end',
    title: 'After the message of the end no other follows',
    cure: 'Close a case with its end; what is corrected later is another case.',
    async prove(side) {
      const { sendings } = await watch(side, 'take');
      const isEnd = ({ body }: Sending): boolean =>
        ['completed', 'rejected'].includes(side.adapter.readMessage!(body).answer.kind);
      const first = sendings.findIndex(isEnd);
      const last = idOf(sendings[first]!);
      must(
        sendings.slice(first).every((sending) => idOf(sending) === last),
        'another message came',
      );
    },
  },
  {
    name: 'sent-again-after-503',
    title: 'A message that met 503 is sent again',
    cure: 'Repeat until any 2xx, with growing pauses; no other status is an acknowledgement.',
    async prove(side) {
      isRepeated((await watch(side, 'refuse')).sendings);
    },
  },
  {
    name: 'sent-again-after-silence',
    title: 'A message that met no answer is sent again',
    cure: 'A connection that ends without a reply is no acknowledgement: repeat as after 503.',
    async prove(side) {
      isRepeated((await watch(side, 'silence')).sendings);
    },
  },
  {
    name: 'repeats-are-the-same-message',
    title: 'A repeated sending has the same id and the same bytes',
    cure: 'Store id and body with the change, and send what was stored; sign anew, with a new time.',
    async prove(side) {
      for (const course of ['refuse', 'silence'] as const) {
        const { sendings } = await watch(side, course);
        isRepeated(sendings);
        const [first, second] = sendings;
        must(idOf(first!) === idOf(second!), 'the id is another one');
        must(first!.body.equals(second!.body), 'the bytes are others');
      }
    },
  },
  {
    name: 'sendings-have-their-own-nonce',
    title: 'Each sending has a nonce of its own',
    cure: 'Make a new nonce and signature for every sending; a nonce that was used is refused as a replay.',
    async prove(side) {
      const { sendings } = await watch(side, 'refuse');
      const nonces = sendings.map(({ nonce }) => nonce);
      must(!nonces.includes(null), 'there is none');
      must(distinct(nonces) === nonces.length, 'one was used twice');
    },
  },
  {
    name: 'one-change-one-id',
    title: 'One change is told under one id',
    cure: 'Derive the id from case and number of the change, or store it with the change.',
    async prove(side) {
      for (const course of ['take', 'refuse', 'silence'] as const) {
        const { sendings } = await watch(side, course);
        const changes = distinct(sendings.map(({ message }) => message['sequence']));
        must(distinct(sendings.map(idOf)) === changes, 'ids and numbers of changes do not go together');
      }
    },
  },
  {
    name: 'withdrawals-are-not-called-back',
    title: 'A withdrawal is answered by its reply and by no message',
    cure: 'Send no message about what you said in the reply of the withdrawal.',
    for: (adapter) => adapter.withdraw !== undefined,
    async prove(side) {
      const { sendings } = await watch(side, 'withdrawn');
      const kinds = sendings.map(({ body }) => side.adapter.readMessage!(body).answer.kind);
      must(!kinds.some((kind) => kind === 'withdrawn' || kind === 'withdrawal_refused'), 'a message told of it');
    },
  },
];
