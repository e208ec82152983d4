import 'reflect-metadata';
import { createLogger, endWithParent, JsonLogger, readConfig, sayReady } from '@birth/platform';
import { ApiConfig } from './api.config';
import { ApiModule } from './api.module';
import { createApi } from './create-api';

async function main(): Promise<void> {
  const { PORT, HOST, LOG_LEVEL } = readConfig(ApiConfig);
  const app = await createApi(ApiModule, new JsonLogger(createLogger('api', LOG_LEVEL)));
  await app.listen(PORT, HOST);
  endWithParent(() => app.close());
  sayReady();
}

void main();
