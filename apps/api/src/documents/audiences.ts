import type { OpenAPIObject } from '@nestjs/swagger';

/** Who reads a part of the contract, and which addresses are theirs. What is for everybody is in every part. */
const PREFIXES = { applicant: '/v1/', clerk: '/clerk/', agency: '/agency/' } as const;
export type Audience = keyof typeof PREFIXES;
export const CONTRACT_AUDIENCES = Object.keys(PREFIXES) as Audience[];

export const isAudience = (name: string): name is Audience => name in PREFIXES;

/** The part of the document that one audience needs: its operations and what they refer to. */
export function forAudience(document: OpenAPIObject, audience: Audience): OpenAPIObject {
  const foreign = Object.entries(PREFIXES).flatMap(([name, prefix]) => (name === audience ? [] : [prefix]));
  const paths = Object.fromEntries(
    Object.entries(document.paths).filter(([path]) => !foreign.some((prefix) => path.startsWith(prefix))),
  );
  const schemas = document.components?.schemas ?? {};
  const needed = new Set<string>();
  collect(paths, schemas, needed);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => needed.has(name)));
  return { ...document, paths, components: { ...document.components, schemas: kept } };
}

function collect(node: unknown, schemas: Readonly<Record<string, unknown>>, needed: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  const { $ref } = node as { $ref?: unknown };
  const name = typeof $ref === 'string' ? ($ref.split('/').at(-1) ?? '') : '';
  if (name !== '' && !needed.has(name)) {
    needed.add(name);
    collect(schemas[name], schemas, needed);
  }
  for (const child of Object.values(node)) collect(child, schemas, needed);
}
