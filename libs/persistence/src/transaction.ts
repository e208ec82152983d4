import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { Writable } from 'node:stream';

export interface Statement {
  /** Prepared once a connection under this name. */
  name: string;
  text: string;
  values: unknown[];
}

/** Reads that all see the moment of the first. */
export const SNAPSHOT = 'ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * One transaction on one connection. BEGIN travels with the first statement, COMMIT with the last: two round trips
 * instead of four, a packet each.
 */
export class Transaction {
  private begun: Promise<unknown> | null = null;
  private hasEnded = false;
  /** The connection cannot be used again. */
  isBroken = false;

  constructor(
    private readonly client: PoolClient,
    private readonly mode: '' | typeof SNAPSHOT = '',
  ) {}

  query<R extends QueryResultRow>(statement: Omit<Statement, 'name'> & { name?: string }): Promise<QueryResult<R>> {
    return this.atOnce(() => {
      this.begin();
      return this.client.query<R>(statement);
    });
  }

  /** Statements that do not need each other's results, one after the other; the rows of each. */
  async together(statements: readonly Statement[]): Promise<QueryResultRow[][]> {
    const asked = this.atOnce(() => {
      this.begin();
      return statements.map((statement) => this.client.query(statement));
    });
    const answers = await Promise.allSettled(asked);
    return answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value.rows as QueryResultRow[];
    });
  }

  /** The last statement and its commit. When it fails nothing is kept: PostgreSQL answers the COMMIT by rolling back. */
  async last<R extends QueryResultRow>(statement: Statement): Promise<QueryResult<R>> {
    const [result, committed] = await Promise.allSettled(
      this.atOnce(() => {
        this.begin();
        return [this.client.query<R>(statement), this.commit()] as const;
      }),
    );
    if (result.status === 'rejected') throw result.reason;
    if (committed.status === 'rejected') throw committed.reason;
    return result.value;
  }

  async end(commit: boolean): Promise<void> {
    if (this.hasEnded) return;
    if (commit) await this.commit();
    else await this.rollBack();
  }

  async rollBack(): Promise<void> {
    if (this.hasEnded) return;
    this.hasEnded = true;
    if (this.begun === null) return;
    await this.client.query('ROLLBACK').catch(() => (this.isBroken = true));
  }

  private begin(): void {
    if (this.begun !== null) return;
    this.begun = this.client.query(`BEGIN ${this.mode}`);
    this.begun.catch(() => (this.isBroken = true));
  }

  private async commit(): Promise<void> {
    this.hasEnded = true;
    if (this.begun === null) return;
    const ended = await Promise.all([this.begun, this.client.query('COMMIT')]).catch((error: unknown) => {
      this.isBroken = true;
      throw error;
    });
    if (ended[1].command !== 'COMMIT') throw new Error('the transaction was rolled back');
  }

  /** Whatever `send` writes leaves in one packet: a system call each costs more than the statement. */
  private atOnce<T>(send: () => T): T {
    const { stream } = (this.client as unknown as { connection: { stream: Writable } }).connection;
    stream.cork();
    try {
      return send();
    } finally {
      stream.uncork();
    }
  }
}
