import { AgencyContractBroken, AgencyUnavailable, type ExchangeRecord, OutcomeUnknown } from '@birth/application';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canonicalJson } from '../kit/envelope';
import { asAgencyKey, asOwnKey, keyPair, madeKey } from '../kit/keys.spec-support';
import { requestOf } from '../kit/requests.spec-support';
import { readSm2PrivateKey, signSm2 } from '../kit/sm2';
import { MedicalInsuranceAdapter } from './medical-insurance.adapter';

const OURS = madeKey('platform-sm2-1', 'sm2');
const THEIRS = madeKey('medical-insurance-sm2-1', 'sm2');
const STRANGER = madeKey('medical-insurance-sm2-1', 'sm2');
const KEYS = keyPair([asOwnKey(OURS)], [asAgencyKey(THEIRS, 'medical-insurance')]);
const SAVED = {
  found: '1',
  reg_no: 'CB1',
  seq: 1,
  stas_time: '2026-11-02 16:30:00',
  rslt_stas: '0',
  err_fields: [],
  psn_no: '5002350000000001',
};
const INSURED = { psn_no: SAVED.psn_no, psn_insu_stas: '1', insu_admdvs: '500235', crt_insu_date: '2026-11-02' };

type Output = Record<string, unknown> | { status: number; retryAfter?: string };

/** Their side: answers by interface number, in their signed envelope. */
class Insurance {
  readonly asked: string[] = [];
  signer = THEIRS;
  outputs: Record<string, Output> = {
    1101: { psninfo: [] },
    1901: { chk_rslt: '1', chk_code: null },
    2901: SAVED,
    1902: INSURED,
    1903: SAVED,
  };
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { infno, msgid } = JSON.parse(Buffer.concat(chunks).toString()) as { infno: string; msgid: string };
      this.asked.push(infno);
      const output = this.outputs[infno] ?? {};
      if ('status' in output) {
        const retryAfter = 'retryAfter' in output ? { 'retry-after': String(output.retryAfter) } : {};
        response.writeHead(Number(output.status), retryAfter).end();
        return;
      }
      const head = { infcode: '0', refmsgid: msgid, respond_time: '2026-11-02 16:30:01', err_msg: '' };
      const keyid = this.signer.keyId;
      const signed = Buffer.from(['0', msgid, head.respond_time, keyid, canonicalJson(output)].join('\n'));
      const signature = signSm2(signed, readSm2PrivateKey(this.signer.privateKeyPem)).toString('base64');
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...head, keyid, signature, output }));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const configOf = async (insurance: Insurance) => ({
  MEDICAL_INSURANCE_URL: await insurance.listen(),
  MEDICAL_INSURANCE_SM4_KEY: '0'.repeat(32),
  MEDICAL_INSURANCE_ENCRYPTS: false,
});

describe('a registration that was saved', () => {
  let insurance: Insurance;
  let adapter: MedicalInsuranceAdapter;
  beforeEach(async () => {
    insurance = new Insurance();
    adapter = new MedicalInsuranceAdapter(await configOf(insurance), { now: () => Date.now() }, KEYS);
  });
  afterEach(() => insurance.close());
  const request = () => requestOf({ request: { code: 'medical_insurance', deadlineAt: Date.now() + 5_000 } });

  it('is done once their own query says insured', async () => {
    await expect(adapter.submit(request())).resolves.toMatchObject({ kind: 'completed', receipt: 'CB1' });
    expect(insurance.asked).toEqual(['1101', '1901', '2901', '1902']);
  });

  it.each<[string, Output]>([
    ['too busy to be asked', { status: 429, retryAfter: '5' }],
    ['away', { status: 503, retryAfter: '5' }],
    ['broken', { status: 500 }],
    ['saying something else than agreed', { psn_no: '' }],
  ])('keeps its receipt while the verification finds them %s', async (_name, output) => {
    insurance.outputs['1902'] = output;
    await expect(adapter.submit(request())).resolves.toMatchObject({
      kind: 'accepted',
      detail: 'verifying',
      receipt: 'CB1',
    });
  });

  it('is only verified from then on, and a doubt stays a doubt', async () => {
    const { sections: _sections, ...reference } = request();
    await expect(adapter.check(reference, Date.now() + 5_000)).resolves.toMatchObject({ kind: 'completed' });
    expect(insurance.asked).toEqual(['1903', '1902']);
    insurance.outputs['1902'] = { status: 429 };
    await expect(adapter.check(reference, Date.now() + 5_000)).rejects.toThrow(AgencyUnavailable);
    insurance.outputs['1902'] = { psn_no: '' };
    await expect(adapter.check(reference, Date.now() + 5_000)).rejects.toThrow(AgencyContractBroken);
  });

  it('nothing is kept of a save that was not answered', async () => {
    insurance.outputs['2901'] = { status: 429 };
    await expect(adapter.submit(request())).rejects.toThrow(AgencyUnavailable);
  });

  it('a reply that somebody else signed is no answer, and stays as evidence with no key of theirs', async () => {
    const kept: ExchangeRecord[] = [];
    const evidence = { record: (exchange: ExchangeRecord) => void kept.push(exchange) };
    insurance.signer = STRANGER;
    await expect(adapter.submit({ ...request(), evidence })).rejects.toThrow(OutcomeUnknown);
    expect(kept).toMatchObject([{ status: 200, keyId: 'platform-sm2-1', reply: expect.stringContaining('psninfo') }]);
    expect(kept[0]?.replyKeyId).toBeUndefined();
    insurance.signer = THEIRS;
    await adapter.submit({ ...request(), evidence });
    expect(kept.at(-1)).toMatchObject({ keyId: 'platform-sm2-1', replyKeyId: 'medical-insurance-sm2-1' });
  });
});

describe('P14: an insurance that nobody told us of', () => {
  const PERSON = { ...INSURED, psn_name: '李安', gend: '2', brdy: '2026-11-02' };
  const FOUND = { kind: 'completed', existed: true, registered: { name: '李安', sex: 'female', bornOn: '2026-11-02' } };
  let insurance: Insurance;
  let adapter: MedicalInsuranceAdapter;
  beforeEach(async () => {
    insurance = new Insurance();
    adapter = new MedicalInsuranceAdapter(await configOf(insurance), { now: () => Date.now() }, KEYS);
  });
  afterEach(() => insurance.close());
  const asked = (changes: Parameters<typeof requestOf>[0] = {}) =>
    requestOf({
      ...changes,
      request: { code: 'medical_insurance', deadlineAt: Date.now() + 5_000, ...changes.request },
    });

  it('is found before anything is saved, and compared', async () => {
    insurance.outputs['1101'] = { psninfo: [PERSON] };
    await expect(adapter.submit(asked())).resolves.toMatchObject(FOUND);
    expect(insurance.asked).toEqual(['1101']);
    const told = await adapter.submit(asked({ request: { mode: 'already_done' } }));
    expect(told).not.toHaveProperty('existed');
  });

  it('is looked up by who the child is, and nothing is saved', async () => {
    insurance.outputs['1101'] = { psninfo: [PERSON] };
    await expect(adapter.lookUp(asked())).resolves.toMatchObject(FOUND);
    insurance.outputs['1101'] = { psninfo: [{ ...PERSON, psn_insu_stas: '0' }] };
    await expect(adapter.lookUp(asked())).resolves.toBe('not_found');
    insurance.outputs['1101'] = { psninfo: [] };
    await expect(adapter.lookUp(asked())).resolves.toBe('not_found');
    expect(insurance.asked).toEqual(['1101', '1101', '1101']);
  });

  it('is not asked about before there is a number to ask by', async () => {
    await expect(adapter.lookUp(asked({ sections: { results: {} } }))).resolves.toBe('not_found');
    expect(insurance.asked).toEqual([]);
  });
});
