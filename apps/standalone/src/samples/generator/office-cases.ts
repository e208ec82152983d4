import type { Sample } from '../sample';
import { allDone, done } from './expectations';
import { child, make } from './make-case';

const FARTHEST = { town: '500235206', name: '清水土家族乡' };

/** Which office answers: the one of the family's own town, or the one that a clerk names. */
export const OFFICE_CASES: Sample[] = [
  make(
    'farthest-town',
    'Registered and insured in a far town: its own station, desk and unit, not the county seat’s (P2)',
    (s) => {
      liveIn(s, FARTHEST);
      child(s).vaccination!.unitOfficeCode = 'YYV010';
      child(s).insurance!.townUnit = 'YYI042';
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({
            vaccination: done({ source: 'worklist', officeCode: 'YYV010' }),
            household_registration: done({ officeCode: 'YYP042' }),
            medical_insurance: done({ officeCode: 'YYI042' }),
          }),
        ],
      };
    },
  ),
  make(
    'insurance-desk-changed',
    'A clerk gives the insurance to another desk while it waits: that one answers (P2)',
    (s) => {
      // the desk is changed before the number is allotted
      s.scenarios = { 'public-security': { kind: 'accept_slowly', delayMs: 15_000 } };
      s.actions = [{ when: { step: 'medical_insurance', state: 'waiting' }, do: 'assign', officeCode: 'YYI042' }];
      s.expect = { status: 'completed', newborns: [allDone({ medical_insurance: done({ officeCode: 'YYI042' }) })] };
    },
  ),
];

function liveIn(sample: Sample, { town, name }: typeof FARTHEST): void {
  const { mother, father } = sample.form;
  const address = `重庆市云阳县${name}示例路8号`;
  for (const person of [mother, father]) {
    if (person === null) continue;
    person.household = { ...person.household, region: town, address };
    person.residence = { region: town, address };
  }
  const { vaccination, household, insurance } = child(sample);
  Object.assign(vaccination!, { residenceRegion: town, residenceAddress: address });
  Object.assign(household!, { region: town, address });
  insurance!.region = town;
}
