import { Database } from '@birth/persistence';
import { type RunningPostgres, startPostgres } from '../../../apps/standalone/src/embedded';
import { until } from '../../../apps/standalone/src/embedded/until';

const put = (id: number) => ({ name: 'put', text: 'insert into thing (id) values ($1)', values: [id] });
const count = { name: 'count', text: 'select count(*)::int as n from thing' };

describe('statements in one batch, on real PostgreSQL', () => {
  let postgres: RunningPostgres;
  let database: Database;
  const open = () => new Database({ DATABASE_URL: postgres.url, DB_POOL_MAX: 1, DB_MIGRATE: false });
  beforeAll(async () => {
    postgres = await startPostgres();
    database = open();
    await database.query({ text: 'create table thing (id int primary key, note jsonb, seen bytea, at timestamptz)' });
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await postgres.stop();
  });
  beforeEach(() => database.query({ text: 'delete from thing' }));

  const stored = async () => (await database.query<{ n: number }>(count))[0]?.n;

  it('answers each statement with its rows, columns as they were written', async () => {
    const at = new Date('2026-11-02T08:30:00Z');
    const answers = await database.queries([
      {
        name: 'put_all',
        text: 'insert into thing values ($1, $2, $3, $4)',
        values: [1, { a: [1] }, Buffer.from('x'), at],
      },
      put(2),
      { name: 'all', text: 'select * from thing order by id' },
      { text: `delete from thing where id > $1 returning id`, values: [0] },
    ]);
    expect(answers.map(({ command, rowCount }) => [command, rowCount])).toEqual([
      ['INSERT', 1],
      ['INSERT', 1],
      ['SELECT', 2],
      ['DELETE', 2],
    ]);
    expect(answers[2]?.rows).toEqual([
      { id: 1, note: { a: [1] }, seen: Buffer.from('x'), at },
      { id: 2, note: null, seen: null, at: null },
    ]);
    expect(answers[3]?.rows).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('keeps nothing when one fails, and the connection goes on with what it had prepared', async () => {
    const later = { name: 'first_after_the_failure', text: 'select 1 as one' };
    await expect(database.queries([put(3), put(3), later])).rejects.toMatchObject({ code: '23505' });
    expect(await stored()).toBe(0);
    await expect(database.queries([put(4), later])).resolves.toMatchObject([{ rowCount: 1 }, { rows: [{ one: 1 }] }]);
  });

  it('prepares again what failed in the moment it was prepared', async () => {
    const half = (divisor: number) => ({ name: 'half', text: 'select 1 / $1::int as one', values: [divisor] });
    await expect(database.queries([half(0)])).rejects.toMatchObject({ code: '22012' });
    expect(await database.query(half(1))).toEqual([{ one: 1 }]);
  });

  it('sends nothing of a batch that holds a value which cannot be written', async () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const unwritable = { name: 'note', text: 'insert into thing (id, note) values (6, $1)', values: [loop] };
    await expect(database.queries([put(5), unwritable])).rejects.toThrow(/circular/);
    expect(await stored()).toBe(0);
  });

  it('refuses a second text under the same name, and says which', async () => {
    await database.query(count);
    await expect(database.query({ ...count, text: 'select 2 as n' })).rejects.toThrow(
      'two statements are called count',
    );
    const both = [
      { name: 'both', text: 'select 1 as n' },
      { name: 'both', text: 'select 2 as n' },
    ];
    await expect(database.queries(both)).rejects.toThrow('two statements are called both');
    expect(await stored()).toBe(0);
  });

  it('says who asked', async () => {
    const asksForNothing = () => database.query({ text: 'select nothing' });
    const error = await asksForNothing().catch((reason: Error) => reason);
    expect((error as Error).stack).toContain('database.ts');
  });

  it('commits with the last statement, and not at all when an earlier one failed', async () => {
    await database.transaction(async (transaction) => {
      await transaction.query(put(7));
      await transaction.last([put(8)]);
      return { commit: true, value: null };
    });
    expect(await stored()).toBe(2);
    const swallowed = database.transaction(async (transaction) => {
      await transaction.query(put(9));
      await transaction.query(put(9)).catch(() => undefined);
      return { commit: true, value: null };
    });
    await expect(swallowed).rejects.toThrow('rolled back');
    const refused = database.transaction(async (transaction) => {
      await transaction.last([put(10), put(10)]);
      return { commit: true, value: null };
    });
    await expect(refused).rejects.toMatchObject({ code: '23505' });
    expect(await stored()).toBe(2);
  });

  it('rejects what is under way when the server dies, and works with the next one', async () => {
    const sleeping = database.query({ text: 'select pg_sleep(4)' });
    sleeping.catch(() => undefined);
    const watcher = open();
    const end = {
      text: `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(4)%'
      and pid <> pg_backend_pid() and application_name = 'birth'`,
    };
    await until(async () => (await watcher.query(end)).length === 1, 3_000, 'the statement runs');
    await watcher.onApplicationShutdown();
    await expect(sleeping).rejects.toThrow();
    expect(await stored()).toBe(0);
  });
});
