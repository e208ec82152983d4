import { AGENCIES, type AgencyCode } from '@birth/domain';
import { parseArgs } from 'node:util';
import { casesOf } from '../../conformance/src/agency/cases-of';
import { openSide } from '../../conformance/src/agency/open-side';
import type { CaseResult } from '../../conformance/src/conformance-case';
import { DOUBTFUL } from '../../conformance/src/platform/doubtful-messages';
import { prove } from '../../conformance/src/prove';
import { markdownOf, reportOf, writeReport } from '../../conformance/src/report';
import { withPlatformUnderTrial } from './conformance/platform-under-trial';
import { listenForInterruption } from './stack/interruption';
import type { Stack } from './stack/stack';
import { endWith, inTemporaryFolder, withStack } from './stack/with-stack';

const USAGE = `usage: npm run conformance -- [--agency <code> --url <base>] [--report <folder>] [--patience <seconds>] [--json]
agencies: ${AGENCIES.join(', ')}`;
const PACE_MS = '60';

interface Wishes {
  agency: AgencyCode | null;
  url: string;
  patienceMs: number;
}

function wishesOf(values: { agency?: string; url?: string; patience: string }): Wishes {
  const { agency = null, url = '' } = values;
  const patienceMs = Number(values.patience) * 1000;
  const isKnown = agency === null || (AGENCIES as readonly string[]).includes(agency);
  const isWhole = (agency === null) === (url === '');
  if (!isKnown || !isWhole || !(patienceMs > 0)) throw new Error(USAGE);
  return { agency: agency as AgencyCode | null, url: url.replace(/\/$/, ''), patienceMs };
}

/** `npm run conformance`: an agency's test address, or the sandbox and our own side. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      agency: { type: 'string' },
      url: { type: 'string' },
      report: { type: 'string' },
      patience: { type: 'string', default: '30' },
      json: { type: 'boolean' },
    },
  });
  const wishes = wishesOf(values);
  const interruption = listenForInterruption();
  const finish = (results: CaseResult[]): number => {
    const report = reportOf(
      wishes.agency === null ? 'sandbox and platform' : `${wishes.agency} at ${wishes.url}`,
      results,
      new Date(),
    );
    if (values.report !== undefined) process.stderr.write(`report: ${writeReport(report, values.report)}.{md,json}\n`);
    process.stdout.write(values.json === true ? `${JSON.stringify(report)}\n` : markdownOf(report));
    const { cases, passed, failed } = report;
    process.stdout.write(`${JSON.stringify({ cases, passed, failed })}\n`);
    return failed === 0 ? 0 : 1;
  };
  const { agency } = wishes;
  if (agency !== null) return finish(await agencyResults(agency, wishes, process.env));
  return inTemporaryFolder({ prefix: 'birth-conformance-' }, (folder) =>
    withStack(
      interruption,
      { queue: 'postgres', split: false, folder, sandbox: { SANDBOX_PACE_MS: PACE_MS } },
      async (stack) => finish(await allResults(stack, wishes.patienceMs)),
    ),
  );
}

function agencyResults(
  agency: AgencyCode,
  { url, patienceMs }: Pick<Wishes, 'url' | 'patienceMs'>,
  env: NodeJS.ProcessEnv,
): Promise<CaseResult[]> {
  const side = openSide({ agency, url, env, patienceMs });
  return prove(casesOf(side), side);
}

async function allResults(stack: Stack, patienceMs: number): Promise<CaseResult[]> {
  const ours = await withPlatformUnderTrial(stack, (side) => prove(DOUBTFUL, side));
  const theirs = await Promise.all(
    AGENCIES.map((agency) =>
      agencyResults(agency, { url: `${stack.sandboxUrl}/${agency}`, patienceMs }, stack.agencyEnvironment),
    ),
  );
  return [...theirs.flat(), ...ours];
}

endWith(main(), 'the conformance trial failed');
