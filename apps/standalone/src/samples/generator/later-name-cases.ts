import type { SurnameSource } from '@birth/domain';
import type { Sample } from '../sample';
import { allDone, allWait, atPoliceWindow, done, waits } from './expectations';
import { ordinaryFamily } from './family';

/** No name at filing; the family chooses one afterwards, and the other parent is asked for it. */
function naming(
  name: string,
  title: string,
  chosen: { surname?: string; given: string; source?: SurnameSource },
): Sample {
  const sample = ordinaryFamily(name, title);
  const [newborn] = sample.form.newborns;
  const surname = chosen.surname ?? newborn?.name?.surname ?? '';
  sample.laterName = { surname, given: chosen.given, surnameSource: chosen.source ?? 'father' };
  if (newborn) newborn.name = null;
  return sample;
}

function rareCharacter(): Sample {
  const sample = naming('name-later-rare-character', '𬱖 chosen after filing: household at the window (P6)', {
    given: '𬱖',
  });
  sample.expect = {
    status: 'needs_family',
    newborns: [atPoliceWindow([], { identity_backfill: done() })],
  };
  return sample;
}

function thirdSurname(): Sample {
  const title = 'A third surname chosen after filing: reason needed, both confirm this name (民法典 1015, P6)';
  const sample = naming('name-later-third-surname', title, { surname: '冉', given: '子涵', source: 'other_lineal' });
  sample.expect = {
    status: 'completed',
    newborns: [
      allDone({
        household_registration: done({ route: 'online_with_papers', papers: ['surname_reason'] }),
        identity_backfill: done(),
      }),
    ],
  };
  return sample;
}

/** The other parent agreed to the certificate, and says nothing of the name. */
function nameUnconfirmed(): Sample {
  const title = 'The other parent is silent on the name chosen after filing: the certificate waits (P6, P7)';
  const sample = naming('name-later-unconfirmed', title, { given: '安然' });
  sample.laterConsent = 'silent';
  sample.expect = {
    status: 'awaiting_consent',
    newborns: [allWait('applicant', 'parent_confirmation', { identity_backfill: waits('applicant') })],
  };
  return sample;
}

/** Names decided after filing. */
export const LATER_NAME_CASES: Sample[] = [rareCharacter(), thirdSurname(), nameUnconfirmed()];
