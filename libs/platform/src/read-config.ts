import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';

/** Reads one config class from the environment, or stops the process with every mistake listed by name (never by value). */
export function readConfig<T extends object>(type: ClassConstructor<T>, env: NodeJS.ProcessEnv = process.env): T {
  const config = plainToInstance(type, env, { enableImplicitConversion: true, exposeDefaultValues: true });
  const errors = validateSync(config, { skipMissingProperties: false });
  if (errors.length === 0) return config;
  throw new Error(`Bad environment for ${type.name}: ${errors.map((error) => error.property).join(', ')}`);
}
