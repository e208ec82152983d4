import { AGENCIES, type AgencyCode } from '@birth/domain';
import { join } from 'node:path';
import { casesOf } from '../../../apps/conformance/src/agency/cases-of';
import { openSide } from '../../../apps/conformance/src/agency/open-side';
import type { CaseResult } from '../../../apps/conformance/src/conformance-case';
import { prove } from '../../../apps/conformance/src/prove';
import type { ConformanceReport } from '../../../apps/conformance/src/report';
import { DEFECTS, type DefectName } from '../../../apps/sandbox/src/wire/defects';
import { CompiledSandbox } from '../../../apps/sandbox/test/sandbox-process';
import { driver } from '../../support/programs';

const PATIENCE_MS = 10_000;

interface Broken {
  defect: DefectName;
  agency: AgencyCode;
  /** What can be tried only by what the defect spoils; `all`: a reply that nobody signed is no reply. */
  fails: readonly string[] | 'all';
}

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

async function resultsAt({ defect, agency }: Broken): Promise<CaseResult[]> {
  const sandbox = await compiled.start({
    SANDBOX_PACE_MS: '40',
    SANDBOX_LEDGER: 'memory',
    SANDBOX_DEFECT: defect,
    PLATFORM_URL: 'http://127.0.0.1:9',
  });
  try {
    const keys = (name: string): string => join(compiled.directory, 'keys', name);
    const env = {
      AGENCY_KEYS_FILE: keys('public.json'),
      PLATFORM_KEYS_FILE: keys('platform.json'),
      [`${agency.toUpperCase().replaceAll('-', '_')}_TOKEN`]: 'sandbox-gateway-token',
      MEDICAL_INSURANCE_SM4_KEY: '0123456789abcdeffedcba9876543210',
    };
    const side = openSide({ agency, url: `${sandbox.url}/${agency}`, env, patienceMs: PATIENCE_MS });
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
  const tried = new Set(report.results.map(({ id }) => id.split('/')[0]));
  expect([...tried].sort()).toEqual([...AGENCIES, 'platform'].sort());
  expect(code).toBe(0);
});

it('every defect that the sandbox can have is tried', () => {
  expect(BROKEN.map(({ defect }) => defect).sort()).toEqual(Object.keys(DEFECTS).sort());
});

it.each(BROKEN)('$defect fails exactly the cases that it concerns', async (broken) => {
  const results = await resultsAt(broken);
  const failed = results.filter(({ passed }) => !passed).map(({ id }) => id);
  const { agency, fails } = broken;
  expect(failed).toEqual(fails === 'all' ? results.map(({ id }) => id) : fails.map((name) => `${agency}/${name}`));
});
