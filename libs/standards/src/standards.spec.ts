import {
  addMonths,
  addWorkingDays,
  checkName,
  checkResidentId,
  formatCaseNumber,
  gb18030Bytes,
  hasValidMod3736,
  isCaseNumber,
  isDate,
  isEthnicity,
  isGeneralStandardCharacter,
  isRegionCode,
  isSocialCreditCode,
  normaliseResidentId,
  normaliseSeparator,
  relationToHead,
  statutoryLimit,
  workingCalendar,
  workingDaysBetween,
} from './index';
import { GENERAL_STANDARD_LEVELS } from './data/general-standard-characters';
import year2024 from '../../../seeds/calendar/2024.json';
import year2026 from '../../../seeds/calendar/2026.json';

const calendar = workingCalendar([year2024, year2026]);

describe('resident ID number (GB 11643)', () => {
  it.each([
    ['11010519491231002X', { valid: true, regionCode: '110105', birthDate: '1949-12-31', sex: 'female' }],
    ['440524188001010014', { valid: true, regionCode: '440524', birthDate: '1880-01-01', sex: 'male' }],
    ['110105194912310021', { valid: false, problem: 'check_character' }],
    ['11010519491231002', { valid: false, problem: 'format' }],
    ['１１0105', { valid: false, problem: 'format' }],
  ])('reads %s', (text, expected) => expect(checkResidentId(text)).toEqual(expected));

  it('refuses a date that does not exist although the check character fits', () => {
    const wrong = Array.from({ length: 11 }, (_, index) => `11010520230230001${'10X98765432'.charAt(index)}`);
    const found = wrong.map(checkResidentId).map((check) => (check.valid ? 'valid' : check.problem));
    expect(found).toContain('birth_date');
    expect(found).not.toContain('valid');
  });

  it('normalises what people type', () => {
    expect(normaliseResidentId(' １１０105 19491231002x ')).toBe('11010519491231002X');
  });
});

describe('other numbers', () => {
  it.each([
    ['91350100M000100Y43', true],
    ['11500241009138639G', true],
    ['11500222MB18607903', true],
    ['91350100M000100Y44', false],
    ['9135010OM000100Y43', false],
  ])('credit code %s is %s (GB 32100)', (code, expected) => expect(isSocialCreditCode(code)).toBe(expected));

  it('finds every wrong character and every swap in a case number (ISO 7064 MOD 37,36)', () => {
    const number = formatCaseNumber({ date: '20261102', sequence: 42 });
    expect(number).toMatch(/^500235CSYJS20261102000042[0-9A-Z]$/);
    expect(isCaseNumber(number)).toBe(true);
    for (let at = 0; at < number.length; at += 1) {
      const other = number[at] === '7' ? '8' : '7';
      expect(hasValidMod3736(number.slice(0, at) + other + number.slice(at + 1))).toBe(false);
      const swapped = number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2);
      if (swapped !== number && at + 1 < number.length) expect(hasValidMod3736(swapped)).toBe(false);
    }
  });

  it.each([
    ['500235', true],
    ['500235001', true],
    ['50023', false],
    ['990235', false],
  ])('region %s is %s (GB/T 2260)', (code, expected) => expect(isRegionCode(code)).toBe(expected));

  it.each([
    ['01', true],
    ['56', true],
    ['97', true],
    ['57', false],
    ['1', false],
  ])('ethnic group %s is %s (GB/T 3304)', (code, expected) => expect(isEthnicity(code)).toBe(expected));

  it.each([
    ['male', 'father', 'self', '20'],
    ['female', 'mother', 'spouse', '30'],
    ['male', 'father', 'parent', '41'],
    ['female', 'mother', 'parent', '44'],
    ['male', 'mother', 'parent_in_law', '41'],
    ['female', 'father', 'grandparent', '45'],
    ['male', 'father', 'other', '97'],
  ] as const)('%s child following %s, head is %s → %s (GB/T 4761)', (sex, follows, head, code) =>
    expect(relationToHead(sex, follows, head)).toBe(code),
  );
});

describe('names by code point', () => {
  it('holds the 8105 characters in their three levels', () => {
    expect(GENERAL_STANDARD_LEVELS.map((level) => [...level].length)).toEqual([3500, 3000, 1605]);
    expect(new Set(GENERAL_STANDARD_LEVELS.join('')).size).toBe(8105);
    expect(isGeneralStandardCharacter('䶮') && isGeneralStandardCharacter('𬱖')).toBe(true);
  });

  it.each([
    ['李', '安', [], []],
    ['李', '', ['empty'], []],
    ['李', '安1', ['digit'], []],
    ['李', 'An', ['latin_letter'], []],
    ['李', '安😀', ['symbol'], []],
    ['李', '安\u0000', ['symbol'], []],
    ['李', '\uD800', ['symbol'], []],
    ['阿依', '古丽·买买提', [], []],
    ['阿依', '·古丽', ['separator_misplaced'], []],
    ['阿依', '古丽··买', ['separator_misplaced'], []],
    ['阿', '依'.repeat(25), ['too_long'], []],
    ['阿', '依'.repeat(24), [], ['too_many_bytes']],
    ['李', '喆', [], []],
    ['李', '峯', [], ['outside_standard_table']],
    ['李', '䶮', [], []],
    ['李', '𬱖', [], ['supplementary_plane']],
    ['仝', '安', [], []],
    ['亓', '峯', [], ['outside_standard_table']],
  ])('%s%s: hard %j, soft %j', (surname, given, hard, soft) => {
    const check = checkName(surname, given);
    expect(check.hard.map(({ code }) => code)).toEqual(hard);
    expect(check.soft).toEqual(soft);
  });

  it.each([
    ['abc', 3],
    ['李安', 4],
    ['䶮', 2],
    ['㐀', 4],
    ['𬱖', 4],
  ])('%s takes %i bytes in GB 18030', (text, bytes) => expect(gb18030Bytes(text)).toBe(bytes));

  it('offers the separator for its look-alikes', () => expect(normaliseSeparator('阿•依・古‧丽')).toBe('阿·依·古·丽'));
});

describe('days', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-13-01', false],
    ['24-01-01', false],
  ])('%s exists: %s', (text, expected) => expect(isDate(text)).toBe(expected));

  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-12-31', 2, '2026-02-28'],
  ])('%s plus %i months is %s (民法典 202)', (date, months, expected) =>
    expect(addMonths(date, months)).toBe(expected),
  );

  it.each([
    ['2024-01-31', 'one_month', { rawDue: '2024-02-29', dueAt: '2024-02-29', safeAt: '2024-02-28' }],
    ['2024-01-31', 'ninety_days', { rawDue: '2024-04-30', dueAt: '2024-04-30', safeAt: '2024-04-29' }],
    ['2026-01-15', 'one_month', { rawDue: '2026-02-15', dueAt: '2026-02-24', safeAt: '2026-02-14' }],
    ['2026-08-31', 'one_month', { rawDue: '2026-09-30', dueAt: '2026-09-30', safeAt: '2026-09-29' }],
  ] as const)('born %s, %s (policy P10)', (born, rule, expected) =>
    expect(statutoryLimit(born, rule, calendar)).toMatchObject({ ...expected, estimated: false }),
  );

  it.each([
    ['2026-09-30', 1, '2026-10-08', false],
    ['2026-10-09', 1, '2026-10-10', false],
    ['2026-09-18', 1, '2026-09-20', false],
    ['2026-12-31', 1, '2027-01-01', true],
    ['2026-10-08', -1, '2026-09-30', false],
  ])('%s and %i working days is %s, estimated %s', (date, days, expected, estimated) =>
    expect(addWorkingDays(date, days, calendar)).toEqual({ date: expected, estimated }),
  );

  it('counts working days after the first and up to the last', () => {
    expect(workingDaysBetween('2026-09-30', '2026-10-10', calendar).days).toBe(3);
    expect(workingDaysBetween('2026-10-10', '2026-09-30', calendar).days).toBe(0);
  });
});
