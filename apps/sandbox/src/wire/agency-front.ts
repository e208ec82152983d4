import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { AgencyScript } from '../scenarios/agency-script';
import { send, type WireReply } from './wire-reply';

export interface Call {
  /** The newborn whom the call names; null when it names nobody. */
  name: string | null;
  /** True when the call may leave an effect. */
  submits: boolean;
}

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>系统维护中</h1></body></html>';

/** The door of one agency: plays the scripted faults around the work, and sends the reply. */
export class AgencyFront {
  constructor(private readonly script: AgencyScript) {}

  async answer(reply: FastifyReply, call: Call, work: () => WireReply | Promise<WireReply>): Promise<void> {
    const fault = this.faultBefore(call.name);
    if (fault !== null) return send(reply, fault);
    const wire = await work();
    if (!call.submits) return send(reply, wire);
    const after = this.script.take(call.name, ['garbage', 'timeout_after_work']);
    if (after?.kind === 'timeout_after_work') return void reply.hijack();
    send(reply, after === null ? wire : { ...wire, status: 200, body: garbage() });
  }

  /** For an agency that answers at once: slow means that the reply itself is slow. */
  async dawdle(name: string): Promise<void> {
    const scenario = this.script.of(name);
    if (scenario?.kind === 'accept_slowly') await pause(scenario.delayMs, undefined, { ref: false });
  }

  private faultBefore(name: string | null): WireReply | null {
    const fault = this.script.take(name, ['down', 'unavailable', 'html_error_page']);
    switch (fault?.kind) {
      case undefined:
        return null;
      case 'down':
        return { status: 503, contentType: 'text/plain', body: '' };
      case 'unavailable':
        return {
          status: 429,
          contentType: 'text/plain',
          body: '',
          headers: { 'retry-after': String(fault.retryAfterSeconds) },
        };
      case 'html_error_page':
        return { status: 200, contentType: 'text/html; charset=utf-8', body: HTML };
    }
  }
}

/** Bytes that are neither UTF-8 nor JSON nor XML. */
const garbage = (): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), randomBytes(120)]);
