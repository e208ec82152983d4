import {
  type CaseEvidence,
  CHAIN_START,
  chainEvents,
  chainExchanges,
  leafHash,
  packOf,
  type RootDraft,
  SignRoots,
  type SignedRoot,
  type StatedRoot,
} from '@birth/application';
import { Logger } from '@nestjs/common';
import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { Pack } from './pack';
import { verifyPack } from './verify-pack';

const HOUR = Date.UTC(2026, 10, 26, 3);
const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const uint32 = (value: number) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');

function signerOf({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }) {
  const { kty, crv, x } = publicKey.export({ format: 'jwk' }) as { kty: string; crv: string; x: string };
  const keyId = sha256(publicKey.export({ format: 'der', type: 'spki' })).toString('base64url');
  return {
    keyId,
    sign: (bytes: Buffer) => sign(null, bytes, privateKey),
    publicKey: () => ({ kty, crv, x, kid: keyId }),
  };
}
type Signer = ReturnType<typeof signerOf>;
const newSigner = () => signerOf(generateKeyPairSync('ed25519'));

async function signedRoot(draft: RootDraft, signer: Signer): Promise<SignedRoot> {
  let stated: StatedRoot | undefined;
  const store = {
    append: (_hour: number, state: (draft: RootDraft) => StatedRoot) => Promise.resolve((stated = state(draft))),
  };
  await new SignRoots(store, signer, { now: () => HOUR + 61_000 }).execute();
  return stated!;
}

/** A case of three events and two exchanges; the last event came after the root. */
async function aCase(signer: Signer): Promise<CaseEvidence> {
  const applicationId = randomUUID();
  const [stepId, other] = [randomUUID(), randomUUID()];
  const entryOf = (type: string) => ({
    type,
    stepId,
    newbornIndex: 0,
    fromState: 'queued',
    toState: 'accepted',
    reason: null,
    detail: { via: 'reply', attempts: 2, isLate: false },
  });
  const history = ['filed', 'answered', 'answered'].map(entryOf) as unknown as Parameters<typeof chainEvents>[0];
  const events = chainEvents(history, CHAIN_START, { actor: 'agency', actorId: 'health-commission' }, HOUR - 5_000);
  const said = { stepId, generation: 1, method: 'POST', path: '/v1/x', startedAt: HOUR - 5_000, durationMs: 12 };
  const chained = chainExchanges(
    [
      { ...said, direction: 'out', status: 200, keyId: 'ours-1', request: '{"name":"陈静"}', reply: '{"ok":true}' },
      { ...said, direction: 'in', status: 200, request: '{"done":1}', reply: null },
    ],
    CHAIN_START,
  );
  const key = sha256(Buffer.from(applicationId.replaceAll('-', ''), 'hex'));
  const entry = { eventSeq: 2, eventHead: events[1]!.hash, exchangeSeq: 2, exchangeHead: chained[1]!.hash };
  const { eventSeq, eventHead, exchangeSeq, exchangeHead } = entry;
  const value = sha256('birth-head/1', key, uint32(eventSeq), eventHead, uint32(exchangeSeq), exchangeHead);
  const bucketNumber = key.readUInt16BE(0) >> 4;
  const neighbour = Buffer.concat([key.subarray(0, 2), sha256('another case').subarray(2)]);
  const bucket = [
    { key, value },
    { key: neighbour, value: sha256('its ends') },
  ].sort((a, b) => a.key.compare(b.key));
  const leaves = Array.from({ length: 4_096 }, (_, number) => leafHash(uint32(number)));
  leaves[bucketNumber] = leafHash(Buffer.concat(bucket.flatMap((one) => [one.key, one.value])));
  const first = await signedRoot({ previous: null, buckets: [leafHash(Buffer.alloc(0))], messages: [] }, signer);
  const previous = { number: 1, hash: sha256(first.statement) };
  const last = await signedRoot({ previous, buckets: leaves, messages: [] }, signer);
  const opened = chained.map(({ salt, request, reply, ...link }) => ({
    id: link.id,
    seq: link.seq,
    stepId,
    generation: 1,
    direction: link.direction,
    method: link.method,
    path: link.path,
    status: link.status,
    startedAt: link.startedAt,
    durationMs: link.durationMs,
    keyId: link.keyId,
    replyKeyId: link.replyKeyId,
    requestDigest: link.requestDigest,
    replyDigest: link.replyDigest,
    hash: link.hash,
    bodies: { salt, request: Buffer.from(request), reply: reply === null ? null : Buffer.from(reply) },
  }));
  const old = { ...opened[0]!, id: other, seq: null, requestDigest: null, replyDigest: null, hash: null };
  return {
    applicationId,
    caseNumber: '500235CSYJS202611260000011',
    events,
    exchanges: [{ ...old, bodies: null }, ...opened],
    proof: { roots: [first, last], entry, bucket, bucketNumber, leaves },
  };
}

describe('D11: a pack of evidence, checked with public keys alone', () => {
  const signer = newSigner();
  let evidence: CaseEvidence;
  let pack: string;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    evidence = await aCase(signer);
    pack = packOf(evidence, signer, HOUR + 120_000);
  });

  const rootHash = (number: number) =>
    `${number}:${sha256(evidence.proof!.roots[number - 1]!.statement).toString('hex')}`;
  /** As somebody would who holds the key of the seal. */
  function resealed(change: (content: Pack) => void, by: Signer = signer): string {
    const content = JSON.parse(pack.split('\n')[0]!) as Pack;
    change(content);
    const line = JSON.stringify(content);
    const signature = by.sign(Buffer.from(`birth-evidence-pack/1\0${line}`)).toString('base64url');
    return `${line}\n${JSON.stringify({ keyId: by.keyId, signature })}\n`;
  }
  const complaintsOf = (text: string) => verifyPack(text, { keyId: signer.keyId }).complaints.join('\n');

  it('holds as it was written, and says how far it reaches', () => {
    const { complaints, facts } = verifyPack(pack, { keyId: signer.keyId, roots: [rootHash(1), rootHash(2)] });
    expect(complaints).toEqual([]);
    expect(facts.join('\n')).toMatch(/3 events, 2 exchanges, 2 of them opened/);
    expect(facts.join('\n')).toMatch(/1 exchanges were kept before they were linked/);
    expect(facts.join('\n')).toMatch(/root 2 of 2026-11-26T03:00:00.000Z/);
    expect(facts.join('\n')).toMatch(/after it came 1 events and 0 exchanges/);
    expect(facts.join('\n')).not.toMatch(/own/);
    expect(verifyPack(pack).facts.join('\n')).toMatch(/the pack’s own/);
  });

  it('any changed byte is found', () => {
    const seed = Date.now() % 1_000_000;
    const bytes = Buffer.from(pack);
    const sealAt = bytes.indexOf('\n');
    let state = seed;
    const next = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    const places = [
      ...Array.from({ length: 600 }, () => next(bytes.length)),
      ...Array.from({ length: bytes.length - sealAt }, (_, at) => sealAt + at),
    ];
    const missed = places.filter((place) => {
      const changed = Buffer.from(bytes);
      changed[place] = changed[place]! ^ (1 << next(7));
      return verifyPack(changed.toString('utf8')).complaints.length === 0;
    });
    expect({ seed, missed }).toEqual({ seed, missed: [] });
  });

  it.each<[string, (content: Pack) => void, RegExp]>([
    ['another event', (c) => (c.events[1]!.reason = 'conflict'), /^event 2: its hash/m],
    ['another moment of an event', (c) => (c.events[0]!.at += 1), /^event 1: its hash/m],
    ['another detail', (c) => (c.events[2]!.detail['attempts'] = 3), /^event 3: its hash/m],
    ['an event left out', (c) => c.events.splice(1, 1), /^event 2: stands as number 3/m],
    ['the first event left out', (c) => c.events.shift(), /^event 1: stands as number 2/m],
    ['two events changed over', (c) => c.events.reverse(), /^event 1: stands as number 3/m],
    ['events cut off', (c) => c.events.splice(1), /^entry: the events/m],
    ['another key of an exchange', (c) => (c.exchanges[0]!.keyId = 'ours-2'), /^exchange 1: its hash/m],
    ['an exchange left out', (c) => c.exchanges.shift(), /^exchange 1: stands as number 2/m],
    ['exchanges cut off', (c) => c.exchanges.pop(), /^entry: the exchanges/m],
    ['another path', (c) => (c.exchanges[0]!.path = '/v2/x'), /^exchange 1: its hash/m],
    ['another digest', (c) => (c.exchanges[1]!.requestDigest = 'ab'.repeat(32)), /^exchange 2: its hash/m],
    ['another request', (c) => (c.exchanges[0]!.bodies!.request = 'e30='), /^exchange 1: the request/m],
    ['another reply', (c) => (c.exchanges[0]!.bodies!.reply = 'e30='), /^exchange 1: the reply/m],
    ['a reply where there was none', (c) => (c.exchanges[1]!.bodies!.reply = 'e30='), /^exchange 2: the reply/m],
    ['another salt', (c) => (c.exchanges[0]!.bodies!.salt = 'AAAA'), /^exchange 1: the request/m],
    ['another case', (c) => (c.applicationId = randomUUID()), /^entry: the bucket/m],
    ['another end', (c) => (c.proof!.entry.eventHead = 'ab'.repeat(32)), /^entry: the events/m],
    ['an earlier end', (c) => (c.proof!.entry.eventSeq = 1), /^entry: the events/m],
    ['another value', (c) => (c.proof!.bucket[0]![1] = 'ab'.repeat(32)), /^path: it leads/m],
    ['a case with two places', (c) => c.proof!.bucket.push(...c.proof!.bucket), /^entry: the bucket/m],
    ['a bucket out of order', (c) => c.proof!.bucket.reverse(), /^bucket: it is not in order/m],
    ['another way', (c) => (c.proof!.path[5] = 'ab'.repeat(32)), /^path: it leads/m],
    ['a shorter way', (c) => c.proof!.path.pop(), /^path: it leads/m],
    [
      'another root',
      (c) => edit(c, 1, (text) => text.replace(/"casesRoot":"../, '"casesRoot":"zz')),
      /^root 2: its sig/m,
    ],
    ['a root left out', (c) => c.proof!.roots.shift(), /^root 1: it is not in the pack/m],
    ['roots changed over', (c) => c.proof!.roots.reverse(), /^root 1: it does not follow/m],
    ['no proof', (c) => (c.proof = null), /^root 1:.*no root/m],
    ['another key', (c) => (c.keys = [newSigner().publicKey()]), /^seal: the pack was changed/m],
    ['another name of the key', (c) => (c.keys[0]!.kid = newSigner().keyId), /^key: it is not the one/m],
    ['no events', (c) => delete (c as Partial<Pack>).events, /^event: it cannot be read/m],
    ['another format', (c) => (c.format = 'birth-evidence-pack/2'), /^format/m],
  ])('%s, under a good seal, is told by its place', (_name, change, complaint) => {
    const { complaints } = verifyPack(resealed(change), { keyId: signer.keyId, roots: [rootHash(1)] });
    expect(complaints.join('\n')).toMatch(complaint);
  });

  it('a number of another case is told by the seal', () => {
    expect(complaintsOf(pack.replace('202611260000011', '202611260000022'))).toBe('seal: the pack was changed');
  });

  it('made anew from nothing by somebody else, it is good for whoever asks for no key, and for nobody else', async () => {
    const stranger = newSigner();
    const forged = packOf(await aCase(stranger), stranger, HOUR);
    expect(verifyPack(forged).complaints).toEqual([]);
    expect(complaintsOf(forged)).toMatch(/^seal: by .*, not by/m);
    expect(complaintsOf(forged)).toMatch(/^root 1: by another key/m);
  });

  it('made anew with the very key, it is told by a root that was noted when it was signed', async () => {
    const again = packOf(await aCase(signer), signer, HOUR);
    expect(complaintsOf(again)).toBe('');
    expect(verifyPack(again, { keyId: signer.keyId, roots: [rootHash(2)] }).complaints).toEqual([
      'root 2: it is another than the one noted',
    ]);
  });

  it.each(['', '\n', '{}\n{}\n', 'null\nnull\n', '"x"\n', '[]\n[]\n'])('%j is no pack', (text) => {
    expect(verifyPack(text).complaints.length).toBeGreaterThan(0);
  });
});

function edit({ proof }: Pack, index: number, change: (statement: string) => string): void {
  proof!.roots[index]!.statement = change(proof!.roots[index]!.statement);
}
