import { createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { KeyStore } from '../keys/key-store';
import { type Desk, Desks } from '../offices/desks';
import { OfficeBooks } from '../offices/office-books';
import type { TaskCase } from '../offices/task-facts';
import { SandboxConfig } from '../sandbox.config';
import { ClerkClient } from '../wire/clerk-client';
import { nowMs } from '../wire/clock';
import { RegularLook } from '../wire/regular-look';
import { offsetTime } from '../wire/local-time';
import { readTasks, writeAnswers } from './batch-file';
import { lineOf } from './batch-line';

/** Files go out and come back less often than a look at the worklist. */
const PACES = 10;

/** Staff who carry files: all that waits comes out in one, what is decided goes back in one (docs/agencies/batch.md). */
@Injectable()
export class BatchAnswerer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly own: readonly Desk[];
  private readonly told = new Map<string, number>();
  private key: KeyObject | null = null;
  private readonly looks = new RegularLook(
    async () => void (await Promise.all(this.own.map((desk) => this.carry(desk)))),
  );

  constructor(
    desks: Desks,
    private readonly config: SandboxConfig,
    private readonly clerks: ClerkClient,
    private readonly keys: KeyStore,
    private readonly books: OfficeBooks,
  ) {
    this.own = desks.of('batch');
  }

  onApplicationBootstrap(): void {
    if (this.own.length > 0) this.looks.start(PACES * this.config.SANDBOX_PACE_MS);
  }

  onApplicationShutdown(): void {
    this.looks.stop();
  }

  /** One file out, one file back. What cannot be trusted, or is not taken, is looked at again in the next round. */
  private async carry(desk: Desk): Promise<void> {
    await this.fetch(desk).catch(() => undefined);
    const news = this.casesOf(desk).filter(({ facts, sequence }) => this.told.get(facts.taskId) !== sequence);
    const lines = news.flatMap((record) => lineOf(record) ?? []);
    // noted before the file is on its way: meanwhile the office decides on
    const said = news.map(({ facts, sequence }) => [facts.taskId, sequence] as const);
    if (lines.length > 0 && (await this.bring(desk, lines))) {
      for (const [taskId, sequence] of said) this.told.set(taskId, sequence);
    }
  }

  /** Also those that no file has brought again. */
  private casesOf({ agency, office }: Desk): TaskCase[] {
    return this.books
      .all('batch')
      .filter(([of, { facts }]) => of === agency && facts.office === office)
      .map(([, record]) => record);
  }

  private async fetch({ agency, office }: Desk): Promise<void> {
    const reply = await this.clerks.call(office, `${pathOf(office)}/exports`, {});
    if (reply?.status !== 200 || reply.body['lines'] === 0) return;
    const file = Buffer.from(String(reply.body['file']), 'base64');
    const tasks = readTasks(file, office, await this.platformKey(office));
    for (const task of tasks) this.books.take(agency, { ...task, office, way: 'batch' });
  }

  private async bring({ agency, office }: Desk, lines: Parameters<typeof writeAnswers>[1]): Promise<boolean> {
    const numbers = await this.clerks.call(office, pathOf(office));
    if (numbers?.status !== 200) return false;
    const head = { office, number: Number(numbers.body['nextImport']), writtenAt: offsetTime(nowMs()) };
    const signer = { keyId: this.keys.keyId(agency), privateKey: this.keys.privateKey(agency) };
    const file = writeAnswers(head, lines, signer).toString('base64');
    const reply = await this.clerks.call(office, `${pathOf(office)}/imports`, { file });
    return reply?.status === 200;
  }

  private async platformKey(office: string): Promise<KeyObject> {
    const reply = this.key === null ? await this.clerks.call(office, pathOf(office)) : null;
    if (reply?.status === 200) {
      const { kty, crv, x } = reply.body['key'] as Record<string, string>;
      this.key = createPublicKey({ key: { kty: kty ?? '', crv: crv ?? '', x: x ?? '' }, format: 'jwk' });
    }
    if (this.key === null) throw new Error('no key of the platform');
    return this.key;
  }
}

const pathOf = (office: string): string => `/clerk/v1/offices/${encodeURIComponent(office)}/batches`;
