import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEMS, type ProblemCode, statusOf } from '../http/problem-catalogue';
import { ProblemShape } from '../http/problem-shape';
import { type ContractNotes, NOTES } from './contract-notes';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Responses = Operation['responses'];
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Of any request, whatever the operation. */
const ALWAYS: readonly ProblemCode[] = [
  'bad_request',
  'nul_character',
  'unsupported_media_type',
  'internal',
  'unavailable',
];
/** What each code means, once for the whole document. */
const CODES = 'x-problem-codes';
const NO_NOTES: ContractNotes = { refuses: [], definitions: {} };

/** Writes down every operation's problems with their stable codes, and the named shapes of its answers. */
export function describeProblems(document: OpenAPIObject): OpenAPIObject {
  const schemas: Schemas = { ...document.components?.schemas, ...(ProblemShape.definitions as Schemas) };
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [path, described(path, item, schemas)]),
  );
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1)));
  const components = { ...document.components, schemas: sorted };
  return { ...document, components, paths, [CODES]: codesInWords() } as OpenAPIObject;
}

const codesInWords = (): object =>
  Object.fromEntries(Object.entries(PROBLEMS).map(([code, [status, zh, en]]) => [code, { status, 'zh-CN': zh, en }]));

function described(path: string, item: PathItem, schemas: Schemas): PathItem {
  const operations = METHODS.flatMap((method) => {
    const operation = item[method];
    if (operation === undefined) return [];
    const { [NOTES]: notes = NO_NOTES, ...rest } = operation as Operation & { [NOTES]?: ContractNotes };
    Object.assign(schemas, notes.definitions);
    const codes = new Set([...ALWAYS, ...impliedBy(path, rest), ...notes.refuses]);
    return [[method, { ...rest, responses: { ...rest.responses, ...problems([...codes]) } }] as const];
  });
  return { ...item, ...Object.fromEntries(operations) };
}

function impliedBy(path: string, { security = [] }: Operation): ProblemCode[] {
  return [
    ...(security.some((one) => 'bearer' in one) ? (['token_required', 'token_invalid'] as const) : []),
    ...(path.startsWith('/clerk/') ? (['role_missing'] as const) : []),
    ...(path.includes('{') ? (['not_found', 'uri_too_long'] as const) : []),
  ];
}

function problems(codes: readonly ProblemCode[]): Responses {
  const statuses = [...new Set(codes.map(statusOf))].sort();
  return Object.fromEntries(
    statuses.map((status) => [status, problem(codes.filter((code) => statusOf(code) === status).sort())]),
  );
}

const problem = (codes: readonly ProblemCode[]): Responses[string] => ({
  description: codes.join(', '),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [ProblemShape.schema, { properties: { code: { type: 'string', enum: [...codes] } } }],
      },
    },
  },
});
