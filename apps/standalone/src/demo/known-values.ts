import { residentIdCheckCharacter } from '@birth/standards';
import { dayBefore } from '../samples/realise';
import type { Sample } from '../samples/sample';

/** A number that an office elsewhere allotted to the first newborn: right date, right sex, right check character. */
export function childId(sample: Sample, now: number): string {
  const [birth] = sample.births;
  const date = dayBefore(now, birth?.daysAgo ?? 0).replaceAll('-', '');
  const serial = [...sample.name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 50, 7);
  const order = String(serial * 10 + 400 + (birth?.sex === 'female' ? 2 : 1))
    .padStart(3, '0')
    .slice(-3);
  const first = `500235${date}${order}`;
  return first + residentIdCheckCharacter(first);
}

export function certificateNumber(sample: Sample): string {
  const serial = [...sample.name].reduce(
    (sum, character) => (sum * 131 + (character.codePointAt(0) ?? 0)) % 9_999_999,
    17,
  );
  return `L51${String(serial).padStart(7, '0')}`;
}

/** What families bring along and the other side knows already. */
export const knownValues = (sample: Sample, now: number): Record<string, string> => ({
  'childId:0': childId(sample, now),
  'certificate:0': certificateNumber(sample),
});
