import type { CaseRecord } from '../src/cases/case-record';
import { pageAfter, readMoment } from '../src/wire/listing';

const recordOf = (number: number): CaseRecord<unknown> =>
  ({ id: String(number), changedAt: 1_000 + Math.floor(number / 3) }) as CaseRecord<unknown>;

describe('a list in pages', () => {
  it('names everything once, oldest change first', () => {
    const records = Array.from({ length: 120 }, (_, index) => recordOf(119 - index));
    const pages: number[][] = [];
    let after: string | null | undefined;
    do {
      const page = pageAfter(records, after ?? undefined);
      pages.push(page.records.map(({ id }) => Number(id)));
      after = page.next;
    } while (after !== null);
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(pages.flat()).toEqual(Array.from({ length: 120 }, (_, index) => index));
  });

  it.each([
    ['2026-11-02 16:30:00', '2026-11-02T08:30:00.000Z'],
    ['20261102163000', '2026-11-02T08:30:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(new Date(readMoment(text) ?? 0).toISOString()).toBe(iso);
  });

  it.each([undefined, '', '2026-11-02', '20261399000000'])('refuses %j', (text) => {
    expect(readMoment(text)).toBeNull();
  });
});
