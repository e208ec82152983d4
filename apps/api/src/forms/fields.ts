import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** Field decorators that validate and describe at once: what the document says is what is checked. */
interface Common {
  optional?: boolean;
  description?: string;
}

const presence = ({ optional = false }: Common) => (optional ? [IsOptional()] : []);
const described = ({ optional = false, description }: Common, schema: Record<string, unknown>) =>
  ApiProperty({
    ...schema,
    required: !optional,
    nullable: optional,
    ...(description === undefined ? {} : { description }),
  });

/** YYYY-MM-DD. */
export const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export const Text = (max: number, options: Common & { min?: number } = {}) =>
  applyDecorators(
    ...presence(options),
    IsString(),
    Length(options.min ?? 1, max),
    described(options, { type: String, minLength: options.min ?? 1, maxLength: max }),
  );

export const Pattern = (pattern: RegExp, options: Common = {}) =>
  applyDecorators(
    ...presence(options),
    IsString(),
    Matches(pattern),
    described(options, { type: String, pattern: pattern.source }),
  );

export const Choice = (values: readonly string[], options: Common = {}) =>
  applyDecorators(...presence(options), IsIn(values), described(options, { type: String, enum: [...values] }));

export const Whole = (min: number, max: number, options: Common = {}) =>
  applyDecorators(
    ...presence(options),
    IsInt(),
    Min(min),
    Max(max),
    described(options, { type: 'integer', minimum: min, maximum: max }),
  );

export const Flag = (options: Common = {}) =>
  applyDecorators(...presence(options), IsBoolean(), described(options, { type: Boolean }));

/** The document's own types are named by a function called `type`; another name would be taken for a class. */
const named = (type: () => Class) => ({ type: () => type() });

export const Nested = (type: () => Class, options: Common = {}) =>
  applyDecorators(
    ...presence(options),
    // a list would pass as nested, too
    IsObject(),
    ValidateNested(),
    Type(type),
    described(options, named(type)),
  );

export const NestedList = (type: () => Class, max: number, options: Common & { min?: number } = {}) =>
  applyDecorators(
    ...presence(options),
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(max),
    // null is skipped by nested validation
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type),
    described(options, {
      ...named(type),
      isArray: true,
      maxItems: max,
      ...(options.min === undefined ? {} : { minItems: options.min }),
    }),
  );

export const Choices = (values: readonly string[], options: Common = {}) =>
  applyDecorators(
    ...presence(options),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(values.length),
    IsIn(values, { each: true }),
    described(options, { type: String, enum: [...values], isArray: true }),
  );

/** A whole number in an address. */
export const QueryWhole = (min: number, max: number, options: Common = { optional: true }) =>
  applyDecorators(
    Type(() => Number),
    Whole(min, max, options),
  );

export const Years = () =>
  applyDecorators(
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(2),
    IsInt({ each: true }),
    ApiProperty({ type: 'integer', isArray: true } as object),
  );

/** Ids that this service gave, each once. */
export const IdList = (max: number, description: string) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(max),
    ArrayUnique(),
    IsUUID(undefined, { each: true }),
    ApiProperty({ type: String, format: 'uuid', isArray: true, maxItems: max, uniqueItems: true, description }),
  );
