import type { RawMessage } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { ApiConfig } from '../api.config';
import type { BirthRequest } from '../http/authenticated';

/** The body's format, written down for the other side. */
export const written = (file: string) =>
  ApiBody({ schema: { type: 'object' }, description: `JSON as docs/agencies/wire/${file}.md says` });

/** A request as it was signed: our public address, the path and query as sent, the bytes as they came. */
@Injectable()
export class SignedRequest {
  constructor(private readonly config: ApiConfig) {}

  of(request: BirthRequest): RawMessage {
    request.isRead = true;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    return {
      method: request.method,
      url: this.config.PUBLIC_URL.replace(/\/$/, '') + request.url,
      headers,
      body: request.rawBody ?? Buffer.alloc(0),
    };
  }
}
