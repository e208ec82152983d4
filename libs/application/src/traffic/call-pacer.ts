import { AGENCIES, type AgencyCode, type Share } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { performance } from 'node:perf_hooks';
import { AgencyUnavailable } from '../ports/agency-errors';
import { CallLane } from './call-lane';
import { type CallPass, FREE_PASS } from './call-pass';

const monotonic = (): number => performance.now();

export interface EnteredPass extends CallPass {
  /** null: nothing was called, or nobody knows. */
  readonly outcome: boolean | null;
  leave(): void;
}

/** Lets this process's calls go at the pace of its share; no call asks anybody else. */
@Injectable()
export class CallPacer {
  private readonly lanes: ReadonlyMap<AgencyCode, CallLane>;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    engine: EngineConfig,
  ) {
    const { secondMs } = engine.times.share;
    this.lanes = new Map(AGENCIES.map((agency) => [agency, new CallLane(monotonic, secondMs)]));
  }

  /** Valid for so long from `heardAt` of the monotonic clock. */
  allot(agency: AgencyCode, share: Share, validUntil: number): void {
    this.lane(agency).allot(share, validUntil);
  }

  /** The turn of a first request; null when none comes within `patienceMs`. */
  async enter(agency: AgencyCode, patienceMs: number, isProbe = false): Promise<EnteredPass | null> {
    const lane = this.lane(agency);
    const at = await lane.turn(monotonic() + patienceMs, isProbe);
    return at === null ? null : this.passAt(lane, at, isProbe);
  }

  /** For what no hint asks: each request waits for its turn among the first ones, and holds no slot. */
  withoutHint(agency: AgencyCode): CallPass {
    const lane = this.lane(agency);
    return { ...FREE_PASS, admit: (deadlineAt) => this.nextTurn(lane, deadlineAt, false) };
  }

  private passAt(lane: CallLane, at: number, isProbe: boolean): EnteredPass {
    let isUsed = false;
    let outcome: boolean | null = null;
    lane.begin();
    return {
      isProbe,
      get outcome() {
        return outcome;
      },
      isBusy: () => lane.isBusy(),
      settled: (isAnswered) => void (outcome = isAnswered),
      admit: async (deadlineAt) => {
        if (isUsed) await this.nextTurn(lane, deadlineAt, true);
        isUsed = true;
      },
      leave: () => {
        if (!isUsed) lane.giveBack(at);
        lane.end();
      },
    };
  }

  private async nextTurn(lane: CallLane, deadlineAt: number, isBegun: boolean): Promise<void> {
    const at = await lane.turn(monotonic() + deadlineAt - this.clock.now(), isBegun);
    if (at === null) throw new AgencyUnavailable('no turn before the deadline');
  }

  private lane(agency: AgencyCode): CallLane {
    const lane = this.lanes.get(agency);
    if (lane === undefined) throw new Error(`no lane to ${agency}`);
    return lane;
  }
}
