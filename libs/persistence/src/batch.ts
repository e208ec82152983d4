import { types, type Connection, type PoolClient, type QueryResultRow, type Submittable } from 'pg';
import { prepareValue } from 'pg/lib/utils.js';

export interface Statement {
  /** Prepared once a connection under this name; without a name it is prepared each time. */
  name?: string;
  text: string;
  values?: unknown[];
}

export interface Answer<R extends QueryResultRow = QueryResultRow> {
  rows: R[];
  /** Rows that were read or changed. */
  rowCount: number;
  /** What was done: INSERT, COMMIT, ROLLBACK ... */
  command: string;
}

interface Column {
  name: string;
  parse: (text: string) => unknown;
}
interface FieldMessage {
  fields: readonly { name: string; dataTypeID: number }[];
}
interface Prepared {
  text: string;
  columns: Column[];
}
type Settle = (error: Error | null, answers: Answer[]) => void;

/** What each connection has prepared, by name, and the columns of what it answers. */
const prepared = new WeakMap<Connection, Map<string, Prepared>>();

/**
 * Statements that do not need each other's results, answered in one flush: a Sync behind the last alone. The first that
 * fails ends the rest unexecuted; a transaction that was begun stays open and aborted. (PostgreSQL 54.2.4, pipelining.)
 */
export async function runBatch(client: PoolClient, statements: readonly Statement[]): Promise<Answer[]> {
  try {
    return await new Promise<Answer[]>((resolve, reject) => {
      const settle: Settle = (error, answers) => (error === null ? resolve(answers) : reject(error));
      client.query(new Batch(statements, settle));
    });
  } catch (error) {
    // the stack of the reader of the socket says nothing about who asked
    if (error instanceof Error) Error.captureStackTrace(error, runBatch);
    throw error;
  }
}

/** A query as pg's Client runs it: it submits itself and is told of each message of the answer. */
class Batch implements Submittable {
  private readonly values: unknown[][];
  private readonly answers: Answer[] = [];
  private readonly fresh = new Map<number, string>();
  private known = new Map<string, Prepared>();
  private current: Column[] = [];
  private rows: QueryResultRow[] = [];

  constructor(
    private readonly statements: readonly Statement[],
    private readonly settle: Settle,
  ) {
    // before anything is sent: a value that cannot be written must not leave half a batch behind
    this.values = statements.map(({ values }) => (values ?? []).map((value) => prepareValue(value)));
  }

  /** pg hands an error that is returned to handleError. */
  submit(connection: Connection): Error | null {
    this.known = prepared.get(connection) ?? this.known;
    prepared.set(connection, this.known);
    const twice = this.calledTwice();
    if (twice !== null) return new Error(`two statements are called ${twice}`);
    connection.stream.cork();
    for (const [index, statement] of this.statements.entries()) this.send(connection as Protocol, statement, index);
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  private calledTwice(): string | null {
    const texts = new Map<string, string>();
    for (const { name = '', text } of this.statements) {
      const first = this.known.get(name)?.text ?? texts.get(name) ?? text;
      if (name !== '' && first !== text) return name;
      texts.set(name, text);
    }
    return null;
  }

  private send(connection: Protocol, { name = '', text }: Statement, index: number): void {
    if (name === '' || !this.known.has(name)) {
      // one that failed right after it was prepared may stand there still
      connection.close({ type: 'S', name });
      connection.parse({ name, text });
      connection.describe({ type: 'S', name });
      this.known.set(name, { text, columns: [] });
      this.fresh.set(index, name);
    }
    connection.bind({ statement: name, values: this.values[index] });
    connection.execute({});
  }

  handleRowDescription({ fields }: FieldMessage): void {
    const columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: types.getTypeParser(dataTypeID, 'text') as Column['parse'],
    }));
    const { name = '', text = '' } = this.statements[this.answers.length] ?? {};
    this.known.set(name, { text, columns });
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.rows.length === 0) {
      this.current = this.known.get(this.statements[this.answers.length]?.name ?? '')?.columns ?? [];
    }
    const row: QueryResultRow = {};
    for (const [index, { name, parse }] of this.current.entries()) {
      const text = fields[index];
      row[name] = text === null || text === undefined ? null : parse(text);
    }
    this.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const words = text.split(' ');
    this.answers.push({ rows: this.rows, rowCount: Number(words.at(-1)) || 0, command: words[0] ?? '' });
    this.rows = [];
  }

  /** What was to be prepared from here on is not known to have been. */
  handleError(error: Error): void {
    for (const [index, name] of this.fresh) if (index >= this.answers.length) this.known.delete(name);
    this.settle(error, []);
  }

  handleReadyForQuery(): void {
    this.settle(null, this.answers);
  }
}

/** The messages as pg-protocol writes them; the published types are older than they are. */
interface Protocol extends Omit<Connection, 'parse' | 'bind' | 'execute' | 'describe' | 'close'> {
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: unknown[] | undefined }): void;
  execute(message: Record<string, never>): void;
  describe(message: { type: 'S'; name: string }): void;
  close(message: { type: 'S'; name: string }): void;
}
