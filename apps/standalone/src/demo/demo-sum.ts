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
  const states = [...new Set(reports.flatMap(({ steps }) => Object.keys(steps)))].sort();
  const { applications, newborns, ...rest } = counts;
  const report = {
    applications,
    newborns,
    steps: Object.fromEntries(states.map((state) => [state, sum(({ steps }) => steps[state] ?? 0)])),
    ...rest,
    seconds: Math.round(ms / 100) / 10,
  };
  return { report, details: results.flatMap(({ details }) => details) };
}
