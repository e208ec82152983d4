import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Schema = Record<string, unknown>;
interface Media {
  schema?: Schema;
  'x-event-data'?: Schema;
}
interface Operation {
  method: string;
  template: string;
  path: RegExp;
  responses: Record<string, { content?: Record<string, Media> }>;
}

/** One answer as it came over HTTP; `body` is null where it was not read (streams, files). */
export interface HeardAnswer {
  method: string;
  path: string;
  status: number;
  type: string;
  body: unknown;
}

const PROBLEM = 'application/problem+json';
/** Refused before anybody looks which operation is meant. */
const BEFORE_ROUTING = ['bad_request', 'nul_character', 'uri_too_long', 'unsupported_media_type', 'headers_too_large'];
const FORMATS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
  binary: true as const,
};

/** Holds what the api really answers against the committed contract. */
export class ContractCheck {
  private readonly operations: readonly Operation[];
  private readonly definitions: Schema;
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
  /** Operations that were answered as they should be, as `POST /v1/checks`. */
  readonly answered = new Set<string>();

  constructor(document: Schema = committed()) {
    const { schemas } = document['components'] as { schemas: Schema };
    this.definitions = closed(schemas) as Schema;
    this.operations = Object.entries(document['paths'] as Record<string, Record<string, Operation>>).flatMap(
      ([template, item]) =>
        Object.entries(item).map(([method, { responses }]) => ({
          method: method.toUpperCase(),
          template,
          path: new RegExp(`^${template.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
          responses,
        })),
    );
  }

  get names(): string[] {
    return this.operations.map(({ method, template }) => `${method} ${template}`);
  }

  /** What of this answer the contract does not say; empty when all is well. No value of the answer. */
  violations(answer: HeardAnswer): string[] {
    const { method, status } = answer;
    const path = answer.path.split('?')[0] ?? '';
    const here = this.operations.filter((operation) => operation.path.test(path));
    const operation = here.find((candidate) => candidate.method === method);
    const where = `${method} ${operation?.template ?? path} ${status}`;
    const found = operation === undefined ? this.ofNobody(answer, here.length > 0) : this.of(operation, answer);
    if (found.length === 0 && operation !== undefined && status < 300) {
      this.answered.add(`${method} ${operation.template}`);
    }
    return found.map((text) => `${where}: ${text}`);
  }

  /** One event of a stream. */
  eventViolations(template: string, data: unknown): string[] {
    const operation = this.operations.find((candidate) => candidate.template === template);
    const schema = operation?.responses['200']?.content?.['text/event-stream']?.['x-event-data'];
    return schema === undefined ? [`${template} is no stream`] : this.mismatches(schema, data);
  }

  private of({ responses }: Operation, { status, type, body }: HeardAnswer): string[] {
    const content = responses[String(status)]?.content;
    if (content === undefined) return ['this status is not in the contract'];
    const [kind = ''] = type.split(';');
    const media = content[kind];
    if (media === undefined) return [`${kind} is not in the contract`];
    if (kind === PROBLEM) return this.ofProblem(body, codesOf(media));
    return body === null || media.schema === undefined ? [] : this.mismatches(media.schema, body);
  }

  private ofNobody({ status, type, body }: HeardAnswer, isKnownPath: boolean): string[] {
    if (!type.startsWith(PROBLEM)) return ['an answer of an operation that is not in the contract'];
    const expected = isKnownPath ? [405, 'method_not_allowed'] : [404, 'not_found'];
    const isEarly = BEFORE_ROUTING.includes((body as { code: string }).code);
    const codes = isEarly || status === expected[0] ? [...BEFORE_ROUTING, String(expected[1])] : [];
    return this.ofProblem(body, codes);
  }

  private ofProblem(body: unknown, codes: readonly string[]): string[] {
    const { code } = body as { code: string };
    const unknown = codes.includes(code) ? [] : [`code ${code} is not in the contract`];
    return [...unknown, ...this.mismatches({ $ref: '#/components/schemas/Problem' }, body)];
  }

  private mismatches(schema: Schema, body: unknown): string[] {
    const key = JSON.stringify(schema);
    const known = this.compiled.get(key);
    const validate =
      known ?? this.ajv.compile({ ...(closed(schema) as Schema), components: { schemas: this.definitions } });
    this.compiled.set(key, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, keyword, params }) => {
      const { missingProperty, additionalProperty } = params as Record<string, string>;
      return `${instancePath || '/'} ${keyword} ${missingProperty ?? additionalProperty ?? ''}`.trimEnd();
    });
  }
}

const committed = (): Schema => JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as Schema;

const codesOf = ({ schema }: Media): string[] => {
  const [, second] = (schema?.['allOf'] ?? []) as { properties: { code: { enum: string[] } } }[];
  return second?.properties.code.enum ?? [];
};

/** Readers tolerate new fields; we do not send what the contract does not name. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const isOpenObject = copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy);
  return isOpenObject ? { ...copy, additionalProperties: false } : copy;
}
