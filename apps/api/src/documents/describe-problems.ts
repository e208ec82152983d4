import type { OpenAPIObject } from '@nestjs/swagger';
type PathItemObject = OpenAPIObject['paths'][string];
type OperationObject = NonNullable<PathItemObject['get']>;
type SchemaObject = Exclude<NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string], { $ref: string }>;

const METHODS = ['get', 'post', 'put'] as const;
const text = (description: string): SchemaObject => ({ type: 'string', description });

/** RFC 9457, with the members that are ours. */
const PROBLEM: SchemaObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: text('urn:birth-one-thing:problem:<code>'),
    title: text('In the language asked for'),
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: text('Stable; what programs decide by'),
    detail: text('What to do'),
    instance: text('Names this occurrence in our logs'),
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: text('RFC 6901, into the request body'),
          code: text('Stable'),
          message: text('For people; never a value that was sent'),
        },
      },
    },
  },
};

/** Every operation may answer with a problem, all of one shape. */
export function describeProblems(document: OpenAPIObject): OpenAPIObject {
  const components = { ...document.components, schemas: { ...document.components?.schemas, Problem: PROBLEM } };
  const paths = Object.fromEntries(Object.entries(document.paths).map(([path, item]) => [path, withProblem(item)]));
  return { ...document, components, paths };
}

function withProblem(item: PathItemObject): PathItemObject {
  const operations = METHODS.flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [[method, mayFail(operation)] as const];
  });
  return { ...item, ...Object.fromEntries(operations) };
}

const mayFail = (operation: OperationObject): OperationObject => ({
  ...operation,
  responses: {
    ...operation.responses,
    default: {
      description: 'Refused or failed',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
});
