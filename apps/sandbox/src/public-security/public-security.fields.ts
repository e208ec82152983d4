import { matching, oneOf, orNull, text, type Rule, type Shape } from '../wire/field-check';
import {
  certificateNumber,
  ethnicity,
  nationality,
  region,
  region6,
  residentId,
  sexCode,
  uuid,
  withdrawalReason,
} from '../wire/codes';

const optional: Rule = orNull(text());
const documentType: Rule = orNull(oneOf('111', '414', '511', '516', '554', '990'));
const relation: Rule = oneOf('51', '52', '97', '99');
const digit: Rule = matching(/^[1-9]$/);

/** Columns of zzj_csdj that the platform writes: docs/agencies/wire/public-security.md. */
export const ROW_SHAPE: Shape = {
  postid: uuid,
  bcpc: matching(/^\d{1,3}$/),
  yywlsh: optional,
  csdjlb: oneOf('0101'),
  xm: text(40),
  xsly: oneOf('1', '2', '3', '4', '5', '6'),
  xb: sexCode,
  mz: ethnicity,
  gj: nationality,
  csrq: matching(/^\d{8}$/),
  cssj: matching(/^([01]\d|2[0-3])[0-5]\d$/),
  csdssxq: region6,
  dtsl: digit,
  dtxh: digit,
  cszmbh: certificateNumber,
  cszqfrq: matching(/^\d{8}$/),
  cszqfjg: text(),
  lhsfz: text(30),
  hzxm: text(50),
  hzgmsfhm: text(30),
  yhzgx: oneOf('20', '30', '41', '42', '43', '44', '97'),
  hklb: oneOf('1', '2'),
  hkszdssxq: region,
  hkszdxz: text(),
  pcs: text(50),
  ...parentColumns('fq'),
  ...parentColumns('mq'),
  jhryxm: text(50),
  jhryzjhm: text(30),
  jhrylxdh: text(30),
  jhrygx: relation,
  jhrexm: optional,
  jhrezjhm: optional,
  jhrelxdh: optional,
  jhregx: orNull(relation),
  sbrxm: text(50),
  sbrzjhm: text(30),
  sbrlxdh: text(30),
  sbrgx: relation,
  fmhyqk: oneOf('1', '2', '3'),
};

export const WITHDRAWAL_SHAPE: Shape = { cxyy: withdrawalReason };
export const CHECK_SHAPE: Shape = { hclsh: uuid, gmsfhm: residentId, xm: text(50), csrq: matching(/^\d{8}$/) };
export const PERSON_SHAPE: Shape = {
  gmsfhm: residentId,
  xm: text(50),
  hh: text(30),
  zzdz: text(),
  pcs: text(50),
  pcsmc: text(),
  djrq: matching(/^\d{8}$/),
};

export type Row = Readonly<Record<string, string | null>> & {
  readonly postid: string;
  readonly xm: string;
  readonly xb: string;
  readonly csrq: string;
  readonly cssj: string;
  readonly dtxh: string;
  readonly pcs: string;
  readonly hkszdxz: string;
};

export interface CheckFields {
  hclsh: string;
  gmsfhm: string;
  xm: string;
  csrq: string;
}

const GROUPS: readonly (readonly string[])[] = [
  ['fqxm', 'fqzjlx', 'fqzjhm', 'fqmz', 'fqgj'],
  ['mqxm', 'mqzjlx', 'mqzjhm', 'mqmz', 'mqgj'],
  ['jhrexm', 'jhrezjhm', 'jhrelxdh', 'jhregx'],
];

/** The first column of a group of which only a part is filled in; or of the parents when neither is. */
export function groupFault(row: Row): string | null {
  for (const group of GROUPS) {
    const empty = group.filter((column) => row[column] === null);
    if (empty.length > 0 && empty.length < group.length) return empty[0] ?? null;
  }
  if (row['fqxm'] === null && row['mqxm'] === null) return 'mqxm';
  return (row['bcpc'] === '0') === (row['yywlsh'] === null) ? null : 'yywlsh';
}

function parentColumns(prefix: string): Shape {
  const columns: [string, Rule][] = [
    ['xm', optional],
    ['zjlx', documentType],
    ['zjhm', optional],
    ['mz', orNull(ethnicity)],
    ['gj', orNull(nationality)],
  ];
  return Object.fromEntries(columns.map(([name, rule]) => [prefix + name, rule]));
}
