import type { Sample, ExpectedStep } from '../samples/sample';
import type { CaseShown, StepShown } from './view';

/** What a case shows against what the policy says of it; empty when they agree. */
export function differences(sample: Sample, shown: CaseShown | null, bornOn: string): string[] {
  if (sample.refusedWith !== undefined) return shown === null ? [] : ['filed although it should not be'];
  if (shown === null) return [];
  const found = sample.expect.newborns.flatMap((expected, index) => {
    const steps = shown.newborns[index]?.steps ?? [];
    return Object.entries(expected).flatMap(([code, step]) =>
      stepDifferences(
        `${index}/${code}`,
        step,
        steps.find((candidate) => candidate.code === code),
        bornOn,
      ),
    );
  });
  const { status } = sample.expect;
  if (status !== undefined && status !== shown.status) found.push(`status ${shown.status}, not ${status}`);
  return found;
}

function stepDifferences(name: string, expected: ExpectedStep, step: StepShown | undefined, bornOn: string): string[] {
  if (step === undefined) return [`${name}: missing`];
  const pairs: [string, unknown, unknown][] = [
    ['state', expected.state, step.state],
    ['owner', expected.owner, step.owner],
    ['mode', expected.mode, step.mode],
    ['route', expected.route, step.route],
    ['reason', expected.reason, step.reason],
    ['officeKind', expected.officeKind, step.office.kind],
    ['papers', expected.papers?.join(','), step.papers.join(',')],
    ['safeAt', expected.safeAt === undefined ? undefined : dateOf(expected.safeAt, bornOn), step.statutory?.safeAt],
  ];
  return pairs
    .filter(([, wanted, given]) => wanted !== undefined && wanted !== given)
    .map(([field, wanted, given]) => `${name}: ${field} is ${String(given)}, not ${String(wanted)}`);
}

/** Calendar arithmetic of its own, so that a mistake of the platform's is not repeated here. */
function dateOf(rule: string, bornOn: string): string {
  if (!rule.startsWith('+')) return rule;
  const [year = 0, month = 0, day = 0] = bornOn.split('-').map(Number);
  if (rule === '+89days') return iso(new Date(Date.UTC(year, month - 1, day + 89)));
  const lastOfNext = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return iso(new Date(Date.UTC(year, month, Math.min(day, lastOfNext) - 1)));
}

const iso = (date: Date): string => date.toISOString().slice(0, 10);
