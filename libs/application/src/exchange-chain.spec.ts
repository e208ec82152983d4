import { createHash } from 'node:crypto';
import { CHAIN_START } from './event-chain';
import { chainExchanges, exchangeHash, wireBytes } from './exchange-chain';
import type { StepExchange } from './ports/evidence';

const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const exchange = (changes: Partial<StepExchange> = {}): StepExchange => ({
  stepId: '0190a000-0000-7000-8000-000000000001',
  generation: 1,
  direction: 'out',
  method: 'POST',
  path: '/v1/certificates',
  status: 200,
  startedAt: 1_795_000_000_123,
  durationMs: 17,
  request: '{"name":"陈"}',
  reply: '{"receipt":"R-1"}',
  ...changes,
});

describe('D11: the chain of a case’s exchanges', () => {
  it('goes on from where it ended, each link over the one before', () => {
    const [first, second] = chainExchanges([exchange(), exchange({ direction: 'in' })], CHAIN_START);
    const [third] = chainExchanges([exchange()], { seq: second!.seq, head: second!.hash });
    expect([first, second, third].map((link) => link!.seq)).toEqual([1, 2, 3]);
    expect(first!.previousHash).toEqual(Buffer.alloc(32));
    expect(second!.previousHash).toEqual(first!.hash);
    expect(third!.previousHash).toEqual(second!.hash);
    for (const link of [first, second, third]) expect(exchangeHash(link!, link!.previousHash)).toEqual(link!.hash);
  });

  it('is written as docs/evidence.md says, by hand', () => {
    const [link] = chainExchanges([exchange({ keyId: 'ours-1' })], CHAIN_START);
    const canonical =
      `{"direction":"out","durationMs":17,"format":"exchange/1","generation":1,"id":"${link!.id}","keyId":"ours-1","method":"POST",` +
      `"path":"/v1/certificates","replyDigest":"${link!.replyDigest!.toString('hex')}","replyKeyId":null,` +
      `"requestDigest":"${link!.requestDigest.toString('hex')}","seq":1,"startedAt":1795000000123,"status":200,` +
      `"stepId":"0190a000-0000-7000-8000-000000000001"}`;
    expect(link!.hash).toEqual(sha256(Buffer.alloc(32), canonical));
  });

  it('names the bytes by a digest that only its salt opens', () => {
    const [link, again] = chainExchanges([exchange(), exchange()], CHAIN_START);
    expect(link!.requestDigest).toEqual(sha256(link!.salt, '{"name":"陈"}'));
    expect(link!.replyDigest).toEqual(sha256(link!.salt, '{"receipt":"R-1"}'));
    expect(again!.requestDigest).not.toEqual(link!.requestDigest);
    expect(link!.requestDigest).not.toEqual(sha256('{"name":"陈"}'));
  });

  it('goes by what went over the wire, not by what it says', () => {
    const bytes = Buffer.from([0xb3, 0xc2]);
    const sealed = exchange({ request: '陈', ...wireBytes('requestBytes', '陈', bytes), reply: null, status: null });
    const [link] = chainExchanges([sealed], CHAIN_START);
    expect(link!.requestDigest).toEqual(sha256(link!.salt, bytes));
    expect(link!.replyDigest).toBeNull();
  });

  it('keeps no bytes twice', () => {
    expect(wireBytes('replyBytes', '陈', Buffer.from('陈'))).toEqual({});
  });

  it.each([
    ['seq', 2],
    ['stepId', '0190a000-0000-7000-8000-000000000002'],
    ['generation', 2],
    ['direction', 'in'],
    ['method', 'PUT'],
    ['path', '/v1/other'],
    ['status', null],
    ['startedAt', 1],
    ['durationMs', 18],
    ['keyId', 'ours-2'],
    ['replyKeyId', 'theirs-1'],
    ['requestDigest', Buffer.alloc(32)],
    ['replyDigest', null],
    ['id', '0190a000-0000-7000-8000-000000000003'],
  ])('another %s is another link', (field, value) => {
    const [link] = chainExchanges([exchange()], CHAIN_START);
    expect(exchangeHash({ ...link!, [field]: value }, link!.previousHash)).not.toEqual(link!.hash);
  });
});
