import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxConfig } from '../sandbox.config';

/** One thing that an agency gets wrong, on purpose: what a conformance trial has to find. */
interface Defect {
  /** Beginning of the paths it concerns. */
  path: string;
  method?: 'GET' | 'POST';
  /** Of the replies that it spoils; absent: all. */
  status?: number;
  /** Before the agency sees the request. */
  request?(request: FastifyRequest, config: SandboxConfig): void;
  /** What goes out instead. */
  reply?(text: string, reply: FastifyReply, request: FastifyRequest): string;
}

const PAGE = '<html><body><h1>404 Not Found</h1></body></html>';
const CERTIFICATES = '/health-commission/gateway/birth-certificates';
const CHILDREN = '/disease-control/api/v1/children';
const ROWS = '/public-security/exchange/zzj_csdj';
const CARDS = '/human-resources/service/card-applications';
const NOTICES = '/tax-administration/social-premiums/notices';

let made = 0;
const anotherNumber = (name: string) => (text: string) =>
  text.replace(new RegExp(`("${name}":")([^"]+)"`), (_all, head: string, number: string) => {
    made += 1;
    return `${head}${number}-${made}"`;
  });

const unsigned = (text: string, reply: FastifyReply): string => {
  reply.removeHeader('signature').removeHeader('signature-input');
  return text;
};

/** Under the signature that the platform's own secret would have made: whoever asks is believed. */
function believed({ headers }: FastifyRequest, config: SandboxConfig): void {
  const [timestamp, nonce] = [String(headers['x-tif-timestamp']), String(headers['x-tif-nonce'])];
  const text = timestamp + config.SANDBOX_GATEWAY_TOKEN + nonce + timestamp;
  headers['x-tif-signature'] = createHash('sha256').update(text).digest('hex').toUpperCase();
}

export const DEFECTS = {
  'certificate-not-found-is-a-page': {
    path: CERTIFICATES,
    method: 'GET',
    status: 404,
    reply: (_text, reply) => (void reply.header('content-type', 'text/html; charset=utf-8'), PAGE),
  },
  'certificate-receipt-changes': { path: CERTIFICATES, method: 'POST', status: 200, reply: anotherNumber('receipt') },
  'certificate-without-its-key': {
    path: `${CERTIFICATES}?`,
    method: 'GET',
    reply: (text) => text.replaceAll(/"idempotencyKey":"[^"]*"/g, '"idempotencyKey":""'),
  },
  'vaccination-believes-anybody': { path: CHILDREN, request: believed },
  'vaccination-errors-are-bare': { path: CHILDREN, status: 400, reply: () => '{}' },
  'household-list-unsigned': { path: `${ROWS}?`, method: 'GET', reply: unsigned },
  'household-withdrawal-altered': {
    path: `${ROWS}/`,
    method: 'POST',
    reply: (text) => text.replace('{', '{ '),
  },
  'insurance-unsigned': {
    path: '/medical-insurance/',
    reply: (text) => text.replace(/,"signature":"[^"]*"/, ''),
  },
  'card-not-found-is-empty': {
    path: CARDS,
    method: 'GET',
    reply: (text) => (text.includes('>99<') ? '' : text),
  },
  'premium-list-is-empty': {
    path: `${NOTICES}?`,
    method: 'GET',
    reply: () => '{"code":"0","items":[],"next":null}',
  },
  'premium-number-moves': { path: `${NOTICES}/`, method: 'GET', reply: anotherNumber('noticeNo') },
} as const satisfies Readonly<Record<string, Defect>>;

export type DefectName = keyof typeof DEFECTS;

/** After everything else of the sandbox: signatures of replies are made by then. */
export function addDefect(fastify: FastifyInstance, config: SandboxConfig): void {
  const defect = (DEFECTS as Readonly<Record<string, Defect>>)[config.SANDBOX_DEFECT];
  if (defect === undefined) return;
  const concerns = ({ url, method }: FastifyRequest): boolean =>
    url.startsWith(defect.path) && (defect.method === undefined || defect.method === method);
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (concerns(request)) defect.request?.(request, config);
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isSpoilt = concerns(request) && (defect.status === undefined || defect.status === reply.statusCode);
    if (defect.reply === undefined || !isSpoilt) return done(null, payload);
    done(null, defect.reply(String(payload as string | Buffer), reply, request));
  });
}
