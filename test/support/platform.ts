import {
  ADAPTER_BOOK,
  type AgencyAdapter,
  type AgencyAnswer,
  type AgencyMessage,
  ApplicationModule,
  CallPacer,
  FILE_VERIFIER,
  HINT_QUEUE,
  type Hint,
  type HintQueue,
  type ListedPage,
  MESSAGE_VERIFIER,
  PORTAL,
  type RawMessage,
  type StepReference,
  type SubmissionRequest,
  WEBHOOK_SENDER,
} from '@birth/application';
import { AGENCIES, type AgencyCode, type Channel, profileOf } from '@birth/domain';
import { Database, PersistenceModule } from '@birth/persistence';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { TestPortal } from './test-portal';
import { TestWebhooks } from './test-webhooks';
import { type RunningPostgres, startPostgres } from '../../apps/standalone/src/embedded';

/** Our own ports played by the test: what agencies answer, and which hints were offered. */
export class TestAgencies {
  onSubmit: (request: SubmissionRequest, agency: AgencyCode) => Promise<AgencyAnswer> = () =>
    Promise.resolve({ kind: 'accepted', receipt: 'R-1' });
  onCheck: (reference: StepReference, agency: AgencyCode) => Promise<AgencyAnswer | 'not_found'> = () =>
    Promise.resolve('not_found');
  onLookUp: (request: SubmissionRequest, agency: AgencyCode) => Promise<AgencyAnswer | 'not_found'> = () =>
    Promise.resolve('not_found');
  onWithdraw: (reference: StepReference, agency: AgencyCode) => Promise<AgencyAnswer> = () =>
    Promise.resolve({ kind: 'withdrawn' });
  /** null: no agency lists anything. */
  onList: ((agency: AgencyCode) => Promise<ListedPage>) | null = null;
  readonly sent: { agency: AgencyCode; key: string }[] = [];
  message: AgencyMessage | null = null;

  get(agency: AgencyCode, channel: Channel): AgencyAdapter {
    const { agencyClass, hasWithdraw, looksUp } = profileOf({ agency, channel });
    return {
      agency,
      agencyClass,
      channel,
      sections: ['birth', 'name', 'results', 'mother', 'existing'],
      submit: (request) => {
        this.sent.push({ agency, key: request.key });
        return this.onSubmit(request, agency);
      },
      check: (reference) => this.onCheck(reference, agency),
      taskPayload: ({ sections }: SubmissionRequest) => sections,
      ...(looksUp === undefined ? {} : { lookUp: (request: SubmissionRequest) => this.onLookUp(request, agency) }),
      ...(hasWithdraw ? { withdraw: (reference: StepReference) => this.onWithdraw(reference, agency) } : {}),
      ...(this.onList === null ? {} : { list: () => this.onList!(agency) }),
      readMessage: () => this.message as AgencyMessage,
    };
  }
}

export class TestQueue implements HintQueue {
  readonly offered: Hint[] = [];
  offer(hints: readonly Hint[]): void {
    this.offered.push(...hints);
  }
  onHint = () => Promise.resolve();
  setSlots = () => undefined;
  depth: HintQueue['depth'] = () => Promise.resolve(0);
  epoch = () => Promise.resolve('test');
  close = () => Promise.resolve();

  take(agency: AgencyCode): Hint {
    const at = this.offered.findIndex((hint) => hint.queue === agency);
    const [hint] = this.offered.splice(at, 1);
    if (at === -1 || hint === undefined) throw new Error(`no hint for ${agency}`);
    return hint;
  }
}

export interface TestPlatform {
  app: INestApplicationContext;
  agencies: TestAgencies;
  portal: TestPortal;
  webhooks: TestWebhooks;
  queue: TestQueue;
  database: Database;
  postgres: RunningPostgres;
  stop(): Promise<void>;
}

/** Every use case on a real PostgreSQL of its own; agencies and queue are the test's. */
export async function startPlatform(): Promise<TestPlatform> {
  const postgres = await startPostgres();
  Object.assign(process.env, {
    MASTER_KEY: randomBytes(32).toString('hex'),
    LOOKUP_KEY: randomBytes(32).toString('hex'),
    ENGINE_PROFILE: 'demo',
    AGENCY_CONTRACTS_FILE: join(process.cwd(), 'seeds', 'contracts', 'sandbox.json'),
  });
  const platform = await openPlatform(postgres);
  return {
    ...platform,
    stop: async () => {
      await platform.stop();
      await postgres.stop();
    },
  };
}

/** The same keys on another database of the same server. */
export async function openPlatform(postgres: RunningPostgres, url: string = postgres.url): Promise<TestPlatform> {
  process.env['DATABASE_URL'] = url;
  const agencies = new TestAgencies();
  const queue = new TestQueue();
  const portal = new TestPortal();
  const webhooks = new TestWebhooks();
  const verifier = {
    verify: (_owner: string, _message: RawMessage) => ({ keyId: 'k', nonce: randomBytes(12).toString('hex') }),
  };

  @Global()
  @Module({
    providers: [
      { provide: ADAPTER_BOOK, useValue: agencies },
      { provide: PORTAL, useValue: portal },
      { provide: WEBHOOK_SENDER, useValue: webhooks },
      { provide: HINT_QUEUE, useValue: queue },
      { provide: MESSAGE_VERIFIER, useValue: verifier },
      { provide: FILE_VERIFIER, useValue: { isSigned: (_owner: string, keyId: string) => keyId === 'k' } },
    ],
    exports: [ADAPTER_BOOK, PORTAL, WEBHOOK_SENDER, HINT_QUEUE, MESSAGE_VERIFIER, FILE_VERIFIER],
  })
  class TestModule {}

  const app = await NestFactory.createApplicationContext(ApplicationModule.with(PersistenceModule, TestModule), {
    logger: false,
  });
  const database = app.get(Database);
  // the test's process is the only one that calls
  for (const agency of AGENCIES) app.get(CallPacer).allot(agency, { slots: 64, callsPerSecond: 10_000 }, Infinity);
  return {
    app,
    agencies,
    portal,
    webhooks,
    queue,
    database,
    postgres,
    stop: async () => {
      await app.close();
      await database.onApplicationShutdown().catch(() => undefined);
    },
  };
}
