import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

it('the committed contract is the one that the code serves', () => {
  const file = join(tmpdir(), `birth-openapi-${process.pid}.json`);
  const made = spawnSync(process.execPath, ['dist/apps/api/src/print-openapi.js', file], { encoding: 'utf8' });
  expect(made.stderr).toBe('');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
});
