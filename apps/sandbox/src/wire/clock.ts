import { readConfig } from '@birth/platform';
import { IsInt } from 'class-validator';

class ClockConfig {
  /** The agencies stand on another date than the machine. */
  @IsInt()
  SANDBOX_CLOCK_OFFSET_MS: number = 0;
}

const { SANDBOX_CLOCK_OFFSET_MS } = readConfig(ClockConfig);

/** The agencies' clock. */
export const nowMs = (): number => Date.now() + SANDBOX_CLOCK_OFFSET_MS;
