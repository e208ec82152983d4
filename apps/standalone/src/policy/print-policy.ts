import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';
import { documentWith } from './committed-policy';

/** `npm run policy`: writes the generated part of docs/policy.md anew. */
const file = join(projectFolder(), 'docs', 'policy.md');
writeFileSync(file, documentWith(readFileSync(file, 'utf8')));
process.stdout.write(`${file}\n`);
