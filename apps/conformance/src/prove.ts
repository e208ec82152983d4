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
  return { id, title, rule, passed: reason === null, reason, cure: reason === null ? null : cure, tookMs };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { field, code } = error as { field?: string; code?: string };
  const parts = [field === undefined ? '' : `field ${field}`, code === undefined ? '' : `code ${code}`].filter(Boolean);
  return `${error.name}: ${error.message}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
}
