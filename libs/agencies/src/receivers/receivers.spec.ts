import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { webhookHeaders } from '../kit/standard-webhooks';
import { WebhookBook } from './webhook-book';
import { HttpWebhookSender } from './webhook-sender';

const DOCUMENT = readFileSync(resolve(__dirname, '../../../../docs/agencies/receivers.md'), 'utf8');
const secret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

describe('the example of docs/agencies/receivers.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'birth-receivers-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const example = /```js\n([\s\S]*?)```/.exec(DOCUMENT)?.[1] ?? '';
  const [own, older, foreign] = [secret(), secret(), secret()];
  const body = '{"type":"newborn.registered","data":{"values":{"childName":"王小明"}}}';

  it.each<[string, { signedBy: [string, ...string[]]; known: string; body?: string; ageS?: number }, boolean]>([
    ['what is ours', { signedBy: [own], known: own }, true],
    ['ours during a roll-over, by the new secret', { signedBy: [own, older], known: own }, true],
    ['and by the old one', { signedBy: [own, older], known: older }, true],
    ['another body', { signedBy: [own], known: own, body: `${body} ` }, false],
    ['another secret', { signedBy: [foreign], known: own }, false],
    ['too old', { signedBy: [own], known: own, ageS: 320 }, false],
    ['from the future', { signedBy: [own], known: own, ageS: -320 }, false],
  ])('%s', (_name, { signedBy, known, body: came = body, ageS = 0 }, isOurs) => {
    const headers = webhookHeaders({ id: 'd-1', body }, signedBy, Date.now() - ageS * 1000);
    const files = [write('secret', known), write('headers.json', JSON.stringify(headers)), write('body', came)];
    const { status } = spawnSync(process.execPath, [write('verify.cjs', example), ...files]);
    expect(status).toBe(isOurs ? 0 : 1);
  });
});

describe('P19: addresses and secrets of receivers', () => {
  const whole = { receiver: 'education-commission', url: 'https://edu.example.cn/hook', secrets: [secret()] as const };

  it.each<[string, object[]]>([
    ['plain http elsewhere', [{ ...whole, url: 'http://edu.example.cn/hook' }]],
    ['an address of the link itself', [{ ...whole, url: 'https://169.254.169.254/' }]],
    ['credentials in it', [{ ...whole, url: 'https://a:b@edu.example.cn/' }]],
    ['a query', [{ ...whole, url: 'https://edu.example.cn/?a=1' }]],
    ['no secret', [{ ...whole, secrets: [] }]],
    ['three secrets', [{ ...whole, secrets: [secret(), secret(), secret()] }]],
    ['a short secret', [{ ...whole, secrets: ['whsec_AAAA'] }]],
    ['a receiver twice', [whole, whole]],
    ['no receiver', [{ ...whole, receiver: '' }]],
  ])('%s: no book', (_name, addresses) => {
    expect(() => WebhookBook.parse(JSON.stringify(addresses))).toThrow();
  });

  it('whole: found by its receiver alone', () => {
    const book = WebhookBook.parse(JSON.stringify([whole]));
    expect([book.find(whole.receiver)?.url, book.find('nobody')]).toEqual([whole.url, undefined]);
  });
});

describe('P19: one attempt to push', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; headers?: Record<string, string>; body?: string; isCut?: boolean };
  const came: { path: string | undefined; headers: IncomingMessage['headers']; body: string }[] = [];
  const own = secret();
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        came.push({ path: request.url, headers: request.headers, body });
        const { status, headers = {}, body: said = '', isCut } = answer;
        response.writeHead(status, isCut === true ? { ...headers, 'content-length': '9' } : headers);
        if (isCut !== true) return void response.end(said);
        response.write('half');
        setImmediate(() => response.destroy());
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const senderTo = (address: string) => {
    const book = new WebhookBook([{ receiver: 'edu', url: address, secrets: [own] }]);
    return new HttpWebhookSender(() => book, { now: () => Date.now() });
  };
  const message = { id: 'd-1', body: '{"type":"newborn.died"}' };
  const send = async (address = url) => {
    const sender = senderTo(address);
    try {
      return await sender.send('edu', message, Date.now() + 2_000);
    } finally {
      await sender.close();
    }
  };
  const whole = { isWhole: true, isUnreached: false, retryAfterMs: 0 };
  const broken = { isWhole: false, isUnreached: false, retryAfterMs: 0 };

  it.each<[string, typeof answer, object]>([
    ['200', { status: 200, body: 'ok' }, { status: 200, ...whole }],
    ['204', { status: 204 }, { status: 204, ...whole }],
    ['a redirect is not followed', { status: 302, headers: { location: '/other' } }, { status: 302, ...whole }],
    ['410', { status: 410 }, { status: 410, ...whole }],
    ['429', { status: 429, headers: { 'retry-after': '7' } }, { status: 429, ...broken, retryAfterMs: 7_000 }],
    ['503', { status: 503, headers: { 'retry-after': '7' } }, { status: 503, ...broken, retryAfterMs: 7_000 }],
    ['500', { status: 500 }, { status: 500, ...broken }],
    ['a reply that was cut', { status: 200, isCut: true }, { status: 200, ...broken }],
    ['a reply without end', { status: 200, body: 'x'.repeat(100_000) }, { status: 200, ...broken }],
  ])('%s', async (_name, said, wanted) => {
    answer = said;
    expect(await send()).toEqual(wanted);
  });

  it('is signed, as JSON, to the address itself', async () => {
    answer = { status: 200 };
    came.length = 0;
    await send();
    const { headers, body } = came[0]!;
    expect(headers['content-type']).toBe('application/json');
    expect(new Webhook(own).verify(body, headers as Record<string, string>)).toEqual({ type: 'newborn.died' });
  });

  it.each(['/', '/hook/', '/a/b'])('to the path %s as it is written', async (path) => {
    answer = { status: 200 };
    came.length = 0;
    await send(new URL(path, url).href);
    expect(came.map((one) => one.path)).toEqual([path]);
  });

  it('nobody there is not reached; without an address nothing is sent', async () => {
    expect(await send('http://127.0.0.1:1/hook')).toEqual({ status: null, ...broken, isUnreached: true });
    const sender = new HttpWebhookSender(() => new WebhookBook([]), { now: () => Date.now() });
    expect(sender.hasAddress('edu')).toBe(false);
    expect(await sender.send('edu', message, Date.now() + 1_000)).toEqual({ status: null, ...broken });
  });
});
