/** GB/T 3304: 56 ethnic groups, 97 others, 98 foreign blood with Chinese nationality. */
const ETHNIC_NAMES =
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族';

export const ETHNICITIES: ReadonlyMap<string, string> = new Map([
  ...ETHNIC_NAMES.split(' ').map((name, index) => [String(index + 1).padStart(2, '0'), name] as const),
  ['97', '其他'],
  ['98', '外国血统'],
]);

/** GB/T 2659 alpha-3. */
const COUNTRIES = new Set(
  (
    'AFG ALB DZA ASM AND AGO AIA ATA ATG ARG ARM ABW AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BMU BTN BOL BES BIH ' +
    'BWA BVT BRA IOT BRN BGR BFA BDI CPV KHM CMR CAN CYM CAF TCD CHL CHN CXR CCK COL COM COD COG COK CRI CIV HRV CUB ' +
    'CUW CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FLK FRO FJI FIN FRA GUF PYF ATF GAB GMB GEO DEU GHA ' +
    'GIB GRC GRL GRD GLP GUM GTM GGY GIN GNB GUY HTI HMD VAT HND HKG HUN ISL IND IDN IRN IRQ IRL IMN ISR ITA JAM JPN ' +
    'JEY JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MAC MDG MWI MYS MDV MLI MLT MHL MTQ MRT ' +
    'MUS MYT MEX FSM MDA MCO MNG MNE MSR MAR MOZ MMR NAM NRU NPL NLD NCL NZL NIC NER NGA NIU NFK MKD MNP NOR OMN PAK ' +
    'PLW PSE PAN PNG PRY PER PHL PCN POL PRT PRI QAT REU ROU RUS RWA BLM SHN KNA LCA MAF SPM VCT WSM SMR STP SAU SEN ' +
    'SRB SYC SLE SGP SXM SVK SVN SLB SOM ZAF SGS SSD ESP LKA SDN SUR SJM SWE CHE SYR TWN TJK TZA THA TLS TGO TKL TON ' +
    'TTO TUN TUR TKM TCA TUV UGA UKR ARE GBR UMI USA URY UZB VUT VEN VNM VGB VIR WLF ESH YEM ZMB ZWE'
  ).split(' '),
);

export const isEthnicity = (code: string): boolean => ETHNICITIES.has(code);
export const isCountry = (code: string): boolean => COUNTRIES.has(code);

/** GB/T 2261.1. */
export const SEX_CODES = { male: '1', female: '2' } as const;

export type HeadRelation = 'self' | 'spouse' | 'parent' | 'parent_in_law' | 'grandparent' | 'other';

/**
 * GB/T 4761: the child's relation to the head of the household, derived from the child's sex, the parent whose household
 * it joins, and what the head is to that parent. 20 son · 30 daughter · 41 paternal grandson · 42 paternal
 * granddaughter · 43 maternal grandson · 44 maternal granddaughter · 45 great-grandson/-daughter · 97 other kin.
 */
export function relationToHead(sex: 'male' | 'female', follows: 'mother' | 'father', head: HeadRelation): string {
  const isSon = sex === 'male';
  switch (head) {
    case 'self':
    case 'spouse':
      return isSon ? '20' : '30';
    case 'parent':
      return grandchild(isSon, follows === 'father');
    case 'parent_in_law':
      return grandchild(isSon, follows === 'mother');
    case 'grandparent':
      return '45';
    case 'other':
      return '97';
  }
}

const grandchild = (isSon: boolean, isPaternal: boolean): string =>
  isPaternal ? (isSon ? '41' : '42') : isSon ? '43' : '44';
