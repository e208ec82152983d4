import { AGENCIES, type AgencyCode } from '@birth/domain';
import { parseArgs } from 'node:util';
import { casesOf } from '../../conformance/src/agency/cases-of';
import { openSide, type SideOptions } from '../../conformance/src/agency/open-side';
import type { CaseResult } from '../../conformance/src/conformance-case';
import { CallbackDoor } from '../../conformance/src/door/callback-door';
import { DOUBTFUL } from '../../conformance/src/platform/doubtful-messages';
import { prove } from '../../conformance/src/prove';
import { markdownOf, reportOf, writeReport } from '../../conformance/src/report';
import { withPlatformUnderTrial } from './conformance/platform-under-trial';
import { withSandboxUnderTrial } from './conformance/sandbox-under-trial';
import { listenForInterruption } from './stack/interruption';
import type { Stack } from './stack/stack';
import { endWith, inTemporaryFolder, withStack } from './stack/with-stack';

const USAGE = `usage: npm run conformance -- [--agency <code> --url <base> [--listen <port> [--door <url>]]] [--report <folder>] [--patience <seconds>] [--json]
agencies: ${AGENCIES.join(', ')}`;
const PACE_MS = '60';
const OWN_MACHINE = '127.0.0.1';
const EVERYWHERE = '0.0.0.0';

interface Wishes {
  agency: AgencyCode | null;
  url: string;
  patienceMs: number;
  /** Port of the kit's own door; null: messages are not tried. */
  listen: number | null;
  /** How the agency reaches the door. */
  door: string | undefined;
}

interface Given {
  agency?: string;
  url?: string;
  patience: string;
  listen?: string;
  door?: string;
}

/** Only an agency that is named calls at our door. */
const isDoorWhole = ({ agency, listen, door }: Given): boolean =>
  listen === undefined ? door === undefined : agency !== undefined && /^\d{1,5}$/.test(listen);

function wishesOf(values: Given): Wishes {
  const { agency = null, url = '' } = values;
  const patienceMs = Number(values.patience) * 1000;
  const isKnown = agency === null || (AGENCIES as readonly string[]).includes(agency);
  const isWhole = (agency === null) === (url === '');
  const listen = values.listen === undefined ? null : Number(values.listen);
  if (!isKnown || !isWhole || !isDoorWhole(values) || !(patienceMs > 0)) throw new Error(USAGE);
  const door = values.door;
  return { agency: agency as AgencyCode | null, url: url.replace(/\/$/, ''), patienceMs, listen, door };
}

/** `npm run conformance`: an agency's test address, or the sandbox and our own side. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      agency: { type: 'string' },
      url: { type: 'string' },
      report: { type: 'string' },
      patience: { type: 'string', default: '30' },
      listen: { type: 'string' },
      door: { type: 'string' },
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
  if (agency !== null) return finish(await resultsAt(agency, wishes));
  return inTemporaryFolder({ prefix: 'birth-conformance-' }, (folder) =>
    withStack(
      interruption,
      { queue: 'postgres', split: false, folder, sandbox: { SANDBOX_PACE_MS: PACE_MS } },
      async (stack) => finish(await allResults(stack, wishes.patienceMs)),
    ),
  );
}

/** An agency's own test address, and its messages where a door is wanted. */
async function resultsAt(agency: AgencyCode, { url, patienceMs, listen, door: way }: Wishes): Promise<CaseResult[]> {
  const env = process.env;
  if (listen === null) return agencyResults({ agency, url, patienceMs, env });
  const keysFile = env['AGENCY_KEYS_FILE'];
  if (keysFile === undefined) throw new Error('AGENCY_KEYS_FILE is missing: messages are signed');
  const reached = way === undefined ? { host: OWN_MACHINE } : { host: EVERYWHERE, url: way };
  const door = await CallbackDoor.open({ ...reached, port: listen, keysFile });
  try {
    process.stderr.write(`waiting for messages at ${door.url}\n`);
    return await agencyResults({ agency, url, patienceMs, env, door });
  } finally {
    await door.close();
  }
}

function agencyResults(options: SideOptions): Promise<CaseResult[]> {
  const side = openSide(options);
  return prove(casesOf(side), side);
}

async function allResults(stack: Stack, patienceMs: number): Promise<CaseResult[]> {
  const ours = await withPlatformUnderTrial(stack, (side) => prove(DOUBTFUL, side));
  const env = stack.agencyEnvironment;
  const theirs = await withSandboxUnderTrial(stack, ({ url, door, pay }) =>
    Promise.all(
      AGENCIES.map((agency) => agencyResults({ agency, url: `${url}/${agency}`, patienceMs, env, door, pay })),
    ),
  );
  return [...theirs.flat(), ...ours];
}

endWith(main(), 'the conformance trial failed');
