import type { AgencyAdapter, ListedRequest } from '@birth/application';
import { must } from '../conformance-case';
import type { AgencyCase } from './agency-case';
import { asked, ended, familyOf, sent } from './agency-side';
import { again, deadline } from './families';

const HOUR_MS = 3_600_000;
const LONG_AGO = { from: Date.UTC(2020, 0, 1), until: Date.UTC(2020, 0, 2) };
const MOST_PAGES = 1_000;

const answers: AgencyCase['for'] = (adapter) => adapter.check !== undefined;
const lists: AgencyCase['for'] = (adapter) => adapter.list !== undefined;
const withdraws: AgencyCase['for'] = (adapter) => adapter.withdraw !== undefined;

async function listed(adapter: AgencyAdapter, range: { from: number; until: number }): Promise<ListedRequest[]> {
  const found: ListedRequest[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const way = { deadlineAt: deadline(), evidence: { record: () => undefined } };
    const { requests, next } = await adapter.list!({ ...range, after }, way);
    found.push(...requests);
    if (next === null) return found;
    must(next !== after, 'a page names itself as the next');
    after = next;
  }
  return (must(false, `more than ${MOST_PAGES} pages`), found);
}

/** What is said of a case afterwards. */
export const ASKING: readonly AgencyCase[] = [
  {
    name: 'knows-its-cases',
    title: 'Asked for a case, it is found under the same receipt',
    cure: 'Make a case readable by our key from the moment of your reply on, with the receipt that you gave.',
    for: answers,
    async prove(side) {
      const { request, answer } = await sent(side);
      const now = await asked(side, again(request));
      must(now !== 'not_found', 'not found');
      must(now.receipt === answer.receipt, 'it has another receipt');
    },
  },
  {
    name: 'says-not-found',
    title: 'Asked for a case that there is not, the agreed word for "not found" is said',
    cure: 'Answer with your own code for "not found"; never with an empty body or the page of a gateway.',
    for: answers,
    async prove(side) {
      must((await asked(side, familyOf(side).request)) === 'not_found', 'a case is said to be there');
    },
  },
  {
    name: 'stays-with-its-word',
    title: 'After the end it says the same each time',
    cure: 'Read the answer from the case as it was stored; make no number or date anew when you are asked.',
    for: answers,
    async prove(side) {
      const { request } = await ended(side);
      const [one, other] = [await asked(side, again(request)), await asked(side, again(request))];
      must(JSON.stringify(one) === JSON.stringify(other), 'two answers to one question differ');
    },
  },
  {
    name: 'lists-what-it-has',
    title: 'The list of the last hour names the case',
    cure: 'List every case that changed within the asked time, whatever came of it, page by page.',
    for: lists,
    async prove(side) {
      const { request } = await sent(side);
      const range = { from: Date.now() - HOUR_MS, until: Date.now() + HOUR_MS };
      const found = await listed(side.adapter, range);
      must(
        found.some(({ key }) => key === request.key),
        'the case is not in the list',
      );
    },
  },
  {
    name: 'lists-nothing-else',
    title: 'The list of another time does not name the case',
    cure: 'Apply both ends of the asked time to the moment of the last change.',
    for: lists,
    async prove(side) {
      const { request } = await sent(side);
      const found = await listed(side.adapter, LONG_AGO);
      must(!found.some(({ key }) => key === request.key), 'it is in the list of years ago');
    },
  },
  {
    name: 'decides-withdrawals-once',
    title: 'A withdrawal is granted or refused, and said again the same',
    cure: 'Grant while nothing was decided, refuse with words afterwards; the second call changes nothing.',
    for: withdraws,
    async prove(side) {
      const { request } = await sent(side);
      const withdraw = () => side.adapter.withdraw!(again(request), { code: 'applicant_withdrew' }, deadline());
      const first = await withdraw();
      must(['withdrawn', 'withdrawal_refused'].includes(first.kind), `answered ${first.kind}`);
      if (first.kind === 'withdrawn') must((await withdraw()).kind === 'withdrawn', 'granted, then not');
    },
  },
  {
    name: 'withdrawn-stays-withdrawn',
    title: 'What was withdrawn is not done afterwards',
    cure: 'End the case with the withdrawal, so that no step of your own work goes on with it.',
    for: withdraws,
    async prove(side) {
      const { request } = await sent(side);
      const said = await side.adapter.withdraw!(again(request), { code: 'applicant_withdrew' }, deadline());
      const now = await asked(side, again(request));
      must(now !== 'not_found', 'not found any more');
      if (said.kind === 'withdrawn') must(now.kind === 'withdrawn', `withdrawn, and then ${now.kind}`);
    },
  },
];
