/** Where a request stands, seen from either side; `unfinished` is every word that is not the last. */
export const RECORD_STANDINGS = ['unfinished', 'completed', 'rejected', 'withdrawn'] as const;
export type RecordStanding = (typeof RECORD_STANDINGS)[number];

/** One step as we have it. */
export interface OurRecord {
  stepId: string;
  /** What we sent last is known under this name. */
  key: string;
  /** The name that a later request of this step would have. */
  laterKey: string;
  /** Of requests that this one supplements: the agency may list them as it left them. */
  earlierKeys: readonly string[];
  receipt: string | null;
  standing: RecordStanding;
  /** Digest of the result; null where there is none. */
  result: string | null;
  /** It ended by another word than the agency's: whatever stands there is settled. */
  isSettledElsewhere: boolean;
}

/** One request as the agency has it; by our key, or by its own number alone. */
export interface TheirRecord {
  key: string | null;
  receipt: string | null;
  standing: RecordStanding;
  result: string | null;
}

/** What the agency says of one of our steps, where it was asked for that one. */
export type AskedRecord = TheirRecord | 'not_found';

export const DIFFERENCE_KINDS = [
  'lost_at_agency',
  'unknown_to_us',
  'later_request',
  'state_differs',
  'result_differs',
  'receipt_differs',
  'done_twice',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What a person may do about it with the operations that there are. */
export const CURES = [
  'ask_again',
  'send_again',
  'take_answer',
  'agency_corrects',
  'agency_explains',
  'family_answers_again',
] as const;
export type Cure = (typeof CURES)[number];

export interface Difference {
  kind: DifferenceKind;
  cure: Cure;
  /** Null: of no step of ours. */
  stepId: string | null;
  /** Theirs, where they named one. */
  key: string | null;
  receipt: string | null;
  ours: RecordStanding | null;
  theirs: RecordStanding | null;
}

/**
 * Both directions at once: what we have against what the agency says, and what the agency lists against what we have.
 * @param asked what the agency said of single steps of ours that its list does not name; without an entry nothing is known
 *   of them, and silence is no difference
 */
export function compareRecords(
  ours: readonly OurRecord[],
  theirs: readonly TheirRecord[],
  asked: ReadonlyMap<string, AskedRecord> = new Map(),
): Difference[] {
  const matched = new Set<TheirRecord>();
  const found = ours.flatMap((mine) => {
    const same = theirs.filter((one) => isOf(mine, one));
    same.forEach((one) => matched.add(one));
    return compareOne(mine, same, asked.get(mine.stepId));
  });
  const strange = theirs.filter((one) => !matched.has(one) && one.standing !== 'withdrawn').map(unknownToUs);
  return [...found, ...strange];
}

/** Steps of ours that the list does not name: the agency is asked for each of them before anybody is troubled. */
export const unlisted = (ours: readonly OurRecord[], theirs: readonly TheirRecord[]): OurRecord[] =>
  ours.filter((mine) => !theirs.some((one) => isOf(mine, one) && !isEarlier(mine, one)));

const isEarlier = ({ earlierKeys }: OurRecord, { key }: TheirRecord): boolean =>
  key !== null && earlierKeys.includes(key);

/** A number that the agency alone gave stands for the step where it keeps no key of ours. */
const isOf = ({ key, laterKey, earlierKeys, receipt }: OurRecord, theirs: TheirRecord): boolean =>
  theirs.key === null
    ? receipt !== null && theirs.receipt === receipt
    : [key, laterKey, ...earlierKeys].includes(theirs.key);

function compareOne(mine: OurRecord, listed: readonly TheirRecord[], asked: AskedRecord | undefined): Difference[] {
  if (mine.isSettledElsewhere) return [];
  const later = listed.find(({ key }) => key === mine.laterKey);
  const present = listed.filter((one) => one !== later && !isEarlier(mine, one));
  if (present.filter(({ standing }) => standing === 'completed').length > 1) {
    return [difference(mine, present[0] ?? null, 'done_twice', 'agency_corrects')];
  }
  if (later !== undefined) return [difference(mine, later, 'later_request', laterCure(mine))];
  if (asked === 'not_found') return [lost(mine)];
  const theirs = present[0] ?? asked;
  return theirs === undefined ? [] : compareWords(mine, theirs);
}

const laterCure = ({ standing }: OurRecord): Cure =>
  standing === 'unfinished' ? 'family_answers_again' : 'agency_explains';

/** Without a receipt the agency never had it, and the same key makes one effect; what it once had it must find. */
function lost(mine: OurRecord): Difference {
  const mayBeSent = mine.standing === 'unfinished' && mine.receipt === null;
  return difference(mine, null, 'lost_at_agency', mayBeSent ? 'send_again' : 'agency_explains');
}

function compareWords(mine: OurRecord, theirs: TheirRecord): Difference[] {
  if (mine.standing !== theirs.standing) {
    const cure = mine.standing === 'unfinished' ? 'take_answer' : stateCure(theirs);
    return [difference(mine, theirs, 'state_differs', cure)];
  }
  if (mine.result !== null && theirs.result !== null && mine.result !== theirs.result) {
    return [difference(mine, theirs, 'result_differs', 'agency_corrects')];
  }
  if (mine.receipt !== null && theirs.receipt !== null && mine.receipt !== theirs.receipt) {
    return [difference(mine, theirs, 'receipt_differs', 'agency_explains')];
  }
  return [];
}

/** We have the last word, they have none or another: one that is still on its way is asked for again first. */
const stateCure = ({ standing }: TheirRecord): Cure => (standing === 'unfinished' ? 'ask_again' : 'agency_corrects');

const difference = (mine: OurRecord, theirs: TheirRecord | null, kind: DifferenceKind, cure: Cure): Difference => ({
  kind,
  cure,
  stepId: mine.stepId,
  key: mine.key,
  receipt: theirs?.receipt ?? mine.receipt,
  ours: mine.standing,
  theirs: theirs?.standing ?? null,
});

const unknownToUs = ({ key, receipt, standing }: TheirRecord): Difference => ({
  kind: 'unknown_to_us',
  cure: 'agency_explains',
  stepId: null,
  key,
  receipt,
  ours: null,
  theirs: standing,
});
