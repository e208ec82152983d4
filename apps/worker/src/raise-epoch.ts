import 'reflect-metadata';
import { Database, PersistenceConfig, raiseEpoch } from '@birth/persistence';
import { readConfig } from '@birth/platform';

/** `npm run raise-epoch`: after the database was restored to an earlier time, before any worker starts. */
async function main(): Promise<void> {
  const config = readConfig(PersistenceConfig);
  const database = new Database(config);
  if (config.DB_MIGRATE) await database.migrate();
  await database.onApplicationShutdown();
  const raised = await raiseEpoch(config.DATABASE_URL);
  process.stdout.write(`${JSON.stringify({ epoch: 'raised', due: raised })}\n`);
}

void main();
