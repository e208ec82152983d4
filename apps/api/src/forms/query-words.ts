import { applyDecorators, type Type } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';

/** Where @ApiProperty leaves what it was told. */
const NAMES = 'swagger/apiModelPropertiesArray';
const PROPERTY = 'swagger/apiModelProperties';

interface Property extends Record<string, unknown> {
  required?: boolean;
  description?: string;
}

/** The properties of a query class, one by one with their whole schema: an address knows no null. */
export function queryWords(type: Type<object>): MethodDecorator {
  const prototype = type.prototype as object;
  const names = (Reflect.getMetadata(NAMES, prototype) as string[]).map((name) => name.slice(1));
  return applyDecorators(
    ...names.map((name) => {
      const property = Reflect.getMetadata(PROPERTY, prototype, name) as Property;
      const { required = true, description, nullable: _nullable, type: kind, isArray: _isArray, ...schema } = property;
      const said = description === undefined ? {} : { description };
      const typeName = kind === 'integer' ? 'integer' : 'string';
      return ApiQuery({ name, required, ...said, schema: { type: typeName, ...schema } });
    }),
  );
}
