import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Client, Pool, type PoolConfig, type QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { Schema1764000000000 } from './migrations/1764000000000-schema';
import { Fertility1764100000000 } from './migrations/1764100000000-fertility';
import { EventReason1764200000000 } from './migrations/1764200000000-event-reason';
import { NewbornDeath1764400000000 } from './migrations/1764400000000-newborn-death';
import { KeptMessages1764200000001 } from './migrations/1764200000001-kept-messages';
import { Supervision1764300000000 } from './migrations/1764300000000-supervision';
import { OfficeDuty1764400000001 } from './migrations/1764400000001-office-duty';
import { StatutoryMetBy1764500000000 } from './migrations/1764500000000-statutory-met-by';
import { OverallPromise1764500000001 } from './migrations/1764500000001-overall-promise';
import { PaperCustody1764600000000 } from './migrations/1764600000000-paper-custody';
import { DeliveredSteps1764500000002 } from './migrations/1764500000002-delivered-steps';
import { Insured1764700000000 } from './migrations/1764700000000-insured';
import { Deliveries1764800000000 } from './migrations/1764800000000-deliveries';
import { CoordinatedChecks1764500000003 } from './migrations/1764500000003-coordinated-checks';
import { AcceptingOffices1764500000004 } from './migrations/1764500000004-accepting-offices';
import { DeathRetracted1764900000000 } from './migrations/1764900000000-death-retracted';
import { AnswerModes1765600000000 } from './migrations/1765600000000-answer-modes';
import { BatchFiles1765600000001 } from './migrations/1765600000001-batch-files';
import { PortalRatings1766400000301 } from './migrations/1766400000301-portal-ratings';
import { Ratings1766400000300 } from './migrations/1766400000300-ratings';
import { RequestNonces1766400000001 } from './migrations/1766400000001-request-nonces';
import { EvidenceExports1766400000000 } from './migrations/1766400000000-evidence-exports';
import { Sharing1766000000000 } from './migrations/1766000000000-sharing';
import { LateBirthRecords1765100000000 } from './migrations/1765100000000-late-birth-records';
import { HospitalStay1765200000000 } from './migrations/1765200000000-hospital-stay';
import { ExchangeChain1765300000000 } from './migrations/1765300000000-exchange-chain';
import { MessageEvidence1765300000001 } from './migrations/1765300000001-message-evidence';
import { SignedRoots1765300000002 } from './migrations/1765300000002-signed-roots';
import { RestoreEpoch1765700000000 } from './migrations/1765700000000-restore-epoch';
import { Reconciliation1765700000001 } from './migrations/1765700000001-reconciliation';
import { AgencyTraffic1765800000000 } from './migrations/1765800000000-agency-traffic';
import { PortalCases1766300000000 } from './migrations/1766300000000-portal-cases';
import { PortalRecords1766300000001 } from './migrations/1766300000001-portal-records';
import { SignedExchanges1766200000000 } from './migrations/1766200000000-signed-exchanges';
import { UnheardParents1766100000000 } from './migrations/1766100000000-unheard-parents';
import { ShareRecovery1766400000500 } from './migrations/1766400000500-share-recovery';
import { ShareTable1766400000201 } from './migrations/1766400000201-share-table';
import { ShareWebhooks1766400000200 } from './migrations/1766400000200-share-webhooks';
import type { PersistenceConfig } from './persistence.config';
import { type Answer, runBatch, type Statement } from './batch';
import { SNAPSHOT, Transaction } from './transaction';

const MIGRATION_LOCK = 727_001;
const DEADLOCK = '40P01';

/** Connections to the truth: one pool that commits durably, a small one whose commits may be lost in a crash. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly pool: Pool;
  private readonly relaxed: Pool;
  /** What must not wait behind work that piles up: the rounds by which processes know of each other. */
  private readonly aside: Pool;

  constructor(private readonly config: PersistenceConfig) {
    this.pool = new Pool(poolConfig(config, ''));
    this.relaxed = new Pool({ ...poolConfig(config, ' -c synchronous_commit=off'), max: 6 });
    this.aside = new Pool({ ...poolConfig(config, ' -c synchronous_commit=off'), max: 1 });
    for (const pool of [this.pool, this.relaxed, this.aside]) {
      pool.on('error', () => undefined);
      // a connection that is lent out when the server dies has no listener of the pool's: it would end the process
      pool.on('connect', (client) => client.on('error', () => undefined));
    }
  }

  /** One statement, one round trip; `isRelaxed` where a crash of PostgreSQL may undo it. */
  async query<R extends QueryResultRow>(statement: Statement, isRelaxed = false): Promise<R[]> {
    const [answer] = await this.queries([statement], isRelaxed);
    return answer?.rows as R[];
  }

  /** Several in one round trip and one transaction. */
  async queries(statements: readonly Statement[], isRelaxed = false): Promise<Answer[]> {
    return this.batchOn(isRelaxed ? this.relaxed : this.pool, statements);
  }

  /** Several in one round trip on a connection of their own; a crash of PostgreSQL may undo them. */
  queriesAside(statements: readonly Statement[]): Promise<Answer[]> {
    return this.batchOn(this.aside, statements);
  }

  private async batchOn(pool: Pool, statements: readonly Statement[]): Promise<Answer[]> {
    const client = await pool.connect();
    let isBroken = true;
    try {
      const answers = await runBatch(client, statements);
      isBroken = false;
      return answers;
    } finally {
      client.release(isBroken);
    }
  }

  /** Runs `work` between BEGIN and COMMIT; `commit: false` rolls back. A deadlock is retried once (40P01). */
  async transaction<T>(work: (transaction: Transaction) => Promise<{ commit: boolean; value: T }>): Promise<T> {
    try {
      return await this.attempt(work);
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK) throw error;
      return this.attempt(work);
    }
  }

  /** Reads that see one moment. */
  snapshot<T>(read: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.attempt(async (transaction) => ({ commit: false, value: await read(transaction) }), SNAPSHOT);
  }

  private async attempt<T>(
    work: (transaction: Transaction) => Promise<{ commit: boolean; value: T }>,
    begin?: Statement,
  ): Promise<T> {
    const client = await this.pool.connect();
    const transaction = new Transaction(client, begin);
    try {
      const { commit, value } = await work(transaction);
      await transaction.end(commit);
      return value;
    } catch (error) {
      await transaction.rollBack();
      throw error;
    } finally {
      client.release(transaction.isBroken);
    }
  }

  /** Several processes may start at once: one migrates, the others wait and find it done. */
  async migrate(): Promise<void> {
    const source = dataSource(this.config.DATABASE_URL);
    await source.initialize();
    const client = new Client({ connectionString: this.config.DATABASE_URL });
    await client.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await source.runMigrations({ transaction: 'all' });
    } finally {
      await client.end();
      await source.destroy();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pool.end(), this.relaxed.end(), this.aside.end()]);
  }
}

function poolConfig(config: PersistenceConfig, extra: string): PoolConfig {
  return {
    connectionString: config.DATABASE_URL,
    max: config.DB_POOL_MAX,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'birth',
    // every statement finds its rows by an index, whatever its values: it is planned once a connection, and a plan made
    // while a table was small must not scan it
    options:
      '-c statement_timeout=5000 -c idle_in_transaction_session_timeout=15000 -c lock_timeout=2000 -c jit=off -c enable_seqscan=off -c plan_cache_mode=force_generic_plan' +
      extra,
  };
}

/** TypeORM's door to the same database: migrations, and the command line. */
export const dataSource = (url: string): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    migrations: [
      Schema1764000000000,
      Fertility1764100000000,
      EventReason1764200000000,
      KeptMessages1764200000001,
      Supervision1764300000000,
      NewbornDeath1764400000000,
      OfficeDuty1764400000001,
      StatutoryMetBy1764500000000,
      OverallPromise1764500000001,
      PaperCustody1764600000000,
      DeliveredSteps1764500000002,
      Insured1764700000000,
      Deliveries1764800000000,
      CoordinatedChecks1764500000003,
      AcceptingOffices1764500000004,
      DeathRetracted1764900000000,
      LateBirthRecords1765100000000,
      HospitalStay1765200000000,
      ExchangeChain1765300000000,
      MessageEvidence1765300000001,
      SignedRoots1765300000002,
      AnswerModes1765600000000,
      BatchFiles1765600000001,
      RestoreEpoch1765700000000,
      Reconciliation1765700000001,
      AgencyTraffic1765800000000,
      Sharing1766000000000,
      SignedExchanges1766200000000,
      PortalCases1766300000000,
      PortalRecords1766300000001,
      UnheardParents1766100000000,
      EvidenceExports1766400000000,
      RequestNonces1766400000001,
      Ratings1766400000300,
      PortalRatings1766400000301,
      ShareWebhooks1766400000200,
      ShareTable1766400000201,
      ShareRecovery1766400000500,
    ],
    entities: [],
    synchronize: false,
    installExtensions: false,
    migrationsTableName: 'migration',
  });
