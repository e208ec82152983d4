import { AGENCIES, type AgencyCode } from '@birth/domain';
import { join } from 'node:path';
import type { AgencySide } from '../../../apps/conformance/src/agency/agency-side';
import { casesOf } from '../../../apps/conformance/src/agency/cases-of';
import { openSide } from '../../../apps/conformance/src/agency/open-side';
import type { CaseResult } from '../../../apps/conformance/src/conformance-case';
import { CallbackDoor } from '../../../apps/conformance/src/door/callback-door';
import { prove } from '../../../apps/conformance/src/prove';
import type { ConformanceReport } from '../../../apps/conformance/src/report';
import { DEFECTS, type DefectName } from '../../../apps/sandbox/src/wire/defects';
import { MESSAGE_DEFECTS, type MessageDefectName } from '../../../apps/sandbox/src/wire/message-defects';
import { CompiledSandbox } from '../../../apps/sandbox/test/sandbox-process';
import { payAt } from '../../../apps/standalone/src/conformance/sandbox-under-trial';
import { driver } from '../../support/programs';

const PATIENCE_MS = 10_000;
/** What never comes is waited for in vain. */
const SHORT_PATIENCE_MS = 1_500;
const CALLING_CASES_AT_LEAST = 25;

interface Broken {
  defect: DefectName | MessageDefectName;
  agency: AgencyCode;
  /** What can be tried only by what the defect spoils; `all`: a reply that nobody signed is no reply. */
  fails: readonly string[] | 'all';
}

const BROKEN_MESSAGES: readonly Broken[] = [
  { defect: 'certificate-message-for-another-body', agency: 'health-commission', fails: ['callbacks-are-signed'] },
  {
    defect: 'certificate-message-once',
    agency: 'health-commission',
    fails: [
      'sent-again-after-503',
      'sent-again-after-silence',
      'repeats-are-the-same-message',
      'sendings-have-their-own-nonce',
      'one-change-one-id',
    ],
  },
  {
    defect: 'certificate-message-renamed',
    agency: 'health-commission',
    fails: ['repeats-are-the-same-message', 'one-change-one-id'],
  },
  {
    defect: 'premium-message-without-offset',
    agency: 'tax-administration',
    fails: ['callback-times-have-offsets'],
  },
  { defect: 'premium-message-tells-more', agency: 'tax-administration', fails: ['callbacks-say-no-more'] },
];

const BROKEN: readonly Broken[] = [
  {
    defect: 'certificate-not-found-is-a-page',
    agency: 'health-commission',
    fails: ['refused-leaves-nothing', 'refuses-a-stranger', 'says-not-found'],
  },
  {
    defect: 'certificate-receipt-changes',
    agency: 'health-commission',
    fails: ['repeats-are-one-case', 'doubles-at-once-are-one-case', 'knows-its-cases'],
  },
  { defect: 'certificate-without-its-key', agency: 'health-commission', fails: ['lists-what-it-has'] },
  { defect: 'vaccination-believes-anybody', agency: 'disease-control', fails: ['refuses-a-stranger'] },
  { defect: 'vaccination-errors-are-bare', agency: 'disease-control', fails: ['names-what-is-wrong'] },
  { defect: 'household-list-unsigned', agency: 'public-security', fails: ['lists-what-it-has', 'lists-nothing-else'] },
  {
    defect: 'household-withdrawal-altered',
    agency: 'public-security',
    fails: ['decides-withdrawals-once', 'withdrawn-stays-withdrawn'],
  },
  { defect: 'insurance-unsigned', agency: 'medical-insurance', fails: 'all' },
  { defect: 'card-not-found-is-empty', agency: 'human-resources', fails: ['refused-leaves-nothing', 'says-not-found'] },
  { defect: 'premium-list-is-empty', agency: 'tax-administration', fails: ['lists-what-it-has'] },
  { defect: 'premium-number-moves', agency: 'tax-administration', fails: ['knows-its-cases', 'stays-with-its-word'] },
];

const compiled = new CompiledSandbox();
afterAll(() => compiled.remove());

interface Trial {
  door: CallbackDoor | null;
  patienceMs: number;
}

async function resultsAt(
  { defect, agency }: Broken,
  { door, patienceMs }: Trial = { door: null, patienceMs: PATIENCE_MS },
): Promise<CaseResult[]> {
  const sandbox = await compiled.start({
    SANDBOX_PACE_MS: '40',
    SANDBOX_LEDGER: 'memory',
    SANDBOX_DEFECT: defect,
    PLATFORM_URL: door?.url ?? 'http://127.0.0.1:9',
  });
  try {
    const keys = (name: string): string => join(compiled.directory, 'keys', name);
    const env = {
      AGENCY_KEYS_FILE: keys('public.json'),
      PLATFORM_KEYS_FILE: keys('platform.json'),
      [`${agency.toUpperCase().replaceAll('-', '_')}_TOKEN`]: 'sandbox-gateway-token',
      MEDICAL_INSURANCE_SM4_KEY: '0123456789abcdeffedcba9876543210',
    };
    const pay: NonNullable<AgencySide['pay']> = (due) => payAt(sandbox.url, due);
    const side = openSide({ agency, url: `${sandbox.url}/${agency}`, env, patienceMs, door, pay });
    return await prove(casesOf(side), side);
  } finally {
    sandbox.child.kill('SIGTERM');
    await sandbox.exited;
  }
}

it('the sandbox and our own door hold in every case', async () => {
  const { ended } = driver('conformance.js', ['--json']);
  const { code, out, errors } = await ended;
  const [line = ''] = out.split('\n');
  const report = JSON.parse(line) as ConformanceReport;
  expect({ failed: report.results.filter(({ passed }) => !passed), errors }).toEqual({ failed: [], errors: '' });
  for (const agency of ['health-commission', 'tax-administration']) {
    const own = report.results.filter(({ id }) => id.startsWith(`${agency}/`));
    expect(own.length).toBeGreaterThanOrEqual(CALLING_CASES_AT_LEAST);
  }
  const tried = new Set(report.results.map(({ id }) => id.split('/')[0]));
  expect([...tried].sort()).toEqual([...AGENCIES, 'platform'].sort());
  expect(code).toBe(0);
});

it('every defect that the sandbox can have is tried', () => {
  expect(BROKEN.map(({ defect }) => defect).sort()).toEqual(Object.keys(DEFECTS).sort());
  expect(BROKEN_MESSAGES.map(({ defect }) => defect).sort()).toEqual(Object.keys(MESSAGE_DEFECTS).sort());
});

const failedOf = (results: CaseResult[]): string[] => results.filter(({ passed }) => !passed).map(({ id }) => id);

it.each(BROKEN)('$defect fails exactly the cases that it concerns', async (broken) => {
  const results = await resultsAt(broken);
  const { agency, fails } = broken;
  expect(failedOf(results)).toEqual(
    fails === 'all' ? results.map(({ id }) => id) : fails.map((name) => `${agency}/${name}`),
  );
});

it.each(BROKEN_MESSAGES)('$defect fails exactly the cases that it concerns', async (broken) => {
  const keysFile = join(compiled.directory, 'keys', 'public.json');
  const door = await CallbackDoor.open({ host: '127.0.0.1', port: 0, keysFile });
  try {
    const results = await resultsAt(broken, { door, patienceMs: SHORT_PATIENCE_MS });
    expect(failedOf(results)).toEqual((broken.fails as string[]).map((name) => `${broken.agency}/${name}`));
  } finally {
    await door.close();
  }
});
