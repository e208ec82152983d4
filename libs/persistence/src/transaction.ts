import type { PoolClient, QueryResultRow } from 'pg';
import { type Answer, runBatch, type Statement } from './batch';

const BEGIN: Statement = { name: 'begin', text: 'BEGIN' };
const COMMIT: Statement = { name: 'commit', text: 'COMMIT' };
/** Reads that all see the moment of the first. */
export const SNAPSHOT: Statement = { name: 'snapshot', text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' };

/**
 * One transaction on one connection. BEGIN travels with the first statement, COMMIT with the last: two round trips
 * instead of four.
 */
export class Transaction {
  private state: 'new' | 'open' | 'ended' = 'new';
  /** The connection cannot be used again. */
  isBroken = false;

  constructor(
    private readonly client: PoolClient,
    private readonly begin: Statement = BEGIN,
  ) {}

  async query<R extends QueryResultRow>(statement: Statement): Promise<Answer<R>> {
    const [answer] = await this.together([statement]);
    return answer as Answer<R>;
  }

  /** Statements that do not need each other's results, one after the other; the answer of each. */
  async together(statements: readonly Statement[]): Promise<Answer[]> {
    if (this.state !== 'new') return runBatch(this.client, statements);
    this.state = 'open';
    const [, ...answers] = await runBatch(this.client, [this.begin, ...statements]);
    return answers;
  }

  /** The last statements and their commit. When one fails, nothing is committed. */
  async last(statements: readonly Statement[]): Promise<Answer[]> {
    const answers = await this.together([...statements, COMMIT]);
    this.state = 'ended';
    if (answers.at(-1)?.command !== 'COMMIT') throw new Error('the transaction was rolled back');
    return answers.slice(0, -1);
  }

  async end(commit: boolean): Promise<void> {
    if (!commit) await this.rollBack();
    else if (this.state === 'open') await this.last([]);
  }

  async rollBack(): Promise<void> {
    const isOpen = this.state === 'open';
    this.state = 'ended';
    if (isOpen) await this.client.query('ROLLBACK').catch(() => (this.isBroken = true));
  }
}
