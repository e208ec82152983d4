import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { KeyStore, type Signer } from '../keys/key-store';
import { SandboxConfig } from '../sandbox.config';
import { Acknowledgements } from './acknowledgements';
import { messageDefect } from './message-defects';
import { signedHeaders } from './message-signature';

const MAX_ATTEMPTS = 12;
const MAX_PAUSE_MS = 30_000;
const TIMEOUT_MS = 10_000;

export interface Message {
  messageId: string;
}

/** Signed requests to the platform. */
@Injectable()
export class PlatformClient implements OnApplicationShutdown {
  private readonly agent = new Agent({ connections: 64, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  private readonly ended = new AbortController();

  constructor(
    private readonly keys: KeyStore,
    private readonly config: SandboxConfig,
    private readonly acknowledgements: Acknowledgements,
  ) {}

  /** Repeats the same message until any 2xx; true if it got through within the bound. */
  async deliver(signer: Signer, path: string, message: Message): Promise<boolean> {
    const defect = messageDefect(this.config.SANDBOX_DEFECT, signer);
    const attempts = defect?.attempts ?? MAX_ATTEMPTS;
    for (let attempt = 0; attempt < attempts && !this.ended.signal.aborted; attempt += 1) {
      const spoilt = { ...message, ...defect?.message?.({ ...message }, attempt) };
      if (await this.deliverOnce(signer, path, spoilt)) return true;
      await this.wait(Math.min(MAX_PAUSE_MS, this.config.SANDBOX_PACE_MS * 2 ** attempt));
    }
    return false;
  }

  /** One sending; false on any failure. */
  async deliverOnce(signer: Signer, path: string, message: Message): Promise<boolean> {
    const isTaken = await this.post(signer, path, Buffer.from(JSON.stringify(message)));
    if (isTaken) this.acknowledgements.note({ signer, messageId: message.messageId });
    return isTaken;
  }

  /** The parsed reply, or null when there was none worth reading. */
  async get(signer: Signer, path: string): Promise<unknown> {
    try {
      const reply = await this.call('GET', signer, path, null);
      return reply.statusCode === 200 ? await reply.body.json() : (await reply.body.dump(), null);
    } catch {
      return null;
    }
  }

  /** One sending, and what the platform said to it; throws where nothing came back. */
  async ask(signer: Signer, path: string, message: object): Promise<{ status: number; body: unknown }> {
    const reply = await this.call('POST', signer, path, Buffer.from(JSON.stringify(message)));
    return { status: reply.statusCode, body: await reply.body.json() };
  }

  async onApplicationShutdown(): Promise<void> {
    this.ended.abort();
    await this.agent.destroy();
  }

  private async post(signer: Signer, path: string, body: Buffer): Promise<boolean> {
    try {
      const reply = await this.call('POST', signer, path, body);
      await reply.body.dump();
      return reply.statusCode >= 200 && reply.statusCode < 300;
    } catch {
      return false;
    }
  }

  private call(method: 'GET' | 'POST', signer: Signer, path: string, body: Buffer | null): ReturnType<typeof request> {
    const url = this.config.PLATFORM_URL.replace(/\/$/, '') + path;
    const key = { keyId: this.keys.keyId(signer), privateKey: this.keys.privateKey(signer) };
    const signed = { accept: 'application/json', ...signedHeaders({ method, url, body }, key) };
    const headers = messageDefect(this.config.SANDBOX_DEFECT, signer)?.headers?.(signed) ?? signed;
    return request(url, { method, headers, body, dispatcher: this.agent, signal: this.ended.signal });
  }

  private async wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.ended.signal, ref: false }).catch(() => undefined);
  }
}
