import type { NewbornState } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import { deathOf } from '../births/death-of';
import type { Reply } from '../caller';
import type { NewbornRef } from '../family/decide-name';
import type { LoadedCase } from '../ports/case-store';
import type { DeathRecorded } from '../shapes/clerk-shapes';
import { StepTransitions } from '../step-transitions';
import { iso } from '../views/moments';
import { isInScope } from './clerk-scope';
import type { Clerk } from './clerk-steps';

/** A clerk was told of a newborn's death; told again, nothing changes (policy P16). */
@Injectable()
export class RecordDeath {
  constructor(private readonly transitions: StepTransitions) {}

  async execute(clerk: Clerk, { applicationId, newbornIndex }: NewbornRef, reason: string): Promise<Reply> {
    let known: NewbornState | undefined;
    await this.transitions.apply({
      ref: { applicationId },
      by: { actor: 'clerk', actorId: clerk.subject },
      event: (loaded) => {
        mustSeeNewborn(loaded, newbornIndex, clerk);
        return deathOf(loaded, newbornIndex, 'clerk');
      },
      attach: ({ state }) => {
        known = state.newborns.find(({ index }) => index === newbornIndex);
        return { eventReason: reason };
      },
    });
    if (known?.deathReportedAt == null) throw new Problem(404, 'not_found');
    const deathReportedAt = iso(known.deathReportedAt);
    return { status: 200, body: { applicationId, newbornIndex, deathReportedAt } satisfies DeathRecorded };
  }
}

/** A newborn without a step in the clerk's scope is as unknown as none. */
export function mustSeeNewborn({ state }: LoadedCase, newbornIndex: number, { scope }: Clerk): void {
  const isSeen = state.steps.some((step) => step.newbornIndex === newbornIndex && isInScope(scope, step));
  if (!isSeen) throw new Problem(404, 'not_found');
}
