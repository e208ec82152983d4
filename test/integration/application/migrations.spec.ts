import { dataSource } from '@birth/persistence';
import { type RunningPostgres, startPostgres } from '../../../apps/standalone/src/embedded';

describe('migrations', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('go up, down and up again, and leave nothing behind on the way down', async () => {
    const source = await dataSource(postgres.url).initialize();
    try {
      const { length } = await source.runMigrations();
      for (let undone = 0; undone < length; undone++) await source.undoLastMigration();
      const left = await source.query<{ relname: string }[]>(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'p') and relname not like 'migration%'`,
      );
      expect(left).toEqual([]);
      expect(await source.runMigrations()).toHaveLength(length);
    } finally {
      await source.destroy();
    }
  });
});
