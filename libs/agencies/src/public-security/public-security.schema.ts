import type { Refusal } from '@birth/application';
import { broken, type Fields, readRefusal } from '../kit/parse';

const FLAGS = ['0', '1', '2', '3'] as const;
const PAPER = ['待收', '已收', '已裁'] as const;
const PROCEDURES = ['1', '2', '3'] as const;
const WITHDRAWALS = ['1', '2'] as const;

/** State of a row of the exchange table zzj_csdj (docs/agencies/wire/public-security.md). */
export interface RowState {
  ywlsh: string;
  xh: number;
  flag: (typeof FLAGS)[number] | null;
  gxsj: string;
  cwxx: string | null;
  cwzd: string[];
  zzzt: (typeof PAPER)[number] | null;
  tscx: (typeof PROCEDURES)[number] | null;
  tsjzrq: string | null;
  cxzt: (typeof WITHDRAWALS)[number] | null;
  registered: Registered | null;
  refusal: Refusal | null;
}

export interface Registered {
  gmsfhm: string;
  xm: string;
  hh: string;
  zzdz: string;
  pcsmc: string;
  djrq: string;
}

const REFUSAL = { reason: 'jjyy', legalBasis: 'flyj', documentNumber: 'wsbh', office: 'bljg', remedy: 'jjtj' } as const;

export function readRow(fields: Fields): RowState {
  const flag = oneOf(fields, 'flag', FLAGS);
  return {
    ywlsh: fields.text('ywlsh'),
    xh: fields.integer('xh'),
    flag,
    gxsj: fields.text('gxsj'),
    cwxx: fields.textOrNull('cwxx'),
    cwzd: fields.texts('cwzd'),
    zzzt: oneOf(fields, 'zzzt', PAPER),
    tscx: oneOf(fields, 'tscx', PROCEDURES),
    tsjzrq: fields.textOrNull('tsjzrq'),
    cxzt: oneOf(fields, 'cxzt', WITHDRAWALS),
    registered: flag === '1' ? readRegistered(fields) : null,
    refusal: flag === '3' ? readRefusal(fields, REFUSAL) : null,
  };
}

export const readRegistered = (fields: Fields): Registered => ({
  gmsfhm: fields.matching('gmsfhm', /^\d{17}[\dX]$/),
  xm: fields.text('xm'),
  hh: fields.text('hh'),
  zzdz: fields.text('zzdz'),
  pcsmc: fields.text('pcsmc'),
  djrq: fields.text('djrq'),
});

/** Population check of a child registered before. */
export function readCheck(fields: Fields): { hcjg: '0' | '1' | '2'; gxsj: string } {
  const hcjg = oneOf(fields, 'hcjg', ['0', '1', '2'] as const);
  if (hcjg === null) throw broken('hcjg');
  return { hcjg, gxsj: fields.text('gxsj') };
}

function oneOf<T extends string>(fields: Fields, name: string, known: readonly T[]): T | null {
  const value = fields.textOrNull(name);
  if (value === null) return null;
  const found = known.find((code) => code === value);
  if (found === undefined) throw broken(name);
  return found;
}
