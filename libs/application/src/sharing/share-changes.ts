import { dueShares, isInForce, type Receiver } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import { type DueDelivery, SHARE_STORE, type SharedCase, type ShareStore } from '../ports/share-store';
import { RECEIVERS } from './load-receivers';
import { sharedState } from './shared-state';

const PAGE = 1_000;

/**
 * Reads the history after the fact and writes down what each receiver is to be told (P19): families and agencies wait for
 * none of it, and a round that is lost is made again from the same place.
 */
@Injectable()
export class ShareChanges {
  constructor(
    @Inject(SHARE_STORE) private readonly store: ShareStore,
    @Inject(RECEIVERS) private readonly receivers: readonly Receiver[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Until nothing new is left, or another process is at it. */
  async catchUp(): Promise<void> {
    const now = this.clock.now();
    const receivers = this.receivers.filter((one) => isInForce(one, toShanghaiDate(now)));
    if (receivers.length === 0) return;
    for (;;) {
      const passed = await this.store.round(PAGE, now, (changed) => sharesOf(receivers, changed));
      if (passed < PAGE) return;
    }
  }
}

const sharesOf = (receivers: readonly Receiver[], { loaded, told }: SharedCase): DueDelivery[] =>
  loaded.state.newborns.flatMap(({ index: newbornIndex }) => {
    const state = sharedState(loaded, newbornIndex);
    const before = told.filter((one) => one.newbornIndex === newbornIndex);
    return receivers.flatMap((receiver) =>
      dueShares(receiver, state, before).map((share) => ({
        ...share,
        newbornIndex,
        mode: receiver.mode,
      })),
    );
  });
