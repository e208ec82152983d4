import type { Sample } from '../sample';
import { allDone } from './expectations';
import { child, followMother, make, surnameOfMother } from './make-case';

/** Several newborns of one birth (P5). */
export const SIBLING_CASES: Sample[] = [
  make(
    'twins-two-surnames-two-households',
    'Twins, boy and girl, two surnames, two households (P5)',
    (s) => {
      const second = child(s, 1);
      second.surnameSource = 'mother';
      second.name = { surname: surnameOfMother(s), given: '雨桐' };
      followMother(s, 1);
      second.household!.address = '重庆市云阳县双江街道示例路88号';
      s.expect = { status: 'completed', newborns: [allDone(), allDone()] };
    },
    { children: ['male', 'female'] },
  ),
  make(
    'twins-girls',
    'Twin girls of one household',
    (s) => {
      s.expect = { status: 'completed', newborns: [allDone(), allDone()] };
    },
    { children: ['female', 'female'] },
  ),
  make(
    'triplets',
    'Triplets: three sets of steps in one application (P5)',
    (s) => {
      s.expect = { status: 'completed', newborns: [allDone(), allDone(), allDone()] };
    },
    { children: ['male', 'female', 'female'] },
  ),
];
