import type { CaseResult, ConformanceCase } from './conformance-case';

/** One after the other, each with a family of its own, so that one failure says nothing of the next. */
export async function prove<A>(cases: readonly ConformanceCase<A>[], side: A): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const each of cases) results.push(await proven(each, side));
  return results;
}

async function proven<A>({ id, title, rule, cure, prove: run }: ConformanceCase<A>, side: A): Promise<CaseResult> {
  const startedAt = performance.now();
  const reason = await run(side).then(
    () => null,
    (error: unknown) => reasonOf(error),
  );
  const tookMs = Math.round(performance.now() - startedAt);
  return {
    id,
    title,
    rule,
    passed: reason === null,
    reason,
    cure: reason === null ? null : cureOf(reason, cure),
    tookMs,
  };
}

/** Not of one case: while it lasts, no case says anything. */
const GENERAL: readonly [RegExp, string][] = [
  [
    /HTTP 401/,
    'Both sides need the same token and keys, and clocks that agree: docs/agencies/signing.md; then try again.',
  ],
  [
    /no key to sign with/,
    'Name our private keys in PLATFORM_KEYS_FILE (docs/operations.md, Settings); then try again.',
  ],
  [/not reached: /, 'Nothing listens at this address from here: check --url, network and certificate; then try again.'],
];

const cureOf = (reason: string, ofCase: string): string =>
  GENERAL.find(([pattern]) => pattern.test(reason))?.[1] ?? ofCase;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { field, code } = error as { field?: string; code?: string };
  const parts = [field === undefined ? '' : `field ${field}`, code === undefined ? '' : `code ${code}`].filter(Boolean);
  return `${error.name}: ${error.message}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
}
