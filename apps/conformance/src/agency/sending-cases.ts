import { AgencyContractBroken, resultKey } from '@birth/application';
import { must } from '../conformance-case';
import type { AgencyCase } from './agency-case';
import { asked, ended, familyOf, sent } from './agency-side';
import { again } from './families';

const LIMIT_MS = 5_000;
const honoursRepeats: AgencyCase['for'] = ({ agencyClass }) => agencyClass === 'A' || agencyClass === 'C';
const signsReplies: AgencyCase['for'] = ({ agency }) => ['public-security', 'medical-insurance'].includes(agency);

/** What happens when a request is sent. */
export const SENDING: readonly AgencyCase[] = [
  {
    name: 'takes-a-request',
    title: 'An ordinary request is taken and gets a receipt',
    cure: 'Answer a request that carries the agreed fields with "accepted" or a result, and your own number of the case.',
    async prove(side) {
      const { answer } = await sent(side);
      must(['accepted', 'completed', 'action_needed'].includes(answer.kind), `answered ${answer.kind}`);
      must((answer.receipt ?? '') !== '', 'no receipt');
    },
  },
  {
    name: 'replies-in-time',
    title: 'A reply comes within five seconds',
    cure: 'Take the request down and answer "accepted" at once; do the work afterwards.',
    async prove(side) {
      const { heard } = await sent(side);
      const slowest = Math.max(...heard.map(({ durationMs }) => durationMs));
      must(slowest <= LIMIT_MS, `a reply took ${Math.round(slowest)} ms`);
    },
  },
  {
    name: 'signs-its-replies',
    title: 'Each reply is signed by a key that was agreed',
    cure: 'Sign every reply, errors too, over the bytes that you send, with the key whose public half you gave us.',
    for: signsReplies,
    async prove(side) {
      const { heard } = await sent(side);
      must(heard.length > 0 && heard.every(({ replyKeyId }) => replyKeyId != null), 'a reply names no agreed key');
    },
  },
  {
    name: 'repeats-are-one-case',
    title: 'The same request sent twice is one case',
    cure: 'Keep our key (or who the child is) with the case, in the same transaction, and give the same case again.',
    for: honoursRepeats,
    async prove(side) {
      const { request, answer } = await sent(side);
      const second = await side.adapter.submit(again(request));
      must(second.receipt === answer.receipt, 'the second time it had another receipt');
    },
  },
  {
    name: 'doubles-at-once-are-one-case',
    title: 'The same request twice at the same moment is one case',
    cure: 'Let a unique index on our key decide which of two requests opens the case; the other one reads it.',
    for: honoursRepeats,
    async prove(side) {
      const { request } = familyOf(side);
      const [one, other] = await Promise.all([side.adapter.submit(request), side.adapter.submit(request)]);
      must(one.receipt === other.receipt, 'each of the two had a receipt of its own');
    },
  },
  {
    name: 'ends-with-results',
    title: 'A case ends with all results that were agreed',
    cure: 'Give every result field with the final state; where the family has to pay first, say what and where.',
    async prove(side) {
      const { answer, request } = await ended(side);
      if (answer.kind === 'action_needed') return must(answer.payment !== undefined, 'the family is asked for nothing');
      must(answer.kind === 'completed', `ended as ${answer.kind}`);
      must(answer.results[resultKey(request)] !== undefined, 'completed without results');
    },
  },
  {
    name: 'says-known-codes',
    title: 'Every code that is said stands in the dictionary of codes',
    cure: 'Send only codes of the agreed table; tell us of a new one before you use it (docs/agencies/errors.md).',
    async prove(side) {
      const { answer } = await ended(side);
      must(answer.code !== undefined, 'no code at all');
      const isKnown = side.codes.find(side.adapter.agency, answer.code) !== undefined;
      must(isKnown, `${answer.code} is not in the dictionary`);
    },
  },
  {
    name: 'names-what-is-wrong',
    title: 'A request with an empty field is refused by code and field',
    cure: 'Answer with your code for a missing or bad field and the name of that field, in the agreed error form.',
    async prove(side) {
      const { request } = familyOf(side);
      const refusal = await side.adapter.submit({ ...request, officeCode: '' }).catch((error: unknown) => error);
      if (!(refusal instanceof AgencyContractBroken)) {
        if (refusal instanceof Error) throw refusal;
        return must(false, 'a request without its office was taken');
      }
      const meaning = refusal.code === undefined ? undefined : side.codes.find(side.adapter.agency, refusal.code);
      must(meaning?.class === 'technical', 'refused without a technical code of the dictionary');
      must(refusal.field !== '', 'the field is not named');
    },
  },
  {
    name: 'refused-leaves-nothing',
    title: 'A request that was refused has left no case',
    cure: 'Check all fields before you write anything, or roll back.',
    for: (adapter) => adapter.check !== undefined,
    async prove(side) {
      const { request } = familyOf(side);
      await side.adapter.submit({ ...request, officeCode: '' }).catch(() => undefined);
      must((await asked(side, again(request))) === 'not_found', 'there is a case');
    },
  },
  {
    name: 'refuses-a-stranger',
    title: 'A request with a signature that does not hold is refused and leaves nothing',
    cure: 'Check the signature before anything else, with the secret or key that was agreed; refuse with 401.',
    strangers: true,
    async prove(side) {
      const { request } = familyOf(side);
      const reply = await side.stranger!.submit(request).catch((error: unknown) => error);
      must(reply instanceof Error, 'it was taken');
      if (side.adapter.check === undefined) return;
      must((await asked(side, again(request))) === 'not_found', 'it has left a case');
    },
  },
];
