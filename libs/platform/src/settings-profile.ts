import { IsIn, IsInt, IsOptional, IsString, Min } from 'class-validator';

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
  breaker: BreakerTimes;
  share: ShareTimes;
}

interface BreakerTimes {
  /** Calls of so long ago count. */
  windowMs: number;
  /** First wait of an open breaker; each further one is twice as long, up to the cap. */
  openBaseMs: number;
  openCapMs: number;
  /** The longest a probe may take. */
  probeMs: number;
}

/** How processes divide an agency's rate without asking one another before a call. */
interface ShareTimes {
  /** A process that has not read the others for so long calls nobody. */
  staleMs: number;
  /** One that was not seen for so long is gone: stale, and its last second over. */
  seenMs: number;
  /** One that came waits until every other has made room, and its last second is over. */
  settleMs: number;
  /** In which an agency gets the calls of one second: 30 ms more cost 3 % of its rate, and bear as much jitter on the way. */
  secondMs: number;
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
    breaker: { windowMs: 30_000, openBaseMs: 5_000, openCapMs: 30_000, probeMs: 30_000 },
    share: { staleMs: 2_000, seenMs: 3_200, settleMs: 3_200, secondMs: 1_030 },
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
    breaker: { windowMs: 10_000, openBaseMs: 300, openCapMs: 2_000, probeMs: 3_000 },
    // all processes on one machine, each late by the others
    share: { staleMs: 2_000, seenMs: 3_200, settleMs: 3_200, secondMs: 1_100 },
  },
};

export class EngineConfig {
  @IsIn(['production', 'demo'])
  ENGINE_PROFILE: 'production' | 'demo' = 'production';

  @IsOptional()
  @IsInt()
  @Min(1)
  ENGINE_SLOTS: number = 16;

  /** The agencies' contracts; the county's own otherwise. */
  @IsOptional()
  @IsString()
  AGENCY_CONTRACTS_FILE?: string;

  get times(): EngineTimes {
    return PROFILES[this.ENGINE_PROFILE];
  }
}
