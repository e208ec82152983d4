import type { Sample } from '../sample';
import { allDone, done } from './expectations';
import { child, make } from './make-case';

/** How documents reach the family. */
export const DELIVERY_CASES: Sample[] = [
  make('mail-delivery', 'Card and certificate by mail', (s) => {
    const { mother } = s.form;
    child(s).card!.pickup = 'mail';
    const to = {
      mode: 'mail',
      recipient: mother!.name,
      mobile: mother!.mobile,
      address: mother!.residence.address,
    } as const;
    child(s).delivery = [
      { document: 'birth_certificate', ...to },
      { document: 'social_security_card', ...to },
    ];
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          'delivery:birth_certificate': done(),
          'delivery:social_security_card': done({ officeKind: 'bank_outlet', promiseDays: 10 }),
        }),
      ],
    };
  }),
  make('counter-delivery', 'Everything fetched at the counter', (s) => {
    child(s).delivery = [
      { document: 'birth_certificate', mode: 'self' },
      { document: 'household_page', mode: 'self' },
    ];
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          'delivery:birth_certificate': done(),
          'delivery:household_page': done({ officeKind: 'police_station' }),
        }),
      ],
    };
  }),
];
