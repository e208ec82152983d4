import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyPack } from './verify-pack';

const USAGE = 'npm run verify -- <pack> [--key <key id>] [--root <number>:<hash>]…\n';

/** Checks a pack of evidence: offline, with public keys alone. 0: all holds. 1: something does not. */
function main(): number {
  const { values, positionals } = parseArgs({
    options: { key: { type: 'string' }, root: { type: 'string', multiple: true, default: [] } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { key, root } = values;
  const bytes = readFileSync(file);
  const text = bytes.toString('utf8');
  const expected = { ...(key === undefined ? {} : { keyId: key }), roots: root };
  const { complaints, facts } = bytes.equals(Buffer.from(text))
    ? verifyPack(text, expected)
    : { complaints: ['format: it is no UTF-8'], facts: [] };
  for (const line of [...complaints, ...facts]) process.stdout.write(`${line}\n`);
  process.stdout.write(complaints.length === 0 ? 'the evidence holds\n' : 'THE EVIDENCE DOES NOT HOLD\n');
  return complaints.length === 0 ? 0 : 1;
}

process.exitCode = main();
