import { type ClerkScope, isInScope } from './clerk-scope';

const STEP = { agency: 'medical-insurance', officeCode: 'YYI001' };
const COUNTY = { regions: ['500235'], agencies: ['*'], offices: ['*'] };

describe('what a clerk may see', () => {
  it.each<[string, Partial<ClerkScope>, boolean]>([
    ['the whole county', {}, true],
    ['every region', { regions: ['*'] }, true],
    ['the province of the county', { regions: ['50'] }, true],
    ['the own agency and office', { agencies: ['medical-insurance'], offices: ['YYI001'] }, true],
    ['one of two agencies', { agencies: ['public-security', 'medical-insurance'] }, true],
    ['no region named', { regions: [] }, false],
    ['an empty text as region', { regions: [''] }, false],
    ['another county', { regions: ['500101'] }, false],
    ['no agency named', { agencies: [] }, false],
    ['another agency', { agencies: ['public-security'] }, false],
    ['no office named', { offices: [] }, false],
    ['another office', { offices: ['YYI002'] }, false],
  ])('%s', (_name, limits, isSeen) => {
    expect(isInScope({ ...COUNTY, ...limits }, STEP)).toBe(isSeen);
  });

  it('what belongs to no agency is seen with all agencies and offices alone', () => {
    const ofTheCase = { agency: null, officeCode: null };
    expect(isInScope(COUNTY, ofTheCase)).toBe(true);
    expect(isInScope({ ...COUNTY, agencies: ['medical-insurance'] }, ofTheCase)).toBe(false);
  });
});
