import { until } from '../../apps/standalone/src/embedded/until';
import { driver, Program } from '../support/programs';

const START_MS = 60_000;
/** A cluster of somebody else may be between its folder and its server for that long. */
const OTHERS_MS = 15_000;

const runs = (program: Program, what: RegExp): boolean => program.processes().some((line) => what.test(line));

/** As the processes of a run come up, one after the other. */
const MOMENTS: [string, (program: Program) => boolean][] = [
  ['at its first word', ({ said }) => (said.out + said.errors).length > 0],
  ['when Redis has come', (program) => runs(program, /redis-server/)],
  ['when PostgreSQL is coming', (program) => runs(program, /postgres -D/)],
  ['when the sandbox is coming', (program) => runs(program, /sandbox\/src\/main/)],
  ['when the worker is coming', (program) => runs(program, /worker\/src\/main/)],
];

async function leavesNothing(program: Program): Promise<void> {
  await until(() => program.leftovers().length === 0, OTHERS_MS, program.leftovers().join('\n') || 'nothing');
  program.forget();
}

describe('Ctrl-C while a driver starts', () => {
  it.each(MOMENTS)('demo %s: nothing is left', async (_name, hasCome) => {
    const program = driver('demo.js', ['--split', '--queue=redis']);
    await until(() => hasCome(program), START_MS, 'the moment to come');
    program.child.kill('SIGINT');
    expect((await program.ended).code).toBe(130);
    await leavesNothing(program);
  });

  it('bench, when PostgreSQL is coming: nothing is left', async () => {
    const program = driver('bench.js', ['--json', '--count=10']);
    await until(() => runs(program, /postgres -D/), START_MS, 'PostgreSQL');
    program.child.kill('SIGINT');
    expect((await program.ended).code).toBe(130);
    await leavesNothing(program);
  });
});

describe('an end in the middle of the work', () => {
  it('demo takes a second Ctrl-C of the impatient for the first', async () => {
    const program = driver('demo.js', []);
    await until(() => runs(program, /standalone\/src\/platform/), START_MS, 'the platform');
    program.child.kill('SIGINT');
    program.child.kill('SIGINT');
    expect((await program.ended).code).toBe(130);
    await leavesNothing(program);
  });

  it('bench ends by SIGTERM as by Ctrl-C', async () => {
    const program = driver('bench.js', ['--queue=postgres', '--count=5000']);
    await until(() => runs(program, /worker\/src\/main/), START_MS, 'the worker');
    program.child.kill('SIGTERM');
    expect((await program.ended).code).toBe(143);
    await leavesNothing(program);
  });

  it('kill -9 of the demo takes its servers and their cluster along', async () => {
    const program = driver('demo.js', ['--split', '--queue=redis']);
    await until(() => runs(program, /worker\/src\/main/), START_MS, 'the worker');
    program.child.kill('SIGKILL');
    expect((await program.ended).signal).toBe('SIGKILL');
    const servers = (): string[] => program.leftovers().filter((line) => !line.startsWith('birth-demo-'));
    await until(() => servers().length === 0, START_MS, servers().join('\n') || 'nothing');
    program.forget();
  });
});

describe('a level of tests that hangs', () => {
  const script = `import { runWithin } from './scripts/run-within.mjs';
    const args = ['dist/apps/standalone/src/demo.js', '--split', '--queue=redis'];
    const isGood = await runWithin({ name: 'the level', limitMs: 12_000, command: process.execPath, args });
    process.exit(isGood ? 0 : 3);`;

  it('is named and killed with everything that it started', async () => {
    const program = new Program(['--input-type=module', '-e', script]);
    await until(() => runs(program, /postgres -D/), START_MS, 'PostgreSQL');
    const { code, errors } = await program.ended;
    expect({ code, errors }).toMatchObject({ code: 3, errors: expect.stringContaining('the level hung') as unknown });
    await leavesNothing(program);
  });

  it('goes with everything that it started when its runner is interrupted', async () => {
    const program = new Program(['--input-type=module', '-e', script]);
    await until(() => runs(program, /worker\/src\/main/), START_MS, 'the worker');
    program.child.kill('SIGINT');
    expect((await program.ended).code).toBe(130);
    await leavesNothing(program);
  });
});
