import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseResult } from './conformance-case';

export interface ConformanceReport {
  /** ISO 8601. */
  at: string;
  /** What was tried: an agency's address, or the sandbox and the platform. */
  tried: string;
  cases: number;
  passed: number;
  failed: number;
  results: CaseResult[];
}

export function reportOf(tried: string, results: CaseResult[], at: Date): ConformanceReport {
  const passed = results.filter((result) => result.passed).length;
  return { at: at.toISOString(), tried, cases: results.length, passed, failed: results.length - passed, results };
}

/** Both files carry the moment in their name; earlier reports stay. */
export function writeReport(report: ConformanceReport, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `conformance-${report.at.replaceAll(/[:.]/g, '-')}`);
  writeFileSync(`${path}.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(`${path}.md`, markdownOf(report));
  return path;
}

export function markdownOf({ at, tried, cases, passed, failed, results }: ConformanceReport): string {
  const broken = results.filter((result) => !result.passed);
  const cures = broken.flatMap(({ id, title, rule, reason, cure }) => [
    `### ${id}`,
    '',
    `${title}.`,
    '',
    `- found: ${reason ?? ''}`,
    `- agreed in: ${rule}`,
    `- cure: ${cure ?? ''}`,
    '',
  ]);
  return [
    `# Conformance report, ${at}`,
    '',
    `Tried: ${tried}. ${cases} cases, ${passed} passed, ${failed} failed.`,
    '',
    ...(broken.length > 0 ? ['## What to cure', '', ...cures] : []),
    '## All cases',
    '',
    '| case | what must hold | agreed in | result |',
    '|---|---|---|---|',
    ...results.map((each) => `| ${each.id} | ${each.title} | ${each.rule} | ${each.passed ? 'passed' : 'FAILED'} |`),
    '',
  ].join('\n');
}
