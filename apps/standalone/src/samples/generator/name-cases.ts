import type { Sample } from '../sample';
import { allDone, allWait, atPoliceWindow, done } from './expectations';
import { child, headed, make } from './make-case';

/** Names as they stand at filing (P6). */
export const NAME_CASES: Sample[] = [
  make('rare-character-in-table', '䶮 is in the standard table: online, whatever its plane', (s) => {
    child(s).name = { ...child(s).name!, given: '䶮' };
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('rare-character-supplementary-plane', '𬱖 lies in a supplementary plane: household at the window (P6)', (s) => {
    child(s).name = { ...child(s).name!, given: '𬱖' };
    s.expect = {
      status: 'needs_family',
      newborns: [atPoliceWindow()],
    };
  }),
  make('character-outside-table', 'A variant outside the standard table: household at the window (P6)', (s) => {
    child(s).name = { ...child(s).name!, given: '喆峯' };
    s.expect = {
      status: 'needs_family',
      newborns: [atPoliceWindow()],
    };
  }),
  make(
    'name-of-25-characters',
    'A name of 25 characters passes; beyond 40 bytes the household step goes to the window',
    (s) => {
      uyghurCouple(s, '吐尔逊江·买买提明', '古丽娜尔·阿卜杜热依木');
      child(s).name = { surname: '阿卜杜拉', given: '麦麦提·吐尔逊江·买买提明·艾合买提·古丽' };
      s.expect = {
        status: 'needs_family',
        newborns: [atPoliceWindow()],
      };
    },
  ),
  make(
    'name-with-separator',
    'Own name and father’s name by the custom of a minority: no reason asked (民法典 1015)',
    (s) => {
      uyghurCouple(s, '买买提·吐尔逊', '阿依夏木·艾合买提');
      child(s).name = { surname: '阿依', given: '古丽·买买提' };
      s.expect = { status: 'completed', newborns: [allDone()] };
    },
  ),
  make('third-surname', 'A third surname: reason needed, both parents confirm (民法典 1015)', (s) => {
    child(s).surnameSource = 'other_lineal';
    child(s).name = { surname: '冉', given: '子墨' };
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({ household_registration: done({ route: 'online_with_papers', papers: ['surname_reason'] }) }),
      ],
    };
  }),
  make('name-undecided', 'No name yet: vaccination goes on, certificate waits for the family (P6)', (s) => {
    child(s).name = null;
    s.expect = {
      status: 'needs_family',
      newborns: [allWait('applicant', 'name_undecided')],
    };
  }),
  make('name-decided-later', 'The name comes after filing (P6)', (s) => {
    const { surname, given } = child(s).name!;
    child(s).name = null;
    s.laterName = { surname, given, surnameSource: 'father' };
    s.expect = { status: 'completed', newborns: [allDone({ identity_backfill: done() })] };
  }),
];

/** A married couple whose custom is the own name followed by the father's. */
function uyghurCouple({ form }: Sample, fatherName: string, motherName: string): void {
  const [newborn] = form.newborns;
  const { mother, father, applicant } = form;
  Object.assign(father!, { name: fatherName, ethnicity: '05' });
  Object.assign(mother!, { name: motherName, ethnicity: '05' });
  applicant.name = motherName;
  Object.assign(newborn!, { surnameSource: 'minority_custom', ethnicity: '05' });
  newborn!.household!.head = headed(father!);
}
