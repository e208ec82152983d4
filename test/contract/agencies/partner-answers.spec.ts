import {
  type AgencyAdapter,
  AgencyContractBroken,
  type AgencyMessage,
  AgencyUnavailable,
  type ListedPage,
  OutcomeUnknown,
  type SubmissionRequest,
} from '@birth/application';
import fc from 'fast-check';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AGENCY_LINES, fresh, someRequest } from './agency-lines';
import { asOwnKey, keyPair, madeKey } from '../../../libs/agencies/src/kit/keys.spec-support';

jest.setTimeout(60_000);

/** Of each way in which an agency is heard. */
const RUNS = 100;
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const OURS = [AgencyContractBroken, AgencyUnavailable, OutcomeUnknown];
const OWN = [madeKey('ours-p256', 'ecdsa-p256-sha256'), madeKey('ours-sm2', 'sm2')];
const KEYS = keyPair(OWN.map(asOwnKey), []);

/** Members that agencies' answers have, so that random values come to where they are read. */
const MEMBERS = [
  'code',
  'statusCode',
  'flag',
  'cwdm',
  'output',
  'infcode',
  'err_msg',
  'receipt',
  'items',
  'rows',
  'data',
];
const NASTY = [
  '{"code":"0","code":"1"}',
  '{"code":NaN}',
  `{"code":1${'0'.repeat(400)}}`,
  '{"code":"\\u0000"}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `{"code":${JSON.stringify('x'.repeat(900_000))}}`,
  '{"__proto__":{"code":"0"}}',
  '{"code":"\'; drop table step; --"}',
  '{"code":"<script>alert(1)</script>\\n2026-11-26 forged log line"}',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
  '<?xml version="1.0" encoding="GBK"?><a/>',
];

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...MEMBERS), fc.string()), tie('any'), { maxKeys: 6 }),
  ),
})).any;
const body = fc.oneof(
  value.map((any) => Buffer.from(JSON.stringify(any))),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(...NASTY).map((text) => Buffer.from(text)),
);

describe(`D9: whatever an agency answers is data (FUZZ_SEED=${seed})`, () => {
  let answer = Buffer.alloc(0);
  let media = '';
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': media }).end(answer));
  });
  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(AGENCY_LINES)('$agency: an answer as agreed, or one of our three errors; never a guess', async (line) => {
    const { port } = server.address() as AddressInfo;
    media = line.media;
    const adapter = (line.plain ?? line.adapter)(`http://127.0.0.1:${port}`, KEYS);
    const request = someRequest(line.code);
    const ways = waysOf(adapter, request, () => answer);
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...ways), async (bytes, { way, ask, isAsAgreed }) => {
        answer = bytes;
        const said = await ask().catch((thrown: unknown) => thrown);
        if (said instanceof Error) expect(OURS.map(({ name }) => name)).toContain(said.constructor.name);
        else expect([way, isAsAgreed(said)]).toEqual([way, true]);
        expect(JSON.stringify(said)).not.toContain('drop table');
      }),
      { numRuns: RUNS * ways.length, seed },
    );
  });
});

const KINDS: readonly unknown[] = [
  ...['accepted', 'completed', 'correction_needed', 'action_needed', 'suspended'],
  ...['rejected', 'withdrawn', 'withdrawal_refused'],
];
const isAnswer = (said: unknown): boolean => KINDS.includes((said as { kind?: unknown }).kind);

/** Everything of theirs that we read: replies, what they say when asked, their lists, their messages. */
function waysOf(adapter: AgencyAdapter, request: SubmissionRequest, message: () => Buffer) {
  const deadlineAt = Date.now() + 60_000;
  const way = { deadlineAt, evidence: { record: () => undefined } };
  const range = { from: 0, until: Date.now(), after: null };
  const { check, list, readMessage } = adapter;
  return [
    { way: 'submit', ask: async (): Promise<unknown> => adapter.submit(fresh(request)), isAsAgreed: isAnswer },
    ...(check === undefined
      ? []
      : [
          {
            way: 'check',
            ask: async (): Promise<unknown> => check.call(adapter, fresh(request), deadlineAt),
            isAsAgreed: (said: unknown) => said === 'not_found' || isAnswer(said),
          },
        ]),
    ...(list === undefined
      ? []
      : [
          {
            way: 'list',
            ask: async (): Promise<unknown> => list.call(adapter, range, way),
            isAsAgreed: (said: unknown) => (said as ListedPage).requests.every(({ answer }) => isAnswer(answer)),
          },
        ]),
    ...(readMessage === undefined
      ? []
      : [
          {
            way: 'message',
            ask: (): Promise<unknown> => Promise.resolve().then(() => readMessage.call(adapter, message())),
            isAsAgreed: (said: unknown) => isAnswer((said as AgencyMessage).answer),
          },
        ]),
  ];
}
