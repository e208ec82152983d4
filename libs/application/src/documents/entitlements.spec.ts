import { checkEntitlement, type Entitlement, entitlementsFor, lastDay, loadEntitlements } from './entitlements';

const row = (changes: Partial<Entitlement>): Entitlement => ({
  code: 'allowance',
  name: '补贴',
  what: '每年发放',
  office: '镇政府',
  deadline: { kind: 'until_age', years: 3 },
  source: '文件',
  publishedOn: '2025-07-28',
  validFrom: '2025-01-01',
  validTo: null,
  assumed: false,
  ...changes,
});

describe('P18: what a family is also owed', () => {
  it.each([
    [{ kind: 'days_after_birth', days: 20 } as const, '2026-11-02', '2026-11-22'],
    [{ kind: 'days_after_birth', days: 365 } as const, '2027-12-31', '2028-12-30'],
    [{ kind: 'until_age', years: 3 } as const, '2026-11-02', '2029-11-01'],
    [{ kind: 'until_age', years: 3 } as const, '2024-02-29', '2027-02-28'],
  ])('%j from %s ends on %s', (deadline, bornOn, until) => expect(lastDay(deadline, bornOn)).toBe(until));

  it('shows what is in force and not over for this child', () => {
    const all = [
      row({ code: 'open' }),
      row({ code: 'over', deadline: { kind: 'days_after_birth', days: 20 } }),
      row({ code: 'not_yet', validFrom: '2027-01-01' }),
      row({ code: 'no_more', validTo: '2026-10-31' }),
    ];
    const codes = (bornOn: string | null) => entitlementsFor(all, '2026-11-26', bornOn).map(({ code }) => code);
    expect(codes('2026-11-02')).toEqual(['open']);
    expect(codes('2026-11-06')).toEqual(['open', 'over']);
    expect(codes(null)).toEqual(['open', 'over']);
  });

  it.each([
    [{ source: ' ' }, 'source'],
    [{ office: '' }, 'office'],
    [{ publishedOn: '2025' }, 'dates'],
    [{ deadline: { kind: 'until_age', years: 0 } }, 'length'],
  ] as const)('refuses a row with %j', (changes, word) =>
    expect(() => checkEntitlement(row(changes as Partial<Entitlement>))).toThrow(word),
  );

  it('the county’s own rows name office, deadline, source and date', () => {
    const codes = loadEntitlements().map(({ code }) => code);
    expect(codes).toEqual([
      'maternity_costs',
      'maternity_allowance',
      'child_allowance',
      'childcare_tax_deduction',
      'newborn_screening',
      'home_visit',
      'childcare_guidance',
    ]);
  });
});
