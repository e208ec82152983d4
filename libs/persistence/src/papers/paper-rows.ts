import type { CaseWrite, CustodyWrite, PaperWrite } from '@birth/application';
import type { Statement } from '../batch';
import { moment, rowWriter } from '../cases/row-writer';
import type { CaseSeal } from '../sealing/case-seal';

const putPaper = rowWriter<PaperWrite>(
  'paper_item',
  [
    ['id', (paper) => paper.id],
    ['application_id', (_, caseId) => caseId],
    ['newborn_index', (paper) => paper.newbornIndex],
    ['kind', (paper) => paper.kind],
    ['opened_at', (paper) => moment(paper.openedAt)],
  ],
  'on conflict do nothing',
);

type SealedEvent = Omit<CustodyWrite, 'waybill'> & { waybill: Buffer | null };

const putCustody = rowWriter<SealedEvent>('custody_event', [
  ['paper_id', (entry) => entry.paperId],
  ['seq', (entry) => entry.seq],
  ['event', (entry) => entry.event],
  ['said_by', (entry) => entry.by],
  ['from_holder', (entry) => entry.from],
  ['to_holder', (entry) => entry.to],
  ['edition', (entry) => entry.edition],
  ['at', (entry) => moment(entry.at)],
  ['waybill', (entry) => entry.waybill],
]);

/** None for a family without papers. */
export function paperStatements({ papers, custody }: CaseWrite, caseId: string, seal: CaseSeal): Statement[] {
  return [
    ...papers.map((paper) => putPaper(paper, caseId)),
    ...custody.map((entry) => putCustody({ ...entry, waybill: sealWaybill(seal, entry) }, caseId)),
  ];
}

export const waybillRow = (paperId: string, seq: number): string => `${paperId}/${seq}`;

const sealWaybill = (seal: CaseSeal, { paperId, seq, waybill }: CustodyWrite): Buffer | null =>
  waybill === null ? null : seal.seal('custody_event', 'waybill', waybillRow(paperId, seq), waybill);
