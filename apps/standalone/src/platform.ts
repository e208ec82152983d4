import 'reflect-metadata';
import { createLogger, endWithParent, JsonLogger, readConfig, sayReady } from '@birth/platform';
import { Module } from '@nestjs/common';
import { ApiConfig } from '../../api/src/api.config';
import { ApiModule } from '../../api/src/api.module';
import { createApi } from '../../api/src/create-api';
import { WorkerModule } from '../../worker/src/worker.module';

/** Everything in one process: for a small county, a demonstration, a laptop. */
@Module({ imports: [ApiModule, WorkerModule] })
class PlatformModule {}

async function main(): Promise<void> {
  const { PORT, HOST, LOG_LEVEL } = readConfig(ApiConfig);
  const app = await createApi(PlatformModule, new JsonLogger(createLogger('platform', LOG_LEVEL)));
  await app.listen(PORT, HOST);
  endWithParent(() => app.close());
  sayReady();
}

void main();
