import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformClient } from '../../apps/standalone/src/demo/platform-client';
import { freePort } from '../../apps/standalone/src/embedded';
import { reachableFolder } from '../../apps/standalone/src/embedded/postgres-binaries';
import { until } from '../../apps/standalone/src/embedded/until';
import { aFamily } from '../support/families';
import { driver, type Program } from '../support/programs';

const START_MS = 60_000;

describe('the commands that newcomers type', () => {
  it.each([
    ['one process on PostgreSQL', ['--json', '--all']],
    ['separate processes on Redis', ['--json', '--split', '--queue=redis']],
  ])('demo, %s: nothing lost, doubled, ownerless or unexpected', async (_name, args) => {
    const program = driver('demo.js', args);
    const { code, out, errors } = await program.ended;
    const report = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, number>;
    expect({ code, report }).toMatchObject({ code: 0, report: { lost: 0, doubled: 0, ownerless: 0, unexpected: 0 } });
    expect(report['applications']).toBeGreaterThanOrEqual(60);
    expect(report).toMatchObject({ byPortal: 6, portalOwed: 0 });
    expect(report['portalRecords']).toBeGreaterThanOrEqual(60);
    expect(Object.keys(report)).toEqual([
      'applications',
      'newborns',
      'steps',
      'byHand',
      'waitingForPeople',
      'byPortal',
      'portalRecords',
      'portalOwed',
      'lost',
      'doubled',
      'ownerless',
      'unexpected',
      'seconds',
    ]);
    expect(errors).toContain('ordinary-couple');
    // on a platform whose clock stands in that year
    expect(errors).toContain('born-29-february');
    expect(program.leftovers()).toEqual([]);
    program.forget();
  });

  it('demo of a county without interfaces: worklists, files and the table bring its families home', async () => {
    const families = ['ordinary-couple', 'twins-girls', 'original-first', 'insured-already', 'counter-before-sending'];
    const program = driver('demo.js', [
      '--json',
      '--mode=manual',
      `--only=${families.join()},insurance-withdrawn-unpaid`,
    ]);
    const { code, out } = await program.ended;
    const report = JSON.parse(out.trim().split('\n').at(-1) ?? '') as { byHand: Record<string, number> };
    expect({ code, report }).toMatchObject({
      code: 0,
      report: { applications: 6, lost: 0, doubled: 0, ownerless: 0, unexpected: 0 },
    });
    expect(Object.keys(report.byHand)).toEqual(['batch', 'exchange_table', 'worklist']);
    expect(program.leftovers()).toEqual([]);
    program.forget();
  });
});

describe('npm run bench', () => {
  it('counts what agencies say that they took, and nothing is lost or doubled', async () => {
    const program = driver('bench.js', ['--json', '--queue=redis', '--count=100']);
    const { code, out } = await program.ended;
    const report = JSON.parse(out.trim()) as Record<string, number>;
    expect({ code, report }).toMatchObject({ code: 0, report: { queue: 'redis', lost: 0, doubled: 0 } });
    expect(report['overheadP50Ms']).toBeGreaterThan(0);
    expect(program.leftovers()).toEqual([]);
    program.forget();
  });
});

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'birth-start-'));
  afterAll(() => {
    for (const path of [folder, reachableFolder(join(folder, 'pg'))]) rmSync(path, { recursive: true, force: true });
  });

  async function started(port: number): Promise<{ program: Program; client: PlatformClient }> {
    const program = driver('start.js', [], { PORT: String(port), DATA_DIR: folder });
    await until(() => program.said.out.includes('Ctrl-C stops everything'), START_MS, 'start to say that it runs');
    const address = (name: string): string => new RegExp(`${name}\\s+(http://\\S+)`).exec(program.said.out)?.[1] ?? '';
    return { program, client: new PlatformClient(address('api'), address('sandbox')) };
  }

  it('introduces itself, keeps a mother’s case over a restart, and Ctrl-C leaves nothing behind', async () => {
    const port = await freePort();
    const { form, mother } = aFamily();
    const person = { name: mother.identity!.name, identity: mother.identity! };
    let filed = '';
    for (const run of ['files', 'reads']) {
      const { program, client } = await started(port);
      const token = await client.token(person);
      const path = '/v1/applications';
      const { status, body } =
        run === 'files' ? await client.send({ path, token, body: form }) : await client.get(`${path}/${filed}`, token);
      expect({ run, status }).toEqual({ run, status: run === 'files' ? 201 : 200 });
      filed = String(body['id']);
      await client.close();
      program.child.kill('SIGINT');
      expect((await program.ended).code).toBe(0);
      expect(program.leftovers()).toEqual([]);
      program.forget();
    }
  });

  it('introduces sample accounts whose tokens are taken', async () => {
    const port = await freePort();
    const { program, client } = await started(port);
    const token = /mother\s+(\S+)/.exec(program.said.out)?.[1] ?? '';
    expect((await client.get('/v1/applications', token)).status).toBe(200);
    await client.close();
    program.child.kill('SIGINT');
    expect((await program.ended).code).toBe(0);
    program.forget();
  });
});
