/** Every step of this installation lies there (GB/T 2260). */
const COUNTY_REGION = '500235';
/** Said in so many words, never by leaving something out. */
const ALL = '*';

/** What a clerk may see: role × region × agency × office. A dimension that names nothing lets nothing through. */
export interface ClerkScope {
  /** Regions by a GB/T 2260 prefix; `*` in any dimension stands for all of it. */
  regions: readonly string[];
  agencies: readonly string[];
  offices: readonly string[];
}

interface Place {
  /** null: of no agency, such as an event of the whole case. */
  agency: string | null;
  officeCode: string | null;
}

/** 县卫生健康委 leads the agencies (P2): none of its hospitals, so no office. */
export const COORDINATOR = { agency: 'health-commission', officeCode: null } as const;

export const isInScope = (scope: ClerkScope, { agency, officeCode }: Place): boolean =>
  coversCounty(scope) && isNamed(scope.agencies, agency) && isNamed(scope.offices, officeCode);

export const coversCounty = (scope: Pick<ClerkScope, 'regions'>): boolean => coversRegion(scope, COUNTY_REGION);

/** An empty text is a prefix of everything, so it is no region. */
export const coversRegion = ({ regions }: Pick<ClerkScope, 'regions'>, place: string): boolean =>
  regions.some((region) => region === ALL || (region !== '' && place.startsWith(region)));

export const isUnlimited = (limit: readonly string[]): boolean => limit.includes(ALL);

export const isNamed = (limit: readonly string[], value: string | null): boolean =>
  isUnlimited(limit) || (value !== null && limit.includes(value));
