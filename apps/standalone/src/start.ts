import { join, resolve } from 'node:path';
import { projectFolder } from './embedded/postgres-binaries';
import { loadSamples, realise } from './samples/realise';
import { PlatformClient } from './demo/platform-client';
import { listenForInterruption } from './stack/interruption';
import type { Stack, StackOptions } from './stack/stack';
import { endWith, withStack } from './stack/with-stack';

const PORT = 3000;
/** A clerk who sees the insurance steps of every town and nothing else. */
const INSURANCE_DESK = { regions: ['500235'], agencies: ['medical-insurance'], offices: ['*'] };
const WORKLIST = 'disease-control:YYV009,disease-control:YYV010';

/** `npm start`: the platform staying up on a kept cluster under .data (or DATA_DIR), until Ctrl-C. */
async function main(): Promise<number> {
  const interruption = listenForInterruption();
  interruption.signal.addEventListener('abort', () => process.stdout.write('\nstopping …\n'));
  const folder = resolve(process.env['DATA_DIR'] ?? join(projectFolder(), '.data'));
  process.stdout.write('starting PostgreSQL and the platform …\n');
  const options: StackOptions = {
    queue: 'postgres',
    split: false,
    folder,
    database: join(folder, 'pg'),
    apiPort: Number(process.env['PORT'] ?? PORT),
    sandbox: { SANDBOX_WORKLIST: WORKLIST, SANDBOX_DELIVERIES: 'on' },
  };
  const code = await withStack(interruption, options, async (stack) => {
    await introduce(stack);
    return new Promise<number>(() => undefined);
  });
  return interruption.signal.aborted ? 0 : code;
}

async function introduce(stack: Stack): Promise<void> {
  const client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
  const sample = loadSamples()[0];
  if (sample === undefined) throw new Error('no samples');
  const { form } = realise(sample, Date.now());
  const accounts = [
    ['mother', form.mother === null ? '' : await client.token(form.mother)],
    ['father', form.father === null ? '' : await client.token(form.father)],
    ['clerk', await client.clerkToken('clerk')],
    ['insurance', await client.clerkToken('clerk', { ...INSURANCE_DESK })],
    ['supervisor', await client.clerkToken('supervisor')],
  ];
  await client.close();
  const lines = [
    '',
    `api        ${stack.apiUrl}   (documentation: ${stack.apiUrl}/docs, contract: ${stack.apiUrl}/openapi.json)`,
    `sandbox    ${stack.sandboxUrl}   (six agencies, hospital, identity provider: docs/agencies/sandbox.md)`,
    `logs       ${stack.logFile('platform')}`,
    '',
    'Sample accounts (access tokens, one hour; more: POST /_sandbox/tokens):',
    ...accounts.map(([who, token]) => `  ${(who ?? '').padEnd(11)}${token}`),
    '',
    `Try: curl -s ${stack.apiUrl}/v1/services`,
    'Ctrl-C stops everything.',
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

endWith(main(), 'could not start');
