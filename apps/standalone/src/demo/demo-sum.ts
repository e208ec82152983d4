import type { DemoReport, DemoResult } from './demo-run';

const COUNTS = [
  'applications',
  'newborns',
  'waitingForPeople',
  'byPortal',
  'portalRecords',
  'portalOwed',
  'lost',
  'doubled',
  'ownerless',
  'unexpected',
] as const satisfies readonly (keyof DemoReport)[];

/** Runs on several dates as one; `ms` is what they took together, with their starts. */
export function sumOf(results: readonly DemoResult[], ms: number): DemoResult {
  const reports = results.map(({ report }) => report);
  const sum = (count: (report: DemoReport) => number): number =>
    reports.reduce((sofar, report) => sofar + count(report), 0);
  const counts = Object.fromEntries(COUNTS.map((name) => [name, sum((report) => report[name])])) as Record<
    (typeof COUNTS)[number],
    number
  >;
  const { applications, newborns, ...rest } = counts;
  const report = {
    applications,
    newborns,
    steps: together(reports.map(({ steps }) => steps)),
    byHand: together(reports.map(({ byHand }) => byHand)),
    ...rest,
    seconds: Math.round(ms / 100) / 10,
  };
  return { report, details: results.flatMap(({ details }) => details) };
}

function together(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const names = [...new Set(counts.flatMap((one) => Object.keys(one)))].sort();
  return Object.fromEntries(names.map((name) => [name, counts.reduce((sum, one) => sum + (one[name] ?? 0), 0)]));
}
