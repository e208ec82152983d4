import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { type ConformanceCase, must } from '../conformance-case';
import { MessageSigner, type SignatureWish } from './message-signer';
import type { PlatformSide } from './platform-side';

const DOOR = '/agency/v1/health-commission/messages';
const OWN = 'health-commission-1';
const TOO_LARGE = 1_100_000;

interface Sent {
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

interface Doubtful {
  name: string;
  title: string;
  cure: string;
  /** What it is answered with (docs/agencies/connecting.md). */
  status: number;
  /** Of a 200: what became of it. */
  outcome?: 'taken' | 'duplicate' | 'kept';
  /** The last of them is the doubtful one; what comes before makes it so. */
  messages: (side: PlatformSide) => Sent[];
  /** It leaves no row of its own: it was kept before. */
  leavesNoRow?: true;
}

const CHECK_SIGNATURE = 'Sign each sending anew, over the bytes and the address that you really send, with your key.';
const WRITE_MESSAGE = 'Write the message as the wire says, in UTF-8, with a key that we gave you.';
const ONE_END = 'Say the end of a case once; what changes afterwards is a matter of the offices, not of a message.';

const REFUSAL = {
  reason: '材料不符',
  legalBasis: '《中华人民共和国母婴保健法》第二十三条',
  documentNumber: '云卫不予〔2026〕1号',
  office: '云阳县卫生健康委员会',
  remedy: '可自收到之日起60日内申请行政复议',
};

function progress(
  { finished }: PlatformSide,
  changes: Record<string, unknown> = {},
): Record<string, unknown> & { messageId: string } {
  return {
    messageId: `CONFORMANCE-${randomUUID()}`,
    idempotencyKey: finished.key,
    receipt: finished.receipt,
    sequence: finished.sequence + 1,
    occurredAt: new Date().toISOString().replace('Z', '+00:00'),
    statusCode: '10',
    text: null,
    items: [],
    until: null,
    certificate: null,
    refusal: null,
    ...changes,
  };
}

interface Making {
  body?: Buffer;
  wish?: SignatureWish;
  signer?: MessageSigner;
  path?: string;
}

const own = (side: PlatformSide): MessageSigner => new MessageSigner(OWN, side.keyOf('health-commission'));
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

function made(side: PlatformSide, { body = bytes(progress(side)), wish, signer, path = DOOR }: Making = {}): Sent {
  return { path, body, headers: (signer ?? own(side)).headers(side.url + path, body, wish) };
}

function unsigned(side: PlatformSide): Sent {
  return { path: DOOR, body: bytes(progress(side)), headers: { 'content-type': 'application/json' } };
}

function mutated(side: PlatformSide): Sent {
  const { headers, ...message } = made(side);
  const signature = headers['signature']!.replace(/:(.)/, (_all, first: string) => (first === 'A' ? ':B' : ':A'));
  return { ...message, headers: { ...headers, signature } };
}

/** The nonce of a message that was taken, over another one: signed as it should be, and somebody's second use. */
function withNonceOfAnother(side: PlatformSide): Sent[] {
  const wish = { nonce: randomUUID() };
  return [made(side, { wish }), made(side, { wish })];
}

function repeated(side: PlatformSide): Sent[] {
  const message = made(side);
  return [message, message];
}

const stranger = (keyId: string) => new MessageSigner(keyId, generateKeyPairSync('ed25519').privateKey);

function gbk(side: PlatformSide): Sent {
  const [head, tail] = JSON.stringify(progress(side, { text: '?' })).split('"?"');
  return made(side, {
    body: Buffer.concat([Buffer.from(`${head}"`), Buffer.from([0xd0, 0xed]), Buffer.from(`"${tail}`)]),
  });
}

const one = (make: (side: PlatformSide) => Sent) => (side: PlatformSide) => [make(side)];
const about = (changes: Record<string, unknown>) => one((side) => made(side, { body: bytes(progress(side, changes)) }));

const MESSAGES: readonly Doubtful[] = [
  ...(
    [
      ['unsigned', 'A message without a signature', one(unsigned)],
      ['mutated-signature', 'A message whose signature was changed', one(mutated)],
      [
        'mutated-body',
        'A message whose body was changed after signing',
        one((side) => ({ ...made(side), body: bytes(progress(side)) })),
      ],
      ['nonce-of-another', 'A message with the nonce of one that was taken', withNonceOfAnother],
      ['too-old', 'A message signed more than a minute ago', one((side) => made(side, { wish: { ageS: 61 } }))],
      ['from-the-future', 'A message signed ahead of time', one((side) => made(side, { wish: { ageS: -30 } }))],
      [
        'short-nonce',
        'A message with a nonce that is too short',
        one((side) => made(side, { wish: { nonce: 'short' } })),
      ],
      [
        'foreign-key',
        'A message signed by another key under the right name',
        one((side) => made(side, { signer: stranger(OWN) })),
      ],
      [
        'unknown-key',
        'A message signed by a key that nobody registered',
        one((side) => made(side, { signer: stranger('nobody-1') })),
      ],
      [
        'key-of-another-agency',
        'A message signed by another agency',
        one((side) => made(side, { signer: new MessageSigner('public-security-1', side.keyOf('public-security')) })),
      ],
      [
        'unknown-agency',
        'A message at the door of an agency that there is not',
        one((side) => made(side, { path: '/agency/v1/ministry-of-nothing/messages' })),
      ],
    ] as const
  ).map(([name, title, messages]) => ({ name, title, messages, cure: CHECK_SIGNATURE, status: 401 })),
  ...(
    [
      ['wrong-charset', 'A message in another charset than UTF-8', one(gbk)],
      ['not-json', 'A message that is no JSON', one((side) => made(side, { body: Buffer.from('<message/>') }))],
      ['unknown-status', 'A message with a status that nobody agreed on', about({ statusCode: '77' })],
      [
        'refusal-without-basis',
        'A refusal without its legal basis',
        about({ statusCode: '91', refusal: { ...REFUSAL, legalBasis: '' } }),
      ],
    ] as const
  ).map(([name, title, messages]) => ({ name, title, messages, cure: WRITE_MESSAGE, status: 400 })),
  {
    name: 'repeat',
    title: 'A message that was taken before, byte for byte,',
    cure: 'Repeat a message until it is answered with 200; the same id and bytes are the same message.',
    status: 200,
    outcome: 'duplicate',
    leavesNoRow: true,
    messages: repeated,
  },
  {
    name: 'oversize',
    title: 'A message of more than 1 MB',
    cure: WRITE_MESSAGE,
    status: 413,
    messages: about({ text: '长'.repeat(TOO_LARGE / 3) }),
  },
  {
    name: 'unknown-case',
    title: 'A message of a case that we do not know',
    cure: 'Name the key or the receipt of a case that we sent to you.',
    status: 200,
    outcome: 'kept',
    messages: about({ idempotencyKey: randomUUID(), receipt: 'NOBODYS-1' }),
  },
  ...(
    [
      [
        'contradicting-answer',
        'A refusal after the certificate was issued',
        about({ statusCode: '91', refusal: REFUSAL }),
      ],
      [
        'impossible-transition',
        'A correction asked for after the end',
        about({ statusCode: '20', text: '请补正', items: ['newborn.name'] }),
      ],
      [
        'withdrawn-after-the-end',
        'A withdrawal granted after the end that nobody asked for',
        about({ statusCode: '92' }),
      ],
    ] as const
  ).map(([name, title, messages]) => ({
    name,
    title,
    messages,
    cure: ONE_END,
    status: 200,
    outcome: 'taken' as const,
  })),
];

/** Each has the one answer that is promised, changes no step, and is kept as evidence. */
export const DOUBTFUL: readonly ConformanceCase<PlatformSide>[] = MESSAGES.map(
  ({ name, title, cure, status, outcome, messages, leavesNoRow }) => ({
    id: `platform/${name}`,
    title: `${title} changes nothing${leavesNoRow ? '' : ' and is kept as evidence'}`,
    rule: 'docs/agencies/connecting.md',
    cure,
    async prove(side) {
      const sending = messages(side);
      for (const message of sending.slice(0, -1)) await send(side, message);
      const before = await side.held();
      const answered = await send(side, sending.at(-1)!);
      const after = await side.held();
      must(answered.status === status, `answered ${answered.status}, not ${status}`);
      must(answered.outcome === outcome, `said ${answered.outcome ?? 'nothing'}, not ${outcome ?? 'nothing'}`);
      must(after.steps === before.steps, 'a step has changed');
      must(leavesNoRow === true || after.evidence > before.evidence, 'no row of evidence');
    },
  }),
);

async function send(
  { url }: PlatformSide,
  { path, headers, body }: Sent,
): Promise<{ status: number; outcome: string | undefined }> {
  const reply = await fetch(url + path, { method: 'POST', headers, body: new Uint8Array(body) });
  const { outcome } = (await reply.json()) as { outcome?: string };
  return { status: reply.status, outcome };
}
