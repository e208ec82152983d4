import { readStage, type StageReaders } from '../cases/read-stage';
import type { Refusal } from '../cases/stage';
import type { RowCase } from './exchange-desk';
import { compactTime } from '../wire/local-time';

type Columns = Record<string, string | number | string[] | null>;

/** The agency's columns of a row: docs/agencies/wire/public-security.md, "The state". */
export function stateOf(record: RowCase): Columns {
  return {
    postid: record.key,
    ywlsh: record.receipt,
    xh: record.sequence,
    gxsj: compactTime(record.changedAt),
    ...EMPTY,
    ...readStage(record.stage, readersOf(record)),
  };
}

export const withdrawalRefused = (record: RowCase): Columns => ({
  ...stateOf(record),
  cxzt: '2',
  cwxx: '公民身份号码已编制,请到派出所办理',
});

const EMPTY: Columns = {
  flag: null,
  cwxx: null,
  cwzd: [],
  zzzt: null,
  tscx: null,
  tsjzrq: null,
  cxzt: null,
  ...Object.fromEntries(
    ['xm', 'xb', 'csrq', 'gmsfhm', 'hh', 'zzdz', 'pcs', 'pcsmc', 'djrq'].map((name) => [name, null]),
  ),
  ...Object.fromEntries(['jjyy', 'flyj', 'wsbh', 'bljg', 'jjtj'].map((name) => [name, null])),
};

const readersOf = (record: RowCase): StageReaders<Columns> => ({
  received: () => ({}),
  working: ({ detail }) => ({ flag: '0', zzzt: detail }),
  correction: ({ text, fields }) => ({ flag: '2', cwxx: text, cwzd: fields }),
  action: ({ text }) => ({ flag: '0', tscx: '3', cwxx: text }),
  special: ({ coordinated, text, until }) => ({
    flag: '0',
    tscx: coordinated ? '2' : '1',
    cwxx: text,
    tsjzrq: until?.replaceAll('-', '') ?? null,
  }),
  done: ({ results }) => ({ flag: '1', ...resultColumns(record, results) }),
  refused: ({ refusal }) => ({ flag: '3', cwxx: '不予办理', ...refusalColumns(refusal) }),
  withdrawn: () => ({ flag: '0', cxzt: '1' }),
});

function resultColumns({ facts }: RowCase, results: Readonly<Record<string, string>>): Columns {
  return {
    zzzt: '已裁',
    xm: results['registeredName'] ?? '',
    xb: facts.xb,
    csrq: facts.csrq,
    gmsfhm: results['residentIdNumber'] ?? '',
    hh: results['householdNumber'] ?? '',
    zzdz: results['address'] ?? '',
    pcs: facts.pcs,
    pcsmc: results['stationName'] ?? '',
    djrq: (results['registeredOn'] ?? '').replaceAll('-', ''),
  };
}

const refusalColumns = (refusal: Refusal): Columns => ({
  jjyy: refusal.reason ?? null,
  flyj: refusal.legalBasis ?? null,
  wsbh: refusal.documentNumber ?? null,
  bljg: refusal.office,
  jjtj: refusal.remedy ?? null,
});
