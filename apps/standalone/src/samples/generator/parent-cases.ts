import type { Sample } from '../sample';
import { allWait } from './expectations';
import { ordinaryFamily } from './family';

function refusing(): Sample {
  const title = 'The other parent refuses: the family reads so, vaccination goes on (P7)';
  const sample = ordinaryFamily('other-parent-refuses', title);
  sample.consent = 'refused';
  sample.expect = {
    status: 'needs_family',
    newborns: [allWait('applicant', 'parent_refused')],
  };
  return sample;
}

/** What parents who did not file say. */
export const PARENT_CASES: Sample[] = [refusing()];
