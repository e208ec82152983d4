import { IsIn, IsInt, IsOptional, Min } from 'class-validator';

/** Times of the engine, milliseconds. The demo's profile is faster so that a whole case passes before one's eyes. */
export interface EngineTimes {
  callMs: number;
  leaseMs: number;
  visibilityMs: number;
  pollMs: number;
  backoffBaseMs: number;
  backoffCapMs: number;
  feederMs: number;
  /** Longest pause that one Retry-After may impose: a wrong header must not silence an agency for days. */
  pauseCapMs: number;
}

const PROFILES: Readonly<Record<'production' | 'demo', EngineTimes>> = {
  production: {
    callMs: 20_000,
    leaseMs: 30_000,
    visibilityMs: 10_000,
    pollMs: 60_000,
    backoffBaseMs: 1_000,
    backoffCapMs: 300_000,
    feederMs: 500,
    pauseCapMs: 3_600_000,
  },
  demo: {
    callMs: 2_000,
    leaseMs: 3_000,
    visibilityMs: 3_000,
    pollMs: 300,
    backoffBaseMs: 100,
    backoffCapMs: 2_000,
    feederMs: 100,
    pauseCapMs: 60_000,
  },
};

export class EngineConfig {
  @IsIn(['production', 'demo'])
  ENGINE_PROFILE: 'production' | 'demo' = 'production';

  @IsOptional()
  @IsInt()
  @Min(1)
  ENGINE_SLOTS: number = 16;

  get times(): EngineTimes {
    return PROFILES[this.ENGINE_PROFILE];
  }
}
