import type { Refusal } from '@birth/application';
import { jsonErrors, readCode, readCodeOrNull } from '../kit/codes';
import { type Fields, readRefusal } from '../kit/parse';

/** Before it is taken from the table a row has no flag. */
export const FLAGS = ['0', '1', '2', '3'] as const;
export const PAPER = ['待收', '已收', '已裁'] as const;
export const PROCEDURES = ['1', '2', '3'] as const;
export const WITHDRAWALS = ['1', '2'] as const;
export const CHECKS = ['0', '1', '2'] as const;
/** Of their errors, HTTP 400 to 409. */
export const ERROR_CODES = ['E101', 'E400', 'E401', 'E402', 'E403', 'E404', 'E405', 'E409'];
export const ERRORS = jsonErrors('cwdm', ERROR_CODES, (fields) => fields.texts('cwzd')[0] ?? null);

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
  const flag = readCodeOrNull(fields, 'flag', FLAGS);
  return {
    ywlsh: fields.text('ywlsh'),
    xh: fields.integer('xh'),
    flag,
    gxsj: fields.text('gxsj'),
    cwxx: fields.textOrNull('cwxx'),
    cwzd: fields.texts('cwzd'),
    zzzt: readCodeOrNull(fields, 'zzzt', PAPER),
    tscx: readCodeOrNull(fields, 'tscx', PROCEDURES),
    tsjzrq: fields.textOrNull('tsjzrq'),
    cxzt: readCodeOrNull(fields, 'cxzt', WITHDRAWALS),
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
export function readCheck(fields: Fields): { hcjg: (typeof CHECKS)[number]; gxsj: string } {
  return { hcjg: readCode(fields, 'hcjg', CHECKS), gxsj: fields.text('gxsj') };
}
