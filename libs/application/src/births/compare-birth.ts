import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type County, COUNTY } from '../county';
import type { LoadedCase } from '../ports/case-store';
import { newbornTokens } from './newborn-tokens';
import { type RecordsTaken, takeRecord, waitingNewborns } from './waiting-newborns';

/** A person compared the family's claim with the hospital's record that differs (policy P3). */
@Injectable()
export class CompareBirth {
  constructor(@Inject(COUNTY) private readonly county: County) {}

  /** The record's facts count, never the claim's; a record that is wrong is corrected at the hospital. */
  compared(loaded: LoadedCase, stepId: string, isThisChild: boolean): RecordsTaken {
    if (!isThisChild) throw new Problem(409, 'hospital_must_correct');
    const step = loaded.state.steps.find(({ id }) => id === stepId);
    if (step !== undefined && loaded.open(step.newbornIndex, ['birth']).birth !== null) {
      // taken before, then disputed by the hospital: what was stored is this child's
      const { newbornIndex } = step;
      return { events: [{ type: 'hold_lifted', newbornIndex, hold: 'data_mismatch' }], attachments: {} };
    }
    const newborns = waitingNewborns(loaded, this.county);
    const newborn = newborns.find(({ index }) => index === step?.newbornIndex);
    const verdict = newborn?.verdict;
    if (newborn === undefined || verdict === undefined || verdict.kind === 'none') {
      throw new Problem(409, 'record_withdrawn');
    }
    const { source } = verdict.record;
    if (source.outcome === 'stillborn') throw new Problem(409, 'hospital_must_correct');
    const { events, attachments } = takeRecord(newborn.index, source);
    const { mother, father } = loaded.open(newborn.index, ['mother', 'father']);
    const tokens = newbornTokens([mother, father], verdict.record);
    return { events, attachments: { ...attachments, newbornTokens: tokens } };
  }
}
