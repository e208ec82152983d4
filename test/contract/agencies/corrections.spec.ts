import { submissionKey } from '@birth/platform';
import type { StepCode } from '@birth/domain';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childId } from '../../../apps/standalone/src/demo/known-values';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { FiledSample } from '../../support/filed-sample';

jest.setTimeout(60_000);

const UNIT_BY_HAND = 'YYV009';

interface Asked {
  family: string;
  agency: string;
  code: StepCode;
  /** In the agency's own words. */
  names: string[];
  /** What the family may change. */
  fields: string[];
  answer: Record<string, unknown>;
}

const AGENCIES: Asked[] = [
  {
    family: 'ordinary-couple',
    agency: 'health-commission',
    code: 'birth_certificate',
    names: ['mother.address', 'newborn.birthTime'],
    fields: ['/mother/residence'],
    answer: { '/mother/residence/address': '重庆市云阳县双江街道示例路199号' },
  },
  {
    family: 'ordinary-couple-2',
    agency: 'disease-control',
    code: 'vaccination',
    names: ['residenceAddress', 'guardianMobile'],
    fields: ['/vaccination/residenceAddress', '/vaccination/guardianMobile'],
    answer: { '/vaccination/guardianMobile': '13900002222' },
  },
  {
    family: 'ordinary-couple-3',
    agency: 'public-security',
    code: 'household_registration',
    names: ['hkszdxz'],
    fields: ['/household/address'],
    answer: { '/household/address': '重庆市云阳县双江街道示例路197号' },
  },
  {
    family: 'ordinary-couple-4',
    agency: 'medical-insurance',
    code: 'medical_insurance',
    names: ['paylv', 'grdn_tel'],
    fields: ['/insurance/tier', '/mother/mobile', '/father/mobile'],
    answer: { '/insurance/tier': '2' },
  },
  {
    family: 'ordinary-couple-5',
    agency: 'human-resources',
    code: 'social_security_card',
    names: ['JHRDH'],
    fields: ['/mother/mobile', '/father/mobile'],
    answer: { '/mother/mobile': '13900003333' },
  },
];

describe('P15: a correction that an agency asks for can be answered, over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  const folder = mkdtempSync(join(tmpdir(), 'birth-corrections-'));

  beforeAll(async () => {
    const sandbox = { SANDBOX_WORKLIST: `disease-control:${UNIT_BY_HAND}`, SANDBOX_PACE_MS: '100' };
    stack = await Stack.start({ queue: 'postgres', split: false, folder, sandbox });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(AGENCIES)('$agency: its next generation supplements the same case', async (asked) => {
    const { agency, code } = asked;
    const scenario = { kind: 'correction_once', fields: asked.names };
    const family = FiledSample.of(client, asked.family, (sample) => {
      sample.scenarios = { [agency]: scenario };
    });
    await family.file();
    const step = await family.until(code, ({ state }) => state === 'correction_needed');
    expect(step.owner).toBe('applicant');
    expect(step.agencyText!.fields).toEqual(asked.fields);
    const refused = await family.send(code, 'corrections', { fields: { '/origin/ethnicity': '02' } });
    expect([refused.status, refused.body['code']]).toEqual([422, 'form_invalid']);
    expect((await family.send(code, 'corrections', { fields: asked.answer })).status).toBe(200);
    expect(await family.until(code, ({ state }) => state === 'completed')).toMatchObject({ agencyText: null });
    const received = (await family.ledger(agency)).filter(({ kind }) => kind === 'received');
    expect(received.slice(0, 2).map(({ receipt }) => receipt)).toEqual([received[0]!.receipt, received[0]!.receipt]);
    const keys = [1, 2].map((generation) => submissionKey(step.id, generation));
    if (received[0]!.key !== null) expect(received.map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
  });

  it('the office that the family names now gets the supplement', async () => {
    const scenario = { kind: 'correction_once', fields: ['unitCode'] };
    const family = FiledSample.of(client, 'two-services-only', (sample) => {
      sample.scenarios = { 'disease-control': scenario };
    });
    await family.file();
    const before = await family.until('vaccination', ({ state }) => state === 'correction_needed');
    const answer = { '/vaccination/unitOfficeCode': 'YYV002' };
    expect((await family.send('vaccination', 'corrections', { fields: answer })).status).toBe(200);
    const after = await family.until('vaccination', ({ state }) => state === 'completed');
    expect(after.office.name).not.toBe(before.office.name);
  });

  it('an office that works by hand answers the supplement as a task of its own', async () => {
    const scenario = { kind: 'correction_once', fields: ['/vaccination/residenceAddress', '/nothing/of/ours'] };
    const family = FiledSample.of(client, 'remote-town-worklist', (sample) => {
      sample.scenarios = { 'disease-control': scenario };
    });
    await family.file();
    const step = await family.until('vaccination', ({ state }) => state === 'correction_needed');
    expect(step.agencyText!.fields).toEqual(['/vaccination/residenceAddress']);
    const answer = { '/vaccination/residenceAddress': '重庆市云阳县双江街道示例路9号' };
    expect((await family.send('vaccination', 'corrections', { fields: answer })).status).toBe(200);
    expect(await family.until('vaccination', ({ state }) => state === 'completed')).toMatchObject({
      source: 'worklist',
    });
  });

  it('a child whom the population register does not know by that number is asked for it again', async () => {
    const family = FiledSample.of(client, 'household-done-already');
    const { real, values } = family;
    const right = values['childId:0']!;
    const other = childId({ ...family.sample, name: 'another-number' }, Date.now());
    await client.control('POST', '/_sandbox/public-security/persons', {
      gmsfhm: other,
      xm: family.names[0],
      hh: '500235900002',
      zzdz: '重庆市云阳县双江街道示例路2号',
      pcs: 'YYP001',
      pcsmc: '双江街道派出所',
      djrq: real.bornOn.replaceAll('-', ''),
    });
    expect(other).not.toBe(right);
    await family.file();
    const code = 'household_registration';
    const step = await family.until(code, ({ state }) => state === 'correction_needed');
    expect(step.agencyText!.fields).toEqual(['/existing/residentIdNumber', '/name']);
    expect((await family.send(code, 'corrections', { fields: { '/existing/residentIdNumber': other } })).status).toBe(
      200,
    );
    await family.until(code, ({ state }) => state === 'completed');
  });

  it('a child who is not insured after all is enrolled', async () => {
    const family = FiledSample.of(client, 'insured-already-unknown');
    await family.file();
    const code = 'medical_insurance';
    const step = await family.until(code, ({ state }) => state === 'correction_needed');
    expect(step.agencyText!.fields).toContain('/existing/insuredAlready');
    expect((await family.send(code, 'corrections', { fields: { '/existing/insuredAlready': false } })).status).toBe(
      200,
    );
    expect(await family.until(code, ({ state }) => state === 'completed')).toMatchObject({ mode: 'issue' });
    await family.until('social_security_card', ({ state }) => state === 'completed');
  });
});
