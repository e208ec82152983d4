import { type AskedRecord, compareRecords, type OurRecord, type TheirRecord, unlisted } from './compare-records';

const mine = (changes: Partial<OurRecord> = {}): OurRecord => ({
  stepId: 'step',
  key: 'key-1',
  laterKey: 'key-2',
  earlierKeys: ['key-0'],
  receipt: 'R-1',
  standing: 'completed',
  result: 'digest',
  isSettledElsewhere: false,
  ...changes,
});
const listed = (changes: Partial<TheirRecord> = {}): TheirRecord => ({
  key: 'key-1',
  receipt: 'R-1',
  standing: 'completed',
  result: 'digest',
  ...changes,
});
const open = { standing: 'unfinished', result: null } as const;

interface Row {
  what: string;
  ours?: OurRecord[];
  theirs?: TheirRecord[];
  asked?: AskedRecord;
  found: string[];
}

describe('our steps and the agency’s own list', () => {
  it.each<Row>([
    { what: 'the same', ours: [mine()], theirs: [listed()], found: [] },
    { what: 'the same by its number alone', ours: [mine()], theirs: [listed({ key: null })], found: [] },
    {
      what: 'with the request that it supplements',
      ours: [mine()],
      theirs: [listed(), listed({ key: 'key-0', ...open })],
      found: [],
    },
    {
      what: 'only the request that it supplements',
      ours: [mine(open)],
      theirs: [listed({ key: 'key-0' })],
      asked: 'not_found',
      found: ['lost_at_agency/agency_explains'],
    },
    {
      what: 'open there, done at a counter',
      ours: [mine({ isSettledElsewhere: true })],
      theirs: [listed(open)],
      found: [],
    },
    { what: 'both unfinished', ours: [mine(open)], theirs: [listed(open)], found: [] },
    { what: 'not listed, and nobody was asked', ours: [mine()], found: [] },
    { what: 'not listed, and the same when asked', ours: [mine()], asked: listed(), found: [] },
    { what: 'a receipt that came later than our row', ours: [mine({ receipt: null })], theirs: [listed()], found: [] },
    {
      what: 'never arrived',
      ours: [mine({ ...open, receipt: null })],
      asked: 'not_found',
      found: ['lost_at_agency/send_again'],
    },
    {
      what: 'lost after they had it',
      ours: [mine(open)],
      asked: 'not_found',
      found: ['lost_at_agency/agency_explains'],
    },
    {
      what: 'lost after it was done',
      ours: [mine({ receipt: null })],
      asked: 'not_found',
      found: ['lost_at_agency/agency_explains'],
    },
    { what: 'done there', ours: [mine(open)], theirs: [listed()], found: ['state_differs/take_answer'] },
    {
      what: 'done there, said when asked',
      ours: [mine(open)],
      asked: listed(),
      found: ['state_differs/take_answer'],
    },
    {
      what: 'refused there',
      ours: [mine()],
      theirs: [listed({ standing: 'rejected', result: null })],
      found: ['state_differs/agency_corrects'],
    },
    { what: 'open there again', ours: [mine()], theirs: [listed(open)], found: ['state_differs/ask_again'] },
    {
      what: 'another result',
      ours: [mine()],
      theirs: [listed({ result: 'other' })],
      found: ['result_differs/agency_corrects'],
    },
    {
      what: 'a result that we keep none of',
      ours: [mine({ result: null })],
      theirs: [listed()],
      found: [],
    },
    {
      what: 'another number',
      ours: [mine()],
      theirs: [listed({ receipt: 'R-2' })],
      found: ['receipt_differs/agency_explains'],
    },
    {
      what: 'a later request of an open step',
      ours: [mine(open)],
      theirs: [listed(open), listed({ key: 'key-2' })],
      found: ['later_request/family_answers_again'],
    },
    {
      what: 'a later request of one that ended',
      ours: [mine()],
      theirs: [listed({ key: 'key-2' })],
      found: ['later_request/agency_explains'],
    },
    {
      what: 'done twice under one key',
      ours: [mine()],
      theirs: [listed(), listed({ receipt: 'R-2' })],
      found: ['done_twice/agency_corrects'],
    },
    { what: 'of nobody', theirs: [listed()], found: ['unknown_to_us/agency_explains'] },
    { what: 'of nobody, and taken back', theirs: [listed({ standing: 'withdrawn' })], found: [] },
    {
      what: 'of nobody, by a number that another step does not have yet',
      ours: [mine({ receipt: null })],
      theirs: [listed({ key: null })],
      found: ['unknown_to_us/agency_explains'],
    },
  ])('$what: $found', ({ ours = [], theirs = [], asked, found }) => {
    const answers = new Map(asked === undefined ? [] : [['step', asked]]);
    const kinds = compareRecords(ours, theirs, answers).map(({ kind, cure }) => `${kind}/${cure}`);
    expect(kinds).toEqual(found);
  });

  it('names what both sides say, and never the result', () => {
    expect(compareRecords([mine(open)], [listed({ receipt: 'R-9' })])).toEqual([
      {
        kind: 'state_differs',
        cure: 'take_answer',
        stepId: 'step',
        key: 'key-1',
        receipt: 'R-9',
        ours: 'unfinished',
        theirs: 'completed',
      },
    ]);
  });

  it('asks for what a list does not name', () => {
    const other = mine({ stepId: 'other', key: 'key-9', laterKey: 'key-10', earlierKeys: [], receipt: 'R-9' });
    expect(unlisted([mine(), other], [listed()]).map(({ stepId }) => stepId)).toEqual(['other']);
  });
});
