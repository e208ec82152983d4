import { readStage, type StageReaders } from '../cases/read-stage';
import type { Refusal } from '../cases/stage';
import { spacedTime } from '../wire/local-time';
import type { InsuranceCase } from './insurance-desk';
import type { InsuredPerson } from './insured-persons';

type Columns = Record<string, unknown>;

/** *state* of docs/agencies/wire/medical-insurance.md. */
export function stateOf(record: InsuranceCase, person: InsuredPerson | undefined): Columns {
  return {
    bizsn: record.key,
    reg_no: record.receipt,
    seq: record.sequence,
    stas_time: spacedTime(record.changedAt),
    psn_no: null,
    psn_name: record.newborn.name,
    insu_admdvs: null,
    crt_insu_date: null,
    upd_date: null,
    err_fields: [],
    rslt_msg: null,
    due_date: null,
    refusal: null,
    ...readStage(record.stage, readersOf(person)),
  };
}

export const withdrawalRefused = (record: InsuranceCase, person: InsuredPerson | undefined): Columns => ({
  ...stateOf(record, person),
  rslt_stas: '8',
  rslt_msg: '参保已生效,请到医保经办窗口办理',
});

const readersOf = (person: InsuredPerson | undefined): StageReaders<Columns> => {
  const saved = (): Columns => ({ rslt_stas: '0', psn_no: person?.psnNo ?? null });
  return {
    received: saved,
    working: saved,
    correction: ({ fields, text }) => ({ rslt_stas: '2', err_fields: fields, rslt_msg: text }),
    action: ({ text }) => ({ rslt_stas: '6', rslt_msg: text }),
    special: ({ coordinated, text, until }) => ({
      rslt_stas: coordinated ? '5' : '4',
      rslt_msg: text,
      due_date: until,
    }),
    done: ({ results }) => ({ rslt_stas: '1', ...resultColumns(results) }),
    refused: ({ refusal }) => ({ rslt_stas: '3', refusal: refusalOf(refusal) }),
    withdrawn: () => ({ rslt_stas: '7' }),
  };
};

const resultColumns = (results: Readonly<Record<string, string>>): Columns => ({
  psn_no: results['personNumber'] ?? null,
  insu_admdvs: results['areaCode'] ?? null,
  crt_insu_date: results['insuredOn'] ?? null,
  upd_date: results['updatedOn'] ?? null,
});

const refusalOf = (refusal: Refusal): Columns => ({
  reason: refusal.reason,
  legal_basis: refusal.legalBasis,
  doc_no: refusal.documentNumber,
  office: refusal.office,
  remedy: refusal.remedy,
});
