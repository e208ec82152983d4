import 'reflect-metadata';
import { ExportEvidence } from '@birth/application';
import {
  Database,
  EvidenceKeys,
  KeyRing,
  PersistenceConfig,
  PostgresEvidenceExports,
  PostgresEvidenceReads,
} from '@birth/persistence';
import { clockOf, readConfig } from '@birth/platform';
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';

const USAGE = 'npm run evidence:export -- --case <number> [--out <file>] [--bodies] [--roots-since <number>]\n';

/** Writes the evidence of one case to a file; what was said is opened only where `--bodies` asks for it. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      case: { type: 'string' },
      out: { type: 'string' },
      bodies: { type: 'boolean', default: false },
      'roots-since': { type: 'string' },
    },
  });
  const since = values['roots-since'];
  if (values.case === undefined || (since !== undefined && !/^\d{1,15}$/.test(since))) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = readConfig(PersistenceConfig);
  const keys = new KeyRing(config);
  const database = new Database(config);
  try {
    const rootsSince = since === undefined ? null : Number(since);
    const pack = await exporterOf(database, keys).forOperator(userInfo().username, values.case, {
      withBodies: values.bodies,
      rootsSince,
    });
    if (pack === null) {
      process.stderr.write('no case has this number\n');
      return 1;
    }
    const file = values.out ?? `${values.case}.evidence`;
    writeFileSync(file, pack.text, { mode: 0o600, flag: 'wx' });
    process.stdout.write(`${file}\n`);
    return 0;
  } finally {
    await database.onApplicationShutdown();
  }
}

const exporterOf = (database: Database, keys: KeyRing): ExportEvidence =>
  new ExportEvidence(
    new PostgresEvidenceReads(database, keys),
    new PostgresEvidenceExports(database),
    new EvidenceKeys(keys),
    clockOf(),
  );

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`the evidence was not written: ${error instanceof Error ? error.message : 'unknown error'}\n`);
    process.exitCode = 1;
  },
);
