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
    ...stageColumns(record),
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

function stageColumns(record: RowCase): Columns {
  const { stage } = record;
  switch (stage.kind) {
    case 'received':
      return {};
    case 'working':
      return { flag: '0', zzzt: stage.detail };
    case 'correction':
      return { flag: '2', cwxx: stage.text, cwzd: stage.fields };
    case 'action':
      return { flag: '0', tscx: '3', cwxx: stage.text };
    case 'special':
      return {
        flag: '0',
        tscx: stage.coordinated ? '2' : '1',
        cwxx: stage.text,
        tsjzrq: stage.until?.replaceAll('-', '') ?? null,
      };
    case 'done':
      return { flag: '1', ...resultColumns(record, stage.results) };
    case 'refused':
      return { flag: '3', cwxx: '不予办理', ...refusalColumns(stage.refusal) };
    case 'withdrawn':
      return { flag: '0', cxzt: '1' };
  }
}

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
