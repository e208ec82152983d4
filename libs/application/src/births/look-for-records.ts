import type { CaseEvent } from '@birth/domain';
import { Inject, Injectable } from '@nestjs/common';
import { type County, COUNTY } from '../county';
import type { ActedBy } from '../event-chain';
import type { BirthRecord } from '../ports/birth-records';
import type { LoadedCase } from '../ports/case-store';
import { StepTransitions } from '../step-transitions';
import { RecordedDeaths } from './recorded-deaths';
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
    private readonly deaths: RecordedDeaths,
  ) {}

  async execute(applicationId: string, by: ActedBy): Promise<void> {
    let taken: RecordsTaken = { events: [], attachments: {} };
    let dead: BirthRecord['mother'] | null = null;
    await this.transitions.apply({
      ref: { applicationId },
      by,
      sections: ['claim', 'birth'],
      records: true,
      event: (loaded) => {
        taken = this.look(loaded);
        dead = deadMother(loaded);
        return taken.events.length === 0 ? null : taken.events;
      },
      attach: () => taken.attachments,
    });
    if (dead !== null) await this.deaths.tellOfMother(applicationId, (dead as BirthRecord['mother']).identity, by);
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

/** A record says that she died, and nobody has told this case of it yet; what a clerk found to be a mistake is not told again. */
const deadMother = ({ records, state }: LoadedCase): BirthRecord['mother'] | null =>
  state.unheard.some(({ parent }) => parent === 'mother')
    ? null
    : (records.find(({ motherDied }) => motherDied)?.mother ?? null);
