import {
  EVIDENCE_SIGNER,
  eventHash,
  type EvidenceSigner,
  MESSAGE_EVIDENCE,
  type MessageEvidence,
  packOf,
  ROOT_STORE,
  type RootStore,
  type SignedRoot,
  SignRoots,
} from '@birth/application';
import { KeyRing, PostgresEvidenceReads } from '@birth/persistence';
import { Logger } from '@nestjs/common';
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { verifyPack } from '../../../apps/verifier/src/verify-pack';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(90_000);

const AGENCY = 'health-commission';
const HOUR_MS = 3_600_000;
const SAID = { request: '{"mother":"陈静"}', reply: '{"receipt":"one"}' };

describe('D11: signed roots and what they prove, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  let reads: PostgresEvidenceReads;
  let signer: EvidenceSigner;
  let now = Date.UTC(2026, 10, 26, 3, 5);
  const folder = mkdtempSync(join(tmpdir(), 'birth-evidence-'));
  beforeAll(async () => {
    platform = await startPlatform();
    Logger.overrideLogger(false);
    desk = caseDesk(platform);
    signer = platform.app.get<EvidenceSigner>(EVIDENCE_SIGNER);
    reads = new PostgresEvidenceReads(platform.database, platform.app.get(KeyRing));
  });
  afterAll(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    platform.queue.offered.length = 0;
    platform.agencies.onSubmit = (request) => {
      const about = { direction: 'out', method: 'POST', path: '/v1/steps', status: 200 } as const;
      request.evidence.record({ ...about, ...SAID, startedAt: 1_795_000_000_123, durationMs: 4 });
      return Promise.resolve({ kind: 'accepted', receipt: `R-${randomUUID()}` });
    };
  });

  const ask = async <T extends Record<string, unknown>>(sql: string, values: unknown[] = []) =>
    (await platform.database.pool.query<T>(sql, values)).rows;
  const roots = (at: number) => new SignRoots(platform.app.get<RootStore>(ROOT_STORE), signer, { now: () => at });
  const nextRoot = () => roots((now += HOUR_MS)).execute();
  const statementOf = (root: SignedRoot | null) =>
    JSON.parse(root!.statement) as { number: number; previous: string; messages: number; hour: string };
  async function sentCase() {
    const { id } = await desk.file();
    await desk.send(AGENCY);
    const { caseNumber } = await desk.read(id);
    return { id, caseNumber };
  }
  const packFor = async (caseNumber: string, withBodies = false) =>
    packOf((await reads.ofCase({ caseNumber }, { withBodies, rootsSince: null }))!, signer, now);
  const refuse = (code: 'no_signature' = 'no_signature') =>
    platform.app.get<MessageEvidence>(MESSAGE_EVIDENCE).refused({
      door: 'messages',
      sender: AGENCY,
      keyId: null,
      code,
      body: Buffer.from('{}'),
      receivedAt: now,
    });

  it('one an hour, whichever process comes first, each over the one before', async () => {
    await sentCase();
    const first = await nextRoot();
    const signed = await Promise.all([1, 2, 3, 4].map((minute) => roots(now + HOUR_MS + minute * 60_000).execute()));
    now += HOUR_MS;
    const second = signed.filter((root) => root !== null);
    expect(second).toHaveLength(1);
    expect(await roots(now + 59 * 60_000 - 5 * 60_000).execute()).toBeNull();
    expect(statementOf(second[0]!)).toMatchObject({
      number: statementOf(first).number + 1,
      previous: createHash('sha256').update(first!.statement).digest('hex'),
    });
    expect(await ask('select number from signed_root where hour = $1', [statementOf(second[0]!).hour])).toHaveLength(1);
  });

  it('holds every case that was written to since, and asks nothing about the others', async () => {
    const { caseNumber } = await sentCase();
    const root = statementOf(await nextRoot());
    expect(await ask('select 1 from root_entry where root_number = $1', [root.number])).toHaveLength(1);
    const { complaints, facts } = verifyPack(await packFor(caseNumber), { keyId: signer.keyId });
    expect(complaints).toEqual([]);
    expect(facts.join()).toContain(`as in root ${root.number} of`);
    expect(facts.join()).toContain('after it came 0 events and 0 exchanges');
    const later = statementOf(await nextRoot());
    expect(await ask('select 1 from root_entry where root_number = $1', [later.number])).toEqual([]);
    const again = verifyPack(await packFor(caseNumber), { keyId: signer.keyId });
    expect(again).toMatchObject({ complaints: [] });
    expect(again.facts.join()).toContain(`as in root ${later.number} of`);
  });

  it('what commits after a root is in the next', async () => {
    await nextRoot();
    const slow = await platform.database.pool.connect();
    await slow.query('begin');
    await slow.query(`insert into message_evidence (id, door, outcome, size, digest, received_at)
      values (gen_random_uuid(), 'messages', 'no_signature', 0, sha256(''), now())`);
    await refuse();
    const early = statementOf(await nextRoot());
    await slow.query('commit');
    slow.release();
    const late = statementOf(await nextRoot());
    expect([early.messages, late.messages].reduce((sum, count) => sum + count)).toBe(2);
    expect(late.messages).toBeGreaterThanOrEqual(1);
    expect(statementOf(await nextRoot()).messages).toBe(0);
  });

  it('after a restore into a cluster that counts its transactions anew, all is looked at again', async () => {
    const { caseNumber } = await sentCase();
    const client = await platform.database.pool.connect();
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(
      `update signed_root set covered_until = '999999999999' where number = (select max(number) from signed_root)`,
    );
    await client.query('commit');
    client.release();
    await nextRoot();
    expect(verifyPack(await packFor(caseNumber), { keyId: signer.keyId }).facts.join()).toContain('after it came 0');
  });

  it('is append-only', async () => {
    await nextRoot();
    for (const table of ['signed_root', 'root_entry', 'root_bucket', 'message_evidence']) {
      await expect(ask(`truncate ${table}`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(ask('delete from signed_root')).rejects.toMatchObject({ code: '42501' });
    await expect(ask(`update root_entry set value = sha256('')`)).rejects.toMatchObject({ code: '42501' });
  });

  const bucketOf = (id: string): number =>
    createHash('sha256')
      .update(Buffer.from(id.replaceAll('-', ''), 'hex'))
      .digest()
      .readUInt16BE(0) >> 4;

  /** By whoever owns the database and may switch its triggers off. */
  async function tampered(statements: readonly string[]): Promise<void> {
    const client = await platform.database.pool.connect();
    try {
      await client.query('set session_replication_role = replica');
      for (const statement of statements) expect((await client.query(statement)).rowCount).toBeGreaterThan(0);
    } finally {
      client.release(true);
    }
  }

  it.each<[string, (id: string, other: string) => string[], RegExp]>([
    [
      'an edited event',
      (id) => [`update step_event set reason = 'conflict' where application_id = '${id}' and seq = 1`],
      /^event 1: its hash/m,
    ],
    [
      'an event that is gone',
      (id) => [`delete from step_event where application_id = '${id}' and seq = 1`],
      /^event 1: stands/m,
    ],
    [
      'events in another order',
      (id) =>
        [
          [1, -1],
          [2, 1],
          [-1, 2],
        ].map(([from, to]) => `update step_event set seq = ${to} where application_id = '${id}' and seq = ${from}`),
      /^event 1: its hash/m,
    ],
    [
      'an edited exchange',
      (id) => [`update exchange set path = '/v2' where application_id = '${id}'`],
      /^exchange 1: its hash/m,
    ],
    [
      'another digest',
      (id) => [`update exchange set request_digest = sha256('') where application_id = '${id}'`],
      /^exchange 1: its hash/m,
    ],
    [
      'a truncated tail, with its end',
      (id) => [
        `delete from step_event where application_id = '${id}' and seq = (select event_seq from application where id = '${id}')`,
        `update application set event_seq = event_seq - 1, chain_head = (select hash from step_event where application_id = '${id}' order by seq desc limit 1) where id = '${id}'`,
      ],
      /^entry: the events/m,
    ],
    [
      'exchanges that are gone, with their end',
      (id) => [
        `delete from exchange where application_id = '${id}'`,
        `update application set exchange_seq = 0, exchange_head = decode(repeat('00', 32), 'hex') where id = '${id}'`,
      ],
      /^entry: the exchanges/m,
    ],
    [
      'the chain of another case',
      (id, other) => [
        `delete from step_event where application_id = '${id}'`,
        `update step_event set application_id = '${id}' where application_id = '${other}'`,
      ],
      /^entry: the events/m,
    ],
    [
      'another entry of the tree',
      (id) => [
        `update root_entry set event_seq = 1, event_head = (select hash from step_event where application_id = '${id}' and seq = 1) where key = sha256(uuid_send('${id}'))`,
      ],
      /^entry: the bucket/m,
    ],
    [
      'another value in the tree',
      (id) => [`update root_entry set value = sha256('') where key = sha256(uuid_send('${id}'))`],
      /^path: /m,
    ],
    ['other buckets', (id) => [`update root_bucket set leaf = sha256('') where bucket <> ${bucketOf(id)}`], /^path: /m],
    [
      'another statement',
      () => [
        `update signed_root set statement = replace(statement, '"messages":', '"messages":1') where number = (select max(number) from signed_root)`,
      ],
      /^root \d+: its signature/m,
    ],
  ])('%s is found by whoever has the public key alone', async (_name, change, complaint) => {
    const [{ id, caseNumber }, other] = [await sentCase(), await sentCase()];
    await nextRoot();
    expect(verifyPack(await packFor(caseNumber), { keyId: signer.keyId }).complaints).toEqual([]);
    await tampered(change(id, other.id));
    expect(verifyPack(await packFor(caseNumber), { keyId: signer.keyId }).complaints.join('\n')).toMatch(complaint);
  });

  it('a history rewritten from its first event, every hash anew, is found', async () => {
    const { id, caseNumber } = await sentCase();
    await nextRoot();
    const { events } = (await reads.ofCase({ caseNumber }, { withBodies: false, rootsSince: null }))!;
    let previous = Buffer.alloc(32) as Buffer;
    const statements = events.map(({ previousHash: _before, hash: _old, ...event }) => {
      const hash = eventHash({ ...event, actorId: 'somebody' }, previous);
      const before = previous;
      previous = hash;
      return `update step_event set actor_id = 'somebody', previous_hash = '\\x${before.toString('hex')}',
        hash = '\\x${hash.toString('hex')}' where application_id = '${id}' and seq = ${event.seq}`;
    });
    const end = `update application set chain_head = '\\x${previous.toString('hex')}' where id = '${id}'`;
    await tampered([...statements, end]);
    expect(verifyPack(await packFor(caseNumber), { keyId: signer.keyId }).complaints).toEqual([
      'entry: the events are not those of the signed root',
    ]);
  });

  it('exchanges that were kept before they were linked are told as such', async () => {
    const { id, caseNumber } = await sentCase();
    await tampered([
      `update exchange set seq = null, request_digest = null, reply_digest = null, previous_hash = null, hash = null
        where application_id = '${id}'`,
      `update application set exchange_seq = 0, exchange_head = decode(repeat('00', 32), 'hex') where id = '${id}'`,
    ]);
    await nextRoot();
    const { complaints, facts } = verifyPack(await packFor(caseNumber), { keyId: signer.keyId });
    expect(complaints).toEqual([]);
    expect(facts.join()).toContain('1 exchanges were kept before they were linked');
  });

  it('a pack is exported and verified by two commands, the second with nothing but the public key', async () => {
    const project = resolve(__dirname, '../../..');
    spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: project, stdio: 'inherit' });
    const run = (script: string, args: string[], env: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, [join(project, 'dist/apps', script), ...args], {
        cwd: folder,
        env,
        encoding: 'utf8',
      });
    const exported = (...args: string[]) => run('worker/src/export-evidence.js', args, process.env);
    const verified = (...args: string[]) => run('verifier/src/main.js', args, { PATH: process.env['PATH'] });
    const { id, caseNumber } = await sentCase();
    const root = await nextRoot();
    const noted = `${root!.number}:${createHash('sha256').update(root!.statement).digest('hex')}`;

    expect(exported('--case', caseNumber, '--out', 'closed')).toMatchObject({ status: 0, stdout: 'closed\n' });
    const closed = readFileSync(join(folder, 'closed'), 'utf8');
    const { mother } = (await desk.read(id)).open(0, ['mother']);
    for (const secret of [
      mother!.name,
      mother!.identity.number,
      '陈静',
      Buffer.from(SAID.request).toString('base64'),
    ]) {
      expect([secret, closed.includes(secret)]).toEqual([secret, false]);
    }
    const good = verified('closed', '--key', signer.keyId, '--root', noted);
    expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('the evidence holds')]);

    expect(exported('--case', caseNumber, '--out', 'opened', '--bodies').status).toBe(0);
    const opened = readFileSync(join(folder, 'opened'), 'utf8');
    expect(opened).toContain(Buffer.from(SAID.request).toString('base64'));
    expect(
      await ask('select taken_as, with_bodies from evidence_export where application_id = $1 order by taken_at', [id]),
    ).toEqual([
      { taken_as: 'operator', with_bodies: false },
      { taken_as: 'operator', with_bodies: true },
    ]);
    expect(verified('opened', '--key', signer.keyId)).toMatchObject({ status: 0 });

    writeFileSync(join(folder, 'changed'), opened.replace(Buffer.from(SAID.request).toString('base64'), 'e30='));
    const bad = verified('changed', '--key', signer.keyId);
    expect(bad.status).toBe(1);
    expect(bad.stdout).toMatch(/^seal: the pack was changed$/m);
    expect(bad.stdout).toMatch(/^exchange 1: the request is another$/m);
    expect(bad.stdout).toContain('THE EVIDENCE DOES NOT HOLD');
    expect(verified('closed', '--key', 'another')).toMatchObject({ status: 1 });
    expect(verified('closed', '--root', `${root!.number}:${'00'.repeat(32)}`)).toMatchObject({ status: 1 });

    expect(exported('--case', caseNumber, '--out', 'closed').status).toBe(1);
    expect(exported('--case', 'unknown', '--out', 'none')).toMatchObject({
      status: 1,
      stderr: 'no case has this number\n',
    });
    expect(exported()).toMatchObject({ status: 2 });
    expect(verified()).toMatchObject({ status: 2 });
  });
});
