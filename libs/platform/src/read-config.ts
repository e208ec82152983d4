import 'reflect-metadata';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';

/** A setting is missing or wrong: names only, so its message may be shown. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads one config class from the environment, or stops the process with every mistake listed by name (never by value). */
export function readConfig<T extends object>(type: ClassConstructor<T>, env: NodeJS.ProcessEnv = process.env): T {
  const config = plainToInstance(type, env, { enableImplicitConversion: true, exposeDefaultValues: true });
  const errors = validateSync(config, { skipMissingProperties: false });
  if (errors.length === 0) return config;
  throw new ConfigError(`Bad environment for ${type.name}: ${errors.map((error) => error.property).join(', ')}`);
}
