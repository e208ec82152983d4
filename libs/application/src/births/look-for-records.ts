import type { CaseEvent } from '@birth/domain';
import { Inject, Injectable } from '@nestjs/common';
import { type County, COUNTY } from '../county';
import type { ActedBy } from '../event-chain';
import type { LoadedCase } from '../ports/case-store';
import { StepTransitions } from '../step-transitions';
import { openedNewborns, type RecordsTaken, takeRecords, waitingNewborns } from './waiting-newborns';

/**
 * Gives a case the hospital's records that it waits for. Asked whenever either side may have come: a record, the filing,
 * a DEADLINE. Asking again changes nothing, so a crash or a race between the two sides is healed by the next asking.
 */
@Injectable()
export class LookForRecords {
  constructor(
    @Inject(COUNTY) private readonly county: County,
    private readonly transitions: StepTransitions,
  ) {}

  async execute(applicationId: string, by: ActedBy): Promise<void> {
    let taken: RecordsTaken = { events: [], attachments: {} };
    await this.transitions.apply({
      ref: { applicationId },
      by,
      sections: ['claim', 'birth'],
      records: true,
      event: (loaded) => {
        taken = this.look(loaded);
        return taken.events.length === 0 ? null : taken.events;
      },
      attach: () => taken.attachments,
    });
  }

  /** The mother gives her word: her records are looked at now; where none is this child's, the hospital owes one. */
  open(loaded: LoadedCase): RecordsTaken {
    const opened = openedNewborns(loaded, this.county);
    const owed = opened.filter(({ verdict }) => verdict.kind !== 'same');
    const holds = owed.map(({ index: newbornIndex }): CaseEvent => ({
      type: 'hold_placed',
      newbornIndex,
      hold: 'hospital_record_missing',
    }));
    const { events, attachments } = takeRecords(opened);
    return { events: [...holds, ...events], attachments };
  }

  /** The same inside another transaction that loaded records, claims and births. */
  look(loaded: LoadedCase): RecordsTaken {
    return takeRecords(waitingNewborns(loaded, this.county));
  }
}
