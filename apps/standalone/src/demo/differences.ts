import type { DeliveryDocument } from '@birth/domain';
import type { ExpectedName, ExpectedNewborn, ExpectedStep, PlannedStep, Sample } from '../samples/sample';
import { expectedLimit, isEstimated, later, workingDayAfter } from './expected-dates';
import { type CaseShown, isEnded, type StepShown } from './view';

/** Dates in Asia/Shanghai that expectations are reckoned from. */
export interface Days {
  /** One a newborn. */
  bornOn: readonly string[];
  filedOn: string;
  today: string;
}

type DaysOfOne = Omit<Days, 'bornOn'> & { bornOn: string };
type Compared = readonly [field: string, wanted: unknown, given: unknown];

/** What a case shows against what the policy says of it, and nothing besides; empty when they agree. */
export function differences({ expect }: Sample, shown: CaseShown | null, days: Days): string[] {
  if (expect === null) return shown === null ? [] : ['filed although it should not be'];
  if (shown === null) return ['not filed'];
  const length = Math.max(expect.newborns.length, shown.newborns.length);
  const found = Array.from({ length }, (_, index) => {
    const expected = expect.newborns[index];
    const newborn = shown.newborns[index];
    if (expected === undefined) return [`newborn ${index}: unexpected`];
    if (newborn === undefined) return [`newborn ${index}: missing`];
    const ofOne = { ...days, bornOn: days.bornOn[index] ?? '' };
    return stepsOf(newborn.steps, expected, ofOne.bornOn).flatMap(([name, wanted, given]) =>
      stepDifferences(wanted, given, ofOne).map((difference) => `${index}/${name}: ${difference}`),
    );
  }).flat();
  const overall = overallOf(shown);
  return [
    ...found,
    ...(expect.status === shown.status ? [] : [`status ${shown.status}, not ${expect.status}`]),
    ...((expect.overall ?? overall) === overall ? [] : [`the whole ${overall}, not ${String(expect.overall)}`]),
  ];
}

function overallOf({ overallPromise: overall }: CaseShown): 'none' | 'runs' | 'rests' | 'ended' {
  if (overall === null) return 'none';
  if (overall.endedOn !== null) return 'ended';
  return overall.pausedOn === null ? 'runs' : 'rests';
}

/** Every step that is expected or there. */
function stepsOf(
  steps: readonly StepShown[],
  expected: Readonly<ExpectedNewborn>,
  bornOn: string,
): [name: ExpectedName, wanted: ExpectedStep | undefined, given: StepShown[]][] {
  const nameOf = (step: StepShown): ExpectedName => expectedName(step, bornOn);
  const names = new Set([...(Object.keys(expected) as ExpectedName[]), ...steps.map(nameOf)]);
  return [...names].map((name) => [name, expected[name], steps.filter((step) => nameOf(step) === name)]);
}

function stepDifferences(
  wanted: ExpectedStep | undefined,
  [given, second]: readonly StepShown[],
  day: DaysOfOne,
): string[] {
  if (wanted === undefined) return ['unexpected'];
  if (given === undefined) return ['missing'];
  if (second !== undefined) return ['more than one'];
  return pairsOf(wanted, given, day)
    .filter(([, one, other]) => JSON.stringify(one) !== JSON.stringify(other))
    .map(([field, one, other]) => `${field} is ${JSON.stringify(other)}, not ${JSON.stringify(one)}`);
}

function pairsOf(wanted: ExpectedStep, given: StepShown, day: DaysOfOne): Compared[] {
  const common: Compared[] = [
    ['state', wanted.state, given.state],
    ['owner', wanted.owner, given.owner],
    ['reason', wanted.reason, given.reason],
    ['source', wanted.source, given.source],
  ];
  if (wanted.state === 'not_applicable') return common;
  return [
    ...common,
    ['mode', wanted.mode, given.mode],
    ['route', wanted.route, given.route],
    ['officeKind', wanted.officeKind, given.office.kind],
    ['officeCode', wanted.officeCode ?? given.office.code, given.office.code],
    ['acceptingOffice', wanted.acceptingOffice ?? null, given.acceptingOffice?.code ?? null],
    ['papers', wanted.papers, given.papers],
    ['basis', wanted.basis, given.basis],
    ['custody', wanted.custody ?? held(given), held(given)],
    ['statutory', wanted.statutory && expectedLimit(wanted.statutory, day.bornOn, day.filedOn), limitOf(given)],
    ...metBy(wanted, given),
    ['promisedAt', promisedAt(wanted, given, day), given.promisedAt],
    ['promisedAtEstimated', isEstimated(given.promisedAt), given.promisedAtEstimated],
  ];
}

export function expectedName({ code, qualifier }: StepShown, bornOn: string): ExpectedName {
  if (code === 'delivery') return `delivery:${qualifier as DeliveryDocument}`;
  return code === 'insurance_payment' && qualifier !== bornOn.slice(0, 4) ? 'insurance_payment:next' : code;
}

/** Registered and paid are two facts; what is not done yet has met nothing. */
const metBy = ({ metBy: wanted, state }: PlannedStep, { statutory }: StepShown): Compared[] =>
  wanted === undefined || state !== 'completed' ? [] : [['metBy', wanted, statutory?.metBy]];

const held = ({ custody }: StepShown): string[] => custody.map(({ kind, holder }) => `${kind}: ${holder.kind}`);

const limitOf = ({ statutory }: StepShown) =>
  statutory && {
    safeAt: statutory.safeAt,
    dueAt: statutory.dueAt,
    estimated: statutory.estimated,
    late: statutory.lateOnArrival,
  };

/** Accepted on any day of the run. What has ended or was given back may have been before anybody heard of an acceptance. */
function promisedAt({ promiseDays }: PlannedStep, given: StepShown, { filedOn, today }: DaysOfOne): string | null {
  const isBack = isEnded(given) || given.state === 'correction_needed';
  if (promiseDays === null || (given.promisedAt === null && isBack)) return null;
  const last = workingDayAfter(today, promiseDays);
  for (let day = filedOn; day < today; day = later(day, 1)) {
    if (workingDayAfter(day, promiseDays) === given.promisedAt) return given.promisedAt;
  }
  return last;
}
