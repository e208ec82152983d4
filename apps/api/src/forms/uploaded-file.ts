import { pointerTo, Problem } from '@birth/platform';
import type { Multipart } from '@fastify/multipart';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Refuses } from '../documents/contract-notes';
import { describedBy } from './described-by';

const NAME = 'file';
type Upload = FastifyRequest & { isMultipart(): boolean; parts(): AsyncIterableIterator<Multipart> };

const readFile = createParamDecorator((_: unknown, context: ExecutionContext): Promise<Buffer> => {
  const request = context.switchToHttp().getRequest<Upload>();
  if (!request.isMultipart()) throw new Problem(415, 'unsupported_media_type');
  return onlyFile(request).catch((error: Error) => {
    // the reader's own errors have a status; what is left is a form without its boundary or its end
    throw error instanceof Problem || 'statusCode' in error ? error : new Problem(400, 'malformed_upload');
  });
});

async function onlyFile(request: Upload): Promise<Buffer> {
  let bytes: Buffer | null = null;
  for await (const part of request.parts()) {
    if (part.type !== 'file' || part.fieldname !== NAME) throw refused(part.fieldname, 'unknown_property');
    bytes = await part.toBuffer();
  }
  if (bytes === null || bytes.length === 0) throw refused(NAME, 'missing');
  return bytes;
}

const refused = (name: string, code: string): Problem =>
  new Problem(400, 'invalid_request', { errors: [{ pointer: pointerTo(name), code }] });

const described: MethodDecorator = (target, key, method) => {
  ApiConsumes('multipart/form-data')(target, key, method);
  ApiBody({
    schema: {
      type: 'object',
      required: [NAME],
      additionalProperties: false,
      properties: { [NAME]: { type: 'string', format: 'binary', description: 'JPEG, PNG or PDF, at most 5 MB' } },
    },
  })(target, key, method);
};

/** The one part of a form, called `file`, whole in memory; anything beside it is refused. */
export const UploadedFile = () =>
  describedBy(
    readFile(),
    described,
    Refuses('invalid_request', 'malformed_upload', 'one_file_only', 'file_too_large', 'body_too_large'),
  );
