import type { Sample } from '../sample';
import { allDone, done } from './expectations';
import { claimBirth, make } from './make-case';
import { residentId } from './people';
import { SeededRandom } from './random';

/** Neither parent files (P7). */
export const OUTSIDER_CASES: Sample[] = [
  make('agent-files', 'An agent files with a signed authorisation', (s) => {
    const random = new SeededRandom(99);
    s.form.applicant = {
      role: 'agent',
      name: '周明辉',
      identity: { type: 'resident_id_card', number: residentId(random, 'male') },
      mobile: '13900001111',
      authorisation: '{{material}}',
    };
    claimBirth(s);
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          birth_certificate: done({ route: 'online_with_papers', papers: ['agent_authorisation'] }),
          household_registration: done({ route: 'online_with_papers', papers: ['agent_authorisation'] }),
        }),
      ],
    };
  }),
];
