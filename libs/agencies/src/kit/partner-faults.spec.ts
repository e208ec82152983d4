import { AgencyContractBroken, AgencyUnavailable, type ExchangeRecord, OutcomeUnknown } from '@birth/application';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { AgencyHttp } from './agency-http';
import { readJson } from './parse';
import { AGENCYS_KEY, AUTHORITY, CERTIFICATES, STRANGERS_CERTIFICATE, STRANGERS_KEY } from './tls.spec-support';

const PATIENCE_MS = 400;
const JSON_TYPE = 'application/json';
const SAID = '{"receipt":"R-1"}';

type Fault = (socket: Socket) => void;
type Thrown = typeof OutcomeUnknown | typeof AgencyUnavailable | typeof AgencyContractBroken;

const reply = (head: string, body: string | Buffer = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 ${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`),
    Buffer.from(body),
  ]);
const json = (status: string, body: string | Buffer = SAID) => reply(`${status}\r\ncontent-type: ${JSON_TYPE}`, body);
const says =
  (bytes: Buffer): Fault =>
  (socket) =>
    void socket.end(bytes);

/** One byte after the other, for ever. */
const dribble: Fault = (socket) => {
  socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${JSON_TYPE}\r\ncontent-length: 4000\r\n\r\n`);
  const timer = setInterval(() => socket.write('{'), 20);
  socket.on('close', () => clearInterval(timer));
};

const FAULTS: [string, Fault, Thrown][] = [
  ['never answers', () => undefined, OutcomeUnknown],
  ['resets the line', (socket) => socket.resetAndDestroy(), OutcomeUnknown],
  ['hangs up without a word', (socket) => socket.end(), OutcomeUnknown],
  ['speaks no HTTP', says(Buffer.from('SSH-2.0-OpenSSH_9.6\r\n')), OutcomeUnknown],
  ['says 500', says(json('500 Oops')), OutcomeUnknown],
  ['says 502', says(reply('502 Bad Gateway')), OutcomeUnknown],
  ['says 503 and no time', says(reply('503 Busy')), OutcomeUnknown],
  ['says 503 and a time', says(reply('503 Busy\r\nretry-after: 2')), AgencyUnavailable],
  ['says 429', says(reply('429 Slow down')), AgencyUnavailable],
  ['sends us elsewhere', says(reply('302 Found\r\nlocation: http://127.0.0.1:1/')), AgencyContractBroken],
  [
    'answers 200 with an HTML login page',
    says(reply('200 OK\r\ncontent-type: text/html', '<html>')),
    AgencyContractBroken,
  ],
  ['answers 200 and nothing', says(json('200 OK', '')), AgencyContractBroken],
  ['answers 200 with garbage', says(json('200 OK', Buffer.from([0xff, 0xfe, 0x00]))), AgencyContractBroken],
  ['answers in GBK and does not say so', says(json('200 OK', Buffer.from([0xb3, 0xc2]))), AgencyContractBroken],
  ['answers a list instead of an object', says(json('200 OK', '[]')), AgencyContractBroken],
  ['answers half of a JSON', says(json('200 OK', '{"receipt":')), AgencyContractBroken],
  ['answers 5 MB', says(json('200 OK', ' '.repeat(5_000_000))), AgencyContractBroken],
  [
    'ends before its length',
    says(Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: ${JSON_TYPE}\r\ncontent-length: 99\r\n\r\n{`)),
    OutcomeUnknown,
  ],
  [
    'breaks a chunk',
    says(Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: ${JSON_TYPE}\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{`)),
    OutcomeUnknown,
  ],
  ['dribbles its body', dribble, OutcomeUnknown],
];

describe('D7, fault 28: what an agency’s side does to a call', () => {
  let fault: Fault = () => undefined;
  let calls = 0;
  let servers: Server[] = [];
  const sockets = new Set<Socket>();

  const heard = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      calls += 1;
      fault(socket);
    });
  };
  async function listening(server: Server): Promise<number> {
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  }
  beforeEach(() => {
    calls = 0;
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
    sockets.clear();
    servers = [];
  });

  async function call(url: string, caFile = '') {
    const kept: ExchangeRecord[] = [];
    const http = new AgencyHttp({ url, caFile }, { now: () => Date.now() });
    const error = await http
      .send({
        method: 'POST',
        path: '/v1/x',
        body: '{"child":1}',
        deadlineAt: Date.now() + PATIENCE_MS,
        accepts: JSON_TYPE,
        evidence: { record: (exchange) => void kept.push(exchange) },
      })
      .then(({ text }) => readJson(text))
      .catch((thrown: unknown) => thrown as Error);
    void http.close();
    return { error, kept };
  }

  it.each(FAULTS)('one that %s', async (_name, given, expected) => {
    fault = given;
    const port = await listening(createServer(heard));
    const startedAt = Date.now();
    const { error, kept } = await call(`http://127.0.0.1:${port}`);
    expect(error).toBeInstanceOf(expected);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect([calls, kept.length]).toEqual([1, 1]);
    expect(kept[0]).toMatchObject({ direction: 'out', request: '{"child":1}' });
  });

  it('one that answers as agreed is heard', async () => {
    fault = says(json('200 OK'));
    const { error } = await call(`http://127.0.0.1:${await listening(createServer(heard))}`);
    expect(error).not.toBeInstanceOf(Error);
  });

  /** What a TLS server with this certificate was told, and how the call ended. */
  async function overTls({ key, cert }: { key: string; cert: string }, caFile?: string) {
    const said: Buffer[] = [];
    const server = createTlsServer({ key, cert }, (socket) => {
      socket.on('data', (bytes: Buffer) => {
        said.push(bytes);
        socket.end(json('200 OK'));
      });
    });
    server.on('tlsClientError', () => undefined);
    const { error, kept } = await call(`https://localhost:${await listening(server)}`, caFile);
    return { error, kept: kept.length, said: said.length };
  }

  it('one whose certificate nobody vouches for is told nothing', async () => {
    const { error, ...rest } = await overTls({ key: STRANGERS_KEY, cert: STRANGERS_CERTIFICATE });
    expect(error).toBeInstanceOf(AgencyUnavailable);
    expect(rest).toEqual({ kept: 1, said: 0 });
  });

  describe('D7: an agency with an authority of its own', () => {
    const folder = mkdtempSync(join(tmpdir(), 'birth-authority-'));
    const caFile = join(folder, 'authority.pem');
    beforeAll(() => writeFileSync(caFile, AUTHORITY));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('is heard when that authority vouches for it', async () => {
      const { error, ...rest } = await overTls({ key: AGENCYS_KEY, cert: CERTIFICATES.good }, caFile);
      expect(error).not.toBeInstanceOf(Error);
      expect(rest).toEqual({ kept: 1, said: 1 });
    });

    it.each(['expired', 'ofAnother', 'vouchedByAnother'] as const)('%s: is told nothing', async (which) => {
      const { error, ...rest } = await overTls({ key: AGENCYS_KEY, cert: CERTIFICATES[which] }, caFile);
      expect(error).toBeInstanceOf(AgencyUnavailable);
      expect(rest).toEqual({ kept: 1, said: 0 });
    });

    it('whose file is not there refuses to start', () => {
      const address = { url: 'https://localhost', caFile: join(folder, 'none.pem') };
      expect(() => new AgencyHttp(address, { now: () => Date.now() })).toThrow('ENOENT');
    });
  });

  it.each([
    ['has no name in the DNS', 'http://agency.invalid'],
    ['is not at its door', 'http://127.0.0.1:9'],
  ])('one that %s was definitely not reached', async (_name, url) => {
    const { error, kept } = await call(url);
    expect(error).toBeInstanceOf(AgencyUnavailable);
    expect(kept).toHaveLength(1);
  });
});
