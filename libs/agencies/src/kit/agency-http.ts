import {
  AgencyContractBroken,
  AgencyUnavailable,
  type ExchangeRecord,
  type ExchangeSink,
  OutcomeUnknown,
  wireBytes,
} from '@birth/application';
import type { Clock } from '@birth/platform';
import iconv from 'iconv-lite';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stringify } from 'node:querystring';
import { type Dispatcher, Pool } from 'undici';
import { errorOf, type ErrorFormat } from './codes';
import type { HttpMessageSigner, SignedRequest } from './http-message-signer';
import { ADDRESS_REFUSED, safeLookup } from './safe-lookup';
import { serverTiming } from './server-timing';

const MAX_BYTES = 1_048_576;
const CONNECT_MS = 3_000;
const READ_MS = 10_000;
/** Stands where bytes are no text of their charset: a name with it would be a guess. */
const UNREADABLE = '\uFFFD';
/** Nothing was sent: later is safe. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  ADDRESS_REFUSED,
  // nobody vouches for who answered: the handshake ended before a request
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

export interface AgencyCall {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** What the body says, where the bytes are encrypted or in another charset. */
  bodyText?: string;
  deadlineAt: number;
  evidence: ExchangeSink;
  /** Media type that the agency agreed to. */
  accepts: string;
  /** Statuses besides 200 that the adapter reads by itself. */
  understands?: readonly number[];
  /** Which of our keys signed it, where the adapter signs by itself. */
  keyId?: string;
  /** Of a reply; 1 MB unless the agency agreed to more. */
  maxBytes?: number;
}

export interface AgencyReply {
  status: number;
  text: string;
  /** Notes in the evidence which key of the agency signed it, where the adapter verifies by itself. */
  signedBy: (keyId: string) => void;
}

export interface AgencyFile {
  status: number;
  mediaType: string;
  bytes: Buffer;
}

/** Where an agency is, and who vouches for it. */
export interface AgencyAddress {
  url: string;
  /** PEM: these authorities alone; left out or empty: the system's. */
  caFile?: string | undefined;
}

/** Read at start: a file that is not there must not mean that anybody vouches. */
const authorities = (caFile = ''): { ca?: string } => (caFile === '' ? {} : { ca: readFileSync(caFile, 'utf8') });

/**
 * The one place where HTTP outcomes become our three errors. One pool an agency; connect 3 s, headers and body 10 s,
 * the claim's deadline over all; no redirects; at most 1 MB; text by its charset (UTF-8, GBK, GB 18030).
 */
export class AgencyHttp {
  private readonly pool: Pool;
  private readonly origin: string;
  private readonly base: string;

  constructor(
    { url, caFile }: AgencyAddress,
    private readonly clock: Clock,
    private readonly errors?: ErrorFormat,
    private readonly signer: HttpMessageSigner | null = null,
  ) {
    const parsed = new URL(url);
    this.origin = parsed.origin;
    this.base = parsed.pathname.replace(/\/$/, '');
    this.pool = new Pool(parsed.origin, {
      connections: 64,
      pipelining: 1,
      connect: { timeout: CONNECT_MS, lookup: safeLookup, ...authorities(caFile) },
      headersTimeout: READ_MS,
      bodyTimeout: READ_MS,
    });
  }

  async send(call: AgencyCall): Promise<AgencyReply> {
    const { response, bytes, type, kept } = await this.exchange(call, readText);
    refuseType(type, call.accepts);
    const text = decode(bytes, type);
    if (text.includes(UNREADABLE)) throw new AgencyContractBroken('another charset than said', 'body');
    const signedBy = (keyId: string): void => void (kept.replyKeyId = keyId);
    return { status: response.statusCode, text, signedBy };
  }

  /** A file as it is; the evidence names it by size and digest. Statuses that the adapter reads carry no file. */
  async fetchFile(call: AgencyCall): Promise<AgencyFile> {
    const { response, bytes, type } = await this.exchange(call, nameFile);
    const { statusCode: status } = response;
    if (status === 200) refuseType(type, call.accepts);
    return { status, mediaType: type, bytes };
  }

  private async exchange(call: AgencyCall, reply: (bytes: Buffer, type: string) => Reply) {
    await call.evidence.admit?.(call.deadlineAt);
    const startedAt = this.clock.now();
    const signed = this.signed(call);
    const record: Recorder = (status, text, agencyMs = null) => {
      const kept: ExchangeRecord = {
        direction: 'out',
        method: call.method,
        path: this.base + call.path,
        status,
        startedAt,
        durationMs: this.clock.now() - startedAt,
        agencyMs,
        keyId: signed?.keyId ?? call.keyId ?? call.headers?.['x-tif-paasid'] ?? null,
        ...requestOf(call),
        ...(text ?? { reply: null }),
      };
      call.evidence.record(kept);
      return kept;
    };
    const response = await this.request(call, signed, record);
    const bytes = await readBody(response, record, call.maxBytes);
    const type = String(response.headers['content-type'] ?? '');
    const kept = record(response.statusCode, reply(bytes, type), serverTiming(response.headers['server-timing']));
    refuseOverload(response, this.clock.now());
    const raw = { status: response.statusCode, headers: response.headers, body: bytes };
    if (signed !== null) kept.replyKeyId = signed.signerOf(raw);
    this.refuseStatus(response, call, () => decode(bytes, type));
    return { response, bytes, type, kept };
  }

  private signed(call: AgencyCall): SignedRequest | null {
    const { method, headers = {}, body = '' } = call;
    const url = this.origin + this.pathOf(call);
    return this.signer?.sign({ method, url, headers, body: Buffer.from(body) }) ?? null;
  }

  private pathOf({ path, query }: AgencyCall): string {
    return this.base + path + (query === undefined ? '' : `?${stringify(query)}`);
  }

  private refuseStatus(response: Dispatcher.ResponseData, call: AgencyCall, text: () => string): void {
    const { statusCode: status } = response;
    if (status === 200 || call.understands?.includes(status) === true) return;
    throw this.ownError(`HTTP ${status}`, text);
  }

  /** What they say of it by their own code, where that can be read. */
  private ownError(what: string, text: () => string): AgencyContractBroken {
    const said = this.errors === undefined ? null : errorOf(this.errors, text(), what);
    return said ?? new AgencyContractBroken(what, 'status');
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private async request(
    call: AgencyCall,
    signed: SignedRequest | null,
    record: Recorder,
  ): Promise<Dispatcher.ResponseData> {
    const left = call.deadlineAt - this.clock.now();
    if (left <= 0) throw new AgencyUnavailable('the deadline passed before sending');
    try {
      return await this.pool.request({
        method: call.method,
        path: this.pathOf(call),
        headers: { accept: call.accepts, ...call.headers, ...signed?.headers },
        body: call.body ?? null,
        signal: AbortSignal.timeout(left),
      });
    } catch (error) {
      record(null, null);
      throw failure(error);
    }
  }
}

type Reply = Pick<ExchangeRecord, 'reply' | 'replyBytes'>;
type Recorder = (status: number | null, reply: Reply | null, agencyMs?: number | null) => ExchangeRecord;

function requestOf({ body = '', bodyText }: AgencyCall): Pick<ExchangeRecord, 'request' | 'requestBytes'> {
  const request = bodyText ?? (typeof body === 'string' ? body : '');
  return { request, ...wireBytes('requestBytes', request, Buffer.from(body)) };
}

function readText(bytes: Buffer, type: string): Reply {
  const reply = decode(bytes, type);
  return { reply, ...wireBytes('replyBytes', reply, bytes) };
}

function failure(error: unknown): Error {
  const code = (error as { code?: string }).code ?? '';
  if (NOT_SENT.has(code)) return new AgencyUnavailable(`not reached: ${code}`);
  return new OutcomeUnknown(`no reply: ${code || (error as Error).name}`);
}

async function readBody(
  response: Dispatcher.ResponseData,
  record: Recorder,
  maxBytes: number = MAX_BYTES,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body) {
      size += (chunk as Buffer).length;
      if (size > maxBytes) break;
      chunks.push(chunk as Buffer);
    }
  } catch {
    record(response.statusCode, null);
    throw new OutcomeUnknown('the reply was cut off');
  }
  if (size <= maxBytes) return Buffer.concat(chunks);
  record(response.statusCode, null);
  throw new AgencyContractBroken('the reply is too large', 'body');
}

const nameFile = (bytes: Buffer, type: string): Reply => ({
  reply: `${type}, ${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`,
});

function decode(bytes: Buffer, contentType: string): string {
  const charset = /charset=["']?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? xmlCharset(bytes);
  if (charset === 'gbk' || charset === 'gb2312' || charset === 'gb18030') return iconv.decode(bytes, 'gb18030');
  return bytes.toString('utf8');
}

const xmlCharset = (bytes: Buffer): string | undefined =>
  /^<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(bytes.subarray(0, 100).toString('latin1'))?.[1]?.toLowerCase();

/** Not an answer, whoever says it: what stands before the agency signs nothing. */
function refuseOverload({ statusCode: status, headers }: Dispatcher.ResponseData, now: number): void {
  const retryAfterMs = retryAfter(headers['retry-after'], now);
  if (status === 429) throw new AgencyUnavailable('429', retryAfterMs ?? 1_000);
  if (status === 503 && retryAfterMs !== undefined) throw new AgencyUnavailable('503', retryAfterMs);
  if (status >= 500) throw new OutcomeUnknown(`HTTP ${status}`);
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3), as milliseconds from now. */
function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function refuseType(contentType: string, accepts: string): void {
  if (contentType.toLowerCase().startsWith(accepts)) return;
  throw new AgencyContractBroken('another media type than agreed', 'content-type');
}
