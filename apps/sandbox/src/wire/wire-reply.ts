import type { FastifyReply } from 'fastify';

/** A reply exactly as it goes over the wire. */
export interface WireReply {
  status: number;
  contentType: string;
  body: string | Buffer;
  headers?: Readonly<Record<string, string>>;
}

export const JSON_UTF8 = 'application/json; charset=utf-8';

export const json = (status: number, value: unknown): WireReply => ({
  status,
  contentType: JSON_UTF8,
  body: JSON.stringify(value),
});

export function send(reply: FastifyReply, wire: WireReply): void {
  void reply
    .code(wire.status)
    .headers({ ...wire.headers, 'content-type': wire.contentType })
    .send(wire.body);
}
