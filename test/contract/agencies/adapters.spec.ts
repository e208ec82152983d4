import {
  type AgencyAdapter,
  type AgencyAnswer,
  AgencyContractBroken,
  AgencyUnavailable,
  type ListedPage,
  type ListedRequest,
  loadCounty,
  OutcomeUnknown,
  resultKey,
  type SubmissionRequest,
  theirRecord,
} from '@birth/application';
import { ANSWERS_OF, type AskedRecord, type CodeClass, compareRecords } from '@birth/domain';
import iconv from 'iconv-lite';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request as http } from 'undici';
import { CompiledSandbox, type SandboxProcess } from '../../../apps/sandbox/test/sandbox-process';
import { until } from '../../../apps/standalone/src/embedded/until';
import { type Trouble, WireTap, type WireReply } from '../../support/wire-tap';
import { AgencyKeyBook, OwnKeyBook } from '../../../libs/agencies/src/kit/signing-keys';
import { AGENCY_LINES, type AgencyLine, childOf, fresh, keysIn, PATIENCE_MS, someRequest } from './agency-lines';

interface Entry {
  kind: string;
  key: string | null;
  receipt: string;
  newborn: { name: string };
  results: Record<string, string> | null;
}

const { agencyCodes } = loadCounty();
const compiled = new CompiledSandbox();
let sandbox: SandboxProcess;
let tap: WireTap;
const keys = () => keysIn(compiled.directory);

beforeAll(async () => {
  sandbox = await compiled.start({ SANDBOX_PACE_MS: '40', PLATFORM_URL: 'http://127.0.0.1:9' });
  tap = await WireTap.to(sandbox.url);
});
afterEach(async () => {
  tap.quiet();
  for (const { agency } of AGENCY_LINES) {
    await http(`${sandbox.url}/_sandbox/scenarios/${agency}`, { method: 'DELETE' }).then(({ body }) => body.dump());
  }
});
afterAll(async () => {
  tap.close();
  sandbox.child.kill('SIGTERM');
  await sandbox.exited;
  compiled.remove();
});

async function script(agency: string, value: unknown): Promise<void> {
  const url = `${sandbox.url}/_sandbox/scenarios/${agency}`;
  const headers = { 'content-type': 'application/json' };
  const { statusCode, body } = await http(url, { method: 'PUT', headers, body: JSON.stringify(value) });
  await body.dump();
  expect(statusCode).toBe(200);
}

async function ledger(agency: string, request: SubmissionRequest): Promise<Entry[]> {
  const { body } = await http(`${sandbox.url}/_sandbox/ledger?agency=${agency}`);
  const { entries } = (await body.json()) as { entries: Entry[] };
  return entries.filter(({ newborn }) => newborn.name === childOf(request));
}

const kinds = async (agency: string, request: SubmissionRequest, kind: string): Promise<Entry[]> =>
  (await ledger(agency, request)).filter((entry) => entry.kind === kind);

const ORDINARY_NOTICE = /应征凭证号/;

/** True where the agency asked for a premium, and the family has paid it. */
async function paid(answer: unknown): Promise<boolean> {
  const { kind, text, payment } = answer as Extract<AgencyAnswer, { kind: 'action_needed' }>;
  if (kind !== 'action_needed' || payment === undefined || !ORDINARY_NOTICE.test(text)) return false;
  const { statusCode, body } = await http(`${sandbox.url}/_sandbox/tax-administration/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ noticeNo: payment.noticeNumber, amount: payment.amountFen }),
  });
  await body.dump();
  expect(statusCode).toBe(201);
  return true;
}

/** What the agency says in the end, whether at once or when asked. */
async function answerOf(adapter: AgencyAdapter, request: SubmissionRequest): Promise<AgencyAnswer> {
  const first = await adapter.submit(request);
  const isPaid = await paid(first);
  if (first.kind !== 'accepted' && !isPaid) return first;
  const ask = async () => {
    const answer = await adapter.check!(request, Date.now() + PATIENCE_MS);
    if (answer === 'not_found') throw new Error('forgotten after it was accepted');
    return answer.kind === 'accepted' ? null : answer;
  };
  return until(ask, 10_000, `a last word about ${request.code}`);
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

const later = (status: number, retryAfter: string): Trouble => ({
  instead: { status, headers: { 'retry-after': retryAfter } },
});

/** Whose replies are signed, and what a line between may do to them. */
const SIGNED: readonly string[] = ['public-security', 'medical-insurance'];
const ALTERED: ((reply: WireReply) => WireReply)[] = [
  (reply) => ({ ...reply, body: Buffer.from(reply.body.toString('latin1').replace(/2026/, '2027'), 'latin1') }),
  ({ headers: { signature: _signature, ...headers }, ...reply }) => ({
    ...reply,
    headers,
    body: Buffer.from(reply.body.toString('latin1').replace(/,"signature":"[^"]*"/, ''), 'latin1'),
  }),
];

/** In the charset of old systems, said or unsaid. */
const inGbk =
  (media: string, isSaid: boolean) =>
  ({ status, headers, body }: WireReply): WireReply => ({
    status,
    headers: { ...headers, 'content-type': isSaid ? `${media}; charset=GBK` : media },
    body: iconv.encode(body.toString('utf8').replace(/encoding="[^"]*"/, isSaid ? 'encoding="GBK"' : ''), 'gbk'),
  });

const NONE = { own: () => new OwnKeyBook([]), agencies: () => new AgencyKeyBook([]) };

/** Those that say by themselves what they have. */
const LISTING = AGENCY_LINES.filter((line) => line.adapter('http://127.0.0.1:9', NONE).list !== undefined);

describe.each(LISTING)('the own list of $agency', (line: AgencyLine) => {
  const { agency, code } = line;
  const adapter = () => line.adapter(`${tap.url}/${agency}`, keys());

  async function listed(): Promise<ListedRequest[]> {
    const now = Date.now();
    const range = { from: now - 3_600_000, until: now };
    const way = { deadlineAt: now + PATIENCE_MS, evidence: { record: () => undefined } };
    const found: ListedRequest[] = [];
    let after: string | null = null;
    do {
      const page: ListedPage = await adapter().list!({ ...range, after }, way);
      found.push(...page.requests);
      after = page.next;
    } while (after !== null);
    return found;
  }

  it('names what it has as it says it when it is asked, and nothing of another time', async () => {
    const request = someRequest(code);
    const answer = await answerOf(adapter(), request);
    const asked = await adapter().check!(request, Date.now() + PATIENCE_MS);
    expect((await listed()).filter(({ key }) => key === request.key)).toEqual([{ key: request.key, answer: asked }]);
    expect(answer.kind).toBe('completed');
    const long = { from: 0, until: Date.now() - 86_400_000, after: null };
    const way = { deadlineAt: Date.now() + PATIENCE_MS, evidence: { record: () => undefined } };
    expect(await adapter().list!(long, way)).toEqual({ requests: [], next: null });
  });

  it.each([
    ['lost', ['lost_at_agency']],
    ['unknown_effect', ['unknown_to_us']],
    ['other_state', ['state_differs']],
    ['other_result', ['result_differs']],
  ])('that drifted (%s) is found out: %j', async (says, kinds) => {
    const request = someRequest(code);
    const answer = await answerOf(adapter(), request);
    const known = theirRecord(request.key, answer);
    const elsewhere = new Set((await listed()).map(({ key }) => key).filter((key) => key !== request.key));
    await script(agency, { byName: { [childOf(request)]: { kind: 'drift', says } } });
    const theirs = (await listed()).filter(({ key }) => !elsewhere.has(key));
    const asked = await adapter().check!(request, Date.now() + PATIENCE_MS);
    const answers = new Map(asked === 'not_found' ? [['step', asked]] : []) as Map<string, AskedRecord>;
    const ours = { ...known, stepId: 'step', key: request.key, laterKey: 'later', earlierKeys: [] };
    const found = compareRecords(
      [{ ...ours, isSettledElsewhere: false }],
      theirs.map(({ key, answer: said }) => theirRecord(key, said)),
      answers,
    );
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe.each(AGENCY_LINES)('the adapter of $agency, against the agency', (line: AgencyLine) => {
  const { agency, code, media } = line;
  const at = (base = tap.url) => line.adapter(`${base}/${agency}`, keys());
  const family = () => someRequest(code);

  it('sends once, and ends with what the agency wrote into its books', async () => {
    const request = family();
    const answer = await answerOf(at(), request);
    expect(answer).toMatchObject({ kind: 'completed', receipt: expect.any(String) });
    expect(await kinds(agency, request, 'received')).toHaveLength(1);
    const [effect, ...more] = await kinds(agency, request, 'final');
    expect(more).toEqual([]);
    const results = answer.kind === 'completed' ? answer.results[resultKey(request)] : undefined;
    expect(results).toHaveProperty(line.result, effect!.results![line.result]);
    if (effect!.key !== null) expect(effect!.key).toBe(request.key);
  });

  it('D6: does not know what came of a call that was done and never answered, and finds out without a second one', async () => {
    const request = family();
    await script(agency, { byName: { [childOf(request)]: { kind: 'timeout_after_work', times: 1 } } });
    await expect(at().submit(request)).rejects.toThrow(OutcomeUnknown);
    expect(await kinds(agency, request, 'received')).toHaveLength(1);
    const recovered = await line.recover(at(), fresh(request));
    expect(recovered).toMatchObject({ receipt: expect.any(String) });
    await paid(recovered);
    await until(async () => (await kinds(agency, request, 'final')).length > 0, 10_000, 'the effect');
    expect(await kinds(agency, request, 'received')).toHaveLength(1);
    expect(await kinds(agency, request, 'final')).toHaveLength(1);
  });

  it.each<[string, Trouble]>([
    ['the line breaks after the work', { after: () => 'reset' }],
    ['a gateway between fails', { after: (reply) => ({ ...reply, status: 502 }) }],
    ['it is overloaded and names no time', { instead: { status: 503, headers: {} } }],
  ])('does not know either when %s', async (_name, trouble) => {
    tap.trouble = trouble;
    await expect(at().submit(family())).rejects.toThrow(OutcomeUnknown);
  });

  it.each([
    ['429, seconds', later(429, '7'), 7_000],
    ['503, seconds', later(503, '30'), 30_000],
    ['503, a date', later(503, new Date(Date.now() + 3_600_000).toUTCString()), 3_000_000],
  ])('was definitely not heard at %s, and says until when', async (_name, trouble, atLeastMs) => {
    const request = family();
    tap.trouble = trouble;
    const error = await at()
      .submit(request)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AgencyUnavailable);
    expect((error as AgencyUnavailable).retryAfterMs).toBeGreaterThanOrEqual(atLeastMs);
    expect(await ledger(agency, request)).toEqual([]);
  });

  it('was definitely not heard by nobody at the door, nor after its deadline', async () => {
    const request = family();
    const nobody = at(`http://127.0.0.1:${await closedPort()}`);
    await expect(nobody.submit(request)).rejects.toThrow(AgencyUnavailable);
    await expect(at().submit({ ...request, deadlineAt: Date.now() - 1 })).rejects.toThrow(AgencyUnavailable);
    expect(tap.passed).toEqual([]);
  });

  it('asks to be left alone for as long as the agency itself says', async () => {
    const request = family();
    await script(agency, { all: { kind: 'unavailable', retryAfterSeconds: 4, times: 1 } });
    await expect(at().submit(request)).rejects.toMatchObject({ name: 'AgencyUnavailable', retryAfterMs: 4_000 });
    expect(await ledger(agency, request)).toEqual([]);
  });

  it.each(['garbage', 'html_error_page'])(
    '%s breaks the contract, and the error tells nothing of the child',
    async (kind) => {
      const request = family();
      await script(agency, { byName: { [childOf(request)]: { kind, times: 1 } } });
      const error = await at()
        .submit(request)
        .catch((thrown: unknown) => thrown as Error);
      expect(error).toBeInstanceOf(AgencyContractBroken);
      expect(JSON.stringify({ ...(error as object), message: (error as Error).message })).not.toContain(
        childOf(request),
      );
    },
  );

  it('reads the words of an old system that says GBK, and refuses bytes that it would have to guess', async () => {
    const asked = { kind: 'correction_once', text: '户口簿地址不清楚，请重新填写' };
    const adapter = (line.plain ?? line.adapter)(`${tap.url}/${agency}`, keys());
    const [said, unsaid] = [family(), family()];
    await script(agency, { byName: { [childOf(said)]: asked, [childOf(unsaid)]: asked } });
    tap.trouble = { after: inGbk(media, true) };
    expect(await answerOf(adapter, said)).toMatchObject({ kind: 'correction_needed', text: asked.text });
    tap.trouble = { after: inGbk(media, false) };
    await expect(answerOf(adapter, unsaid)).rejects.toThrow(AgencyContractBroken);
  });

  it('brings a correction by our own pointers; what the family answers supplements the same case', async () => {
    const request = family();
    await script(agency, { byName: { [childOf(request)]: { kind: 'correction_once' } } });
    const asked = await answerOf(at(), request);
    expect(asked).toMatchObject({ kind: 'correction_needed', fields: line.corrected, text: expect.any(String) });
    const receipt = asked.receipt ?? null;
    const supplement = { ...fresh(request), generation: 2, key: randomUUID(), earlierReceipt: receipt };
    expect(await answerOf(at(), supplement)).toMatchObject({ kind: 'completed', receipt });
    const received = await kinds(agency, request, 'received');
    expect(received.map((entry) => entry.receipt)).toEqual([receipt, receipt]);
    expect(await kinds(agency, request, 'final')).toHaveLength(1);
  });

  it('brings a refusal with ground, number, office and remedy; one without is none', async () => {
    const [whole, bare] = [family(), family()];
    const refusal = {
      reason: '材料之间互相矛盾',
      legalBasis: '《中华人民共和国行政许可法》第三十八条',
      documentNumber: '云不予〔2026〕9号',
      remedy: '可在六十日内申请行政复议',
    };
    await script(agency, {
      byName: { [childOf(whole)]: { kind: 'refuse', ...refusal }, [childOf(bare)]: { kind: 'refuse' } },
    });
    const answer = await answerOf(at(), whole);
    expect(answer).toMatchObject({ kind: 'rejected', refusal: { ...refusal, office: expect.stringMatching(/.+/) } });
    await expect(answerOf(at(), bare)).rejects.toThrow(AgencyContractBroken);
    expect(await kinds(agency, whole, 'final')).toEqual([]);
  });

  it('brings what only the family can do, and a special procedure with its end', async () => {
    const [action, special] = [family(), family()];
    await script(agency, {
      byName: {
        [childOf(action)]: { kind: 'action_needed', text: '请到窗口核验', resumeAfterMs: 60_000 },
        [childOf(special)]: { kind: 'special_procedure', days: 20, resumeAfterMs: 60_000 },
      },
    });
    expect(await answerOf(at(), action)).toMatchObject({ kind: 'action_needed', text: '请到窗口核验' });
    expect(await answerOf(at(), special)).toMatchObject({
      kind: 'suspended',
      procedure: 'special_procedure',
      until: expect.any(Number),
    });
  });

  const refusing = {
    kind: 'refuse',
    reason: '材料之间互相矛盾',
    legalBasis: '《中华人民共和国行政许可法》第三十八条',
    documentNumber: '云不予〔2026〕9号',
    remedy: '可在六十日内申请行政复议',
  };
  it.each<[CodeClass, object | null]>([
    ['progress', null],
    ['correctable', { kind: 'correction_once' }],
    ['family_action', { kind: 'action_needed', text: '请到窗口核验', resumeAfterMs: 60_000 }],
    ['policy_route', { kind: 'special_procedure', days: 20, resumeAfterMs: 60_000 }],
    ['data_mismatch', { kind: 'special_procedure', days: 20, coordinated: true, resumeAfterMs: 60_000 }],
    [agency === 'disease-control' ? 'illegal_ground' : 'policy_refusal', refusing],
  ])('says by a code of its dictionary what it means: %s', async (ofClass, scenario) => {
    const request = family();
    if (scenario !== null) await script(agency, { byName: { [childOf(request)]: scenario } });
    const answer = await answerOf(at(), request);
    const meaning = agencyCodes.find(agency, answer.code!);
    // who checks nobody outside the county asks nobody there
    const isRouted =
      ofClass === 'data_mismatch' && meaning?.class === 'policy_route' && agency === 'tax-administration';
    expect(meaning?.class).toBe(isRouted ? 'policy_route' : ofClass);
    expect(ANSWERS_OF[meaning!.class]).toContain(answer.kind);
  });

  it('says by its own error what it does not take, and the error names it: technical', async () => {
    const error = await at()
      .submit({ ...family(), officeCode: '' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AgencyContractBroken);
    const { code, field } = error as AgencyContractBroken;
    expect(agencyCodes.find(agency, code!)).toMatchObject({ class: 'technical' });
    expect(field).toMatch(/^(officeCode|unitCode|pcs|data\.emp_no|AAB034)$/);
  });

  it('of a reply that was changed on the way, or has lost its signature, the outcome is unknown', async () => {
    if (!SIGNED.includes(agency)) return;
    for (const after of ALTERED) {
      tap.trouble = { after };
      await expect(at().submit(family())).rejects.toThrow(OutcomeUnknown);
    }
  });

  it('what exists already is not made a second time', async () => {
    const request = family();
    const before = await answerOf(at(), request);
    const after = await line.again(at(), fresh(request));
    expect(after).toMatchObject({ kind: 'completed' });
    expect((after as { results: unknown }).results).toEqual((before as { results: unknown }).results);
    expect(await kinds(agency, request, 'final')).toHaveLength(1);
  });
});

const QUERIED = AGENCY_LINES.filter(({ agency }) => agency !== 'disease-control');

describe.each(QUERIED)('the question to $agency', (line: AgencyLine) => {
  const { agency, code, media } = line;
  const ask = () => line.adapter(`${tap.url}/${agency}`, keys()).check!(someRequest(code), Date.now() + 1_000);

  it('is answered "not found" by the agency’s own word', async () => {
    expect(await ask()).toBe('not_found');
  });

  /** Where replies are signed, whoever signed nothing has said nothing. */
  const unsigned = agency === 'public-security' ? OutcomeUnknown : AgencyContractBroken;
  it.each<[string, Trouble, new (...of: never[]) => Error]>([
    ['a page of the gateway', { instead: { status: 404, headers: { 'content-type': 'text/html' } } }, unsigned],
    ['404 without their code', { instead: { status: 404, headers: { 'content-type': media }, body: '{}' } }, unsigned],
    ['an empty answer', { instead: { status: 200, headers: { 'content-type': media }, body: '' } }, unsigned],
    ['429', later(429, '2'), AgencyUnavailable],
    ['an outage', { instead: { status: 503, headers: {} } }, OutcomeUnknown],
    ['a broken line', { after: () => 'reset' }, OutcomeUnknown],
  ])('is not answered by %s', async (_name, trouble, error) => {
    tap.trouble = trouble;
    await expect(ask()).rejects.toThrow(error);
  });
});

const WITHDRAWING = AGENCY_LINES.filter(({ agency }) => !['disease-control', 'human-resources'].includes(agency));

describe.each(WITHDRAWING)('a withdrawal at $agency', (line: AgencyLine) => {
  const { agency, code } = line;
  const adapter = () => line.adapter(`${tap.url}/${agency}`, keys());
  const withdraw = (request: SubmissionRequest) =>
    adapter().withdraw!(request, { code: 'applicant_withdrew' }, Date.now() + PATIENCE_MS);

  it('is granted while nothing was decided, and said again the same', async () => {
    const request = someRequest(code);
    await script(agency, { byName: { [childOf(request)]: { kind: 'accept_slowly', delayMs: 60_000 } } });
    await adapter().submit(request);
    expect(await withdraw(request)).toMatchObject({ kind: 'withdrawn' });
    expect(await withdraw(request)).toMatchObject({ kind: 'withdrawn' });
    expect(await kinds(agency, request, 'withdrawn')).toHaveLength(1);
  });

  it('is refused with words once the effect is there', async () => {
    const request = someRequest(code);
    await answerOf(adapter(), request);
    expect(await withdraw(request)).toMatchObject({ kind: 'withdrawal_refused', text: expect.stringMatching(/.+/) });
    expect(await kinds(agency, request, 'final')).toHaveLength(1);
  });
});

describe('a child of the same mother and minute', () => {
  it('P14: disease control says whom it holds, to be compared with the one that we sent', async () => {
    const line = AGENCY_LINES.find(({ agency }) => agency === 'disease-control')!;
    const request = someRequest(line.code);
    const adapter = line.adapter(`${tap.url}/disease-control`, keys());
    await adapter.submit(request);
    const { birth } = request.sections;
    const other = { ...request, sections: { ...request.sections, birth: { ...birth, sex: 'male' as const } } };
    await expect(adapter.submit(other)).resolves.toMatchObject({
      kind: 'completed',
      existed: true,
      registered: { name: childOf(request), sex: 'female' },
    });
  });
});

describe('P14: the police’s register, asked about a counter', () => {
  const police = AGENCY_LINES.find(({ agency }) => agency === 'public-security')!;
  async function asked(registered: 'this child' | 'another child' | 'nobody') {
    const request = someRequest('household_registration');
    const residentIdNumber = request.sections.results.household_registration!.residentIdNumber;
    const sections = { ...request.sections, existing: { ...request.sections.existing, residentIdNumber } };
    if (registered !== 'nobody') {
      const body = JSON.stringify({
        gmsfhm: residentIdNumber,
        xm: registered === 'this child' ? childOf(request) : '云别人',
        hh: '500235900001',
        zzdz: '示例路1号',
        pcs: 'YYP001',
        pcsmc: '双江街道派出所',
        djrq: '20261103',
      });
      const headers = { 'content-type': 'application/json' };
      const reply = await http(`${sandbox.url}/_sandbox/public-security/persons`, { method: 'POST', headers, body });
      await reply.body.dump();
    }
    return police.adapter(`${tap.url}/public-security`, keys()).lookUp!(fresh({ ...request, sections }));
  }

  it('says whom it holds under the number, and leaves it where it is', async () => {
    expect(await asked('this child')).toMatchObject({
      kind: 'completed',
      results: { household_registration: { stationName: '双江街道派出所', registeredOn: '2026-11-03' } },
    });
    expect(await asked('another child')).toMatchObject({
      kind: 'completed',
      results: {},
      differs: ['resident_id_number'],
    });
    expect(await asked('nobody')).toBe('not_found');
  });

  it('is not asked before there is a number', async () => {
    const request = someRequest('household_registration');
    expect(await police.adapter(`${tap.url}/public-security`, keys()).lookUp!(fresh(request))).toBe('not_found');
  });
});
