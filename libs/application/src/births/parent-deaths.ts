import {
  type CaseEvent,
  type DeathReporter,
  isReportedDead,
  isSamePerson,
  type ParentForm,
  type ParentRole,
  type PlannedNewborn,
  waysOf,
} from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { endedWords } from '../clerk/ended-words';
import { type County, COUNTY } from '../county';
import { readdressed } from '../family/readdressed';
import { storedBirth, type StoredParts, storedForm, withSections } from '../family/stored-form';
import type { LoadedCase, SectionWrite } from '../ports/case-store';
import type { Attachments } from '../step-transitions';

export interface ParentDeathTold {
  events: CaseEvent[];
  attachments: Attachments;
}
export const NOTHING_TOLD: ParentDeathTold = { events: [], attachments: {} };

/** What follows from it that a parent of a case died, whoever says so, and how its steps are done then (policy P7, P16). */
@Injectable()
export class ParentDeaths {
  constructor(@Inject(COUNTY) private readonly county: County) {}

  /** All sections must be loaded. Told again, nothing changes. Throws 404 for a parent whom the case does not name. */
  told(loaded: LoadedCase, parent: ParentRole, reportedBy: DeathReporter): ParentDeathTold {
    const form = namedParent(loaded, parent);
    const { applicant } = loaded.open(0, ['applicant']);
    const hasCase = isSamePerson(form.identity, applicant.identity);
    if (isReportedDead(loaded.state, parent)) {
      return {
        events: [{ type: 'parent_death_reported', parent, reportedBy, hasCase, newborns: [] }],
        attachments: {},
      };
    }
    const died: SectionWrite = { newbornIndex: null, section: parent, value: { ...form, absence: 'deceased' } };
    const sections = [died, ...readdressed(loaded, form, otherAlive(loaded, parent))];
    const newborns = this.planned(withSections(loaded, sections));
    return {
      events: [
        { type: 'parent_death_reported', parent, reportedBy, hasCase, newborns },
        ...endedWords(loaded, [parent]),
      ],
      attachments: { sections, endedConsents: [parent] },
    };
  }

  /** How the steps of every newborn are done by what the case keeps now. */
  planned(stored: StoredParts): PlannedNewborn[] {
    const now = stored.state.filedAt;
    const context = { offices: this.county.offices, ...this.county.policyAt(now), now };
    const form = storedForm(stored);
    return stored.state.newborns.flatMap(({ index: newbornIndex }) => {
      const birth = storedBirth(stored, newbornIndex);
      return birth === null ? [] : [{ newbornIndex, ways: waysOf(form, newbornIndex, birth, context) }];
    });
  }
}

export function namedParent(loaded: LoadedCase, parent: ParentRole): ParentForm {
  const form = loaded.open(0, [parent])[parent];
  if (form === null) throw new Problem(404, 'not_found');
  return form;
}

function otherAlive(loaded: LoadedCase, parent: ParentRole): ParentForm | null {
  const other = parent === 'mother' ? 'father' : 'mother';
  return isReportedDead(loaded.state, other) ? null : loaded.open(0, [other])[other];
}
