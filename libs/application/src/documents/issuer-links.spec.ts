import { checkIssuerLink, type IssuerLink, linksFor, loadIssuerLinks } from './issuer-links';

const link = (changes: Partial<IssuerLink> = {}): IssuerLink => ({
  step: 'medical_insurance',
  name: '医保电子凭证',
  issuer: '国家医疗保障局',
  url: 'https://fuwu.nhsa.gov.cn',
  how: '在国家医保服务平台激活',
  source: '通知',
  validFrom: '2024-01-19',
  validTo: null,
  assumed: true,
  ...changes,
});

describe('P17: e-licences that their issuers show on their own pages', () => {
  it('are told of for what is done, while the row is in force', () => {
    const all = [link(), link({ step: 'social_security_card' }), link({ validTo: '2026-10-31' })];
    const steps = [
      { code: 'medical_insurance', state: 'completed' },
      { code: 'social_security_card', state: 'accepted' },
    ];
    expect(linksFor(all, '2026-11-26', steps)).toEqual([all[0]]);
    expect(linksFor(all, '2024-01-18', steps)).toEqual([]);
    expect(linksFor(all, '2026-11-26', [{ code: 'vaccination', state: 'completed' }])).toEqual([]);
  });

  it.each<[string, Partial<IssuerLink>, RegExp]>([
    ['without a source', { source: '' }, /source/],
    ['of no service', { step: 'pension' as never }, /unknown step/],
    ['without words', { how: ' ' }, /how is empty/],
    ['that is not encrypted', { url: 'http://fuwu.nhsa.gov.cn' }, /authority/],
    ['to somebody else', { url: 'https://nhsa.gov.cn.example.com' }, /authority/],
    ['that could carry a person', { url: 'https://fuwu.nhsa.gov.cn/?id=1' }, /authority/],
  ])('a row %s refuses to load', (_name, changes, message) => {
    expect(() => checkIssuerLink(link(changes))).toThrow(message);
  });

  it('the county’s own rows: household page, insurance voucher, social-security card', () => {
    expect(loadIssuerLinks().map(({ step }) => step)).toEqual([
      'household_registration',
      'medical_insurance',
      'social_security_card',
    ]);
  });
});
