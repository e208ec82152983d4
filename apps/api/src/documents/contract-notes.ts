import type { JsonSchema, Shape } from '@birth/platform';
import { ApiResponse } from '@nestjs/swagger';
import type { ProblemCode } from '../http/problem-catalogue';

/** What a handler says of itself beside what the framework reads; taken out again when the document is made. */
export interface ContractNotes {
  refuses: readonly ProblemCode[];
  definitions: Readonly<Record<string, JsonSchema>>;
}
export const NOTES = 'x-contract-notes';
/** Where @ApiExtension leaves what it was told. */
const EXTENSIONS = 'swagger/apiExtension';

/** An answer of this operation, by its shape. */
export const Answers =
  (status: number, { schema, definitions }: Shape<never>, description = 'Done'): MethodDecorator =>
  (target, key, method) => {
    ApiResponse({ status, description, schema })(target, key, method);
    note({ refuses: [], definitions })(target, key, method);
  };

/** Server-sent events: `data` of each is one of these. */
export const Streams =
  ({ schema, definitions }: Shape<never>): MethodDecorator =>
  (target, key, method) => {
    const content = { 'text/event-stream': { schema: { type: 'string' as const }, 'x-event-data': schema } };
    ApiResponse({ status: 200, description: 'Server-sent events', content })(target, key, method);
    note({ refuses: [], definitions })(target, key, method);
  };

/** Problems of this operation besides those that its parameters bring along. */
export const Refuses = (...refuses: readonly ProblemCode[]): MethodDecorator => note({ refuses, definitions: {} });

function note(more: ContractNotes): MethodDecorator {
  return (_target, _key, method) => {
    const known = Reflect.getMetadata(EXTENSIONS, method.value as object) as Record<string, ContractNotes> | undefined;
    const { refuses, definitions } = known?.[NOTES] ?? { refuses: [], definitions: {} };
    const all = {
      refuses: [...refuses, ...more.refuses],
      definitions: { ...definitions, ...more.definitions },
    };
    Reflect.defineMetadata(EXTENSIONS, { ...known, [NOTES]: all }, method.value as object);
  };
}
