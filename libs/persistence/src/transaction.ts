import type { PoolClient, QueryResult, QueryResultRow } from 'pg';

export interface Statement {
  /** Prepared once a connection under this name. */
  name: string;
  text: string;
  values: unknown[];
}

/** One transaction on one connection. BEGIN travels with the first statement, COMMIT with the last: two round trips instead of four. */
export class Transaction {
  private readonly begun: Promise<unknown>;
  private hasEnded = false;
  /** The connection cannot be used again. */
  isBroken = false;

  constructor(private readonly client: PoolClient) {
    this.begun = client.query('BEGIN');
    this.begun.catch(() => (this.isBroken = true));
  }

  query<R extends QueryResultRow>(statement: Omit<Statement, 'name'> & { name?: string }): Promise<QueryResult<R>> {
    return this.client.query<R>(statement);
  }

  /** The last statement and its commit. When it fails nothing is kept: PostgreSQL answers the COMMIT by rolling back. */
  async last<R extends QueryResultRow>(statement: Statement): Promise<QueryResult<R>> {
    const [result, committed] = await Promise.allSettled([this.client.query<R>(statement), this.commit()]);
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
    await this.client.query('ROLLBACK').catch(() => (this.isBroken = true));
  }

  private async commit(): Promise<void> {
    this.hasEnded = true;
    const ended = await Promise.all([this.begun, this.client.query('COMMIT')]).catch((error: unknown) => {
      this.isBroken = true;
      throw error;
    });
    if (ended[1].command !== 'COMMIT') throw new Error('the transaction was rolled back');
  }
}
