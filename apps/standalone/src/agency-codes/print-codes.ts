import { loadCounty } from '@birth/application';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';
import { codesDocument } from './codes-document';

/** `npm run codes`: writes docs/agencies/errors.md anew. */
const file = join(projectFolder(), 'docs', 'agencies', 'errors.md');
writeFileSync(file, codesDocument(loadCounty().agencyCodes));
process.stdout.write(`${file}\n`);
