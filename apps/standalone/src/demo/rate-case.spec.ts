import type { Sample } from '../samples/sample';
import { ratingDifferences } from './rate-case';
import type { CaseShown } from './view';

type Rating = NonNullable<CaseShown['rating']>;
const BAD: Rating = { level: 1, levelName: '非常不满意', correctBy: '2026-11-24T00:00:00+08:00', calledBackAt: null };
const between = (rating: string | undefined, shown: Rating | null): string[] =>
  ratingDifferences({ expect: { rating } } as Sample, { rating: shown } as CaseShown);

describe('what a family was expected to say of its case', () => {
  it.each<[string | undefined, Rating | null, string[]]>([
    [undefined, null, []],
    ['rated 1 (非常不满意), call owed', BAD, []],
    ['rated 1 (非常不满意), called back', { ...BAD, calledBackAt: BAD.correctBy }, []],
    ['rated 4 (满意), no call owed', { level: 4, levelName: '满意', correctBy: null, calledBackAt: null }, []],
    [undefined, BAD, ['rated 1 (非常不满意), call owed, not not rated']],
    [
      'rated 1 (非常不满意), called back',
      BAD,
      ['rated 1 (非常不满意), call owed, not rated 1 (非常不满意), called back'],
    ],
    ['rated 4 (满意), no call owed', null, ['not rated, not rated 4 (满意), no call owed']],
  ])('%s', (wanted, given, differences) => expect(between(wanted, given)).toEqual(differences));
});
