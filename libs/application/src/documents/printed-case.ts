import { isTerminal } from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { type CaseView, isOnlyShown, type StepView } from '../shapes/case-shapes';
import type { PrintedDocument, PrintedTable } from '../ports/document-press';
import type { ReceiptClaims } from '../ports/receipt-signer';
import type { Entitlement } from './entitlements';
import type { IssuerLink } from './issuer-links';

export const DOCUMENT_IDS = ['receipt', 'completion-list'] as const;
export type DocumentId = (typeof DOCUMENT_IDS)[number];

export const DOCUMENT_NAMES: Readonly<Record<DocumentId, string>> = {
  receipt: '受理回执',
  'completion-list': '办结清单',
};

type Columns = Pick<PrintedTable, 'head' | 'widths'>;
const RECEIPT: Columns = {
  head: ['事项', '承办单位', '电话', '状态', '承诺办结', '请不晚于'],
  widths: [22, 25, 14, 12, 15, 12],
};
const COMPLETION: Columns = { head: ['事项', '承办单位', '结果', '说明'], widths: [25, 30, 12, 33] };
const OWED: Columns = { head: ['项目', '内容', '办理单位', '期限', '依据'], widths: [15, 30, 18, 14, 23] };

const LINKED: Columns = { head: ['证照', '签发部门', '网址', '怎样领取'], widths: [20, 18, 24, 38] };

const MARK = '本回执不是证照，仅证明办理情况';
const CODE_NOTE =
  '右上角二维码载有案件编号、日期和各事项结果，并由平台签名，不含姓名和证件号码；任何单位可在线核验，也可用平台公布的公钥离线核验。';

export interface CaseToPrint {
  caseNumber: string;
  view: CaseView;
  now: number;
  code: string;
}

/** What is only handed out is no service: it is neither listed nor waited for. */
const servicesOf = (steps: readonly StepView[]): StepView[] => steps.filter(({ code }) => code !== 'delivery');

/** A premium may be paid for months: it is listed as it stands. */
const isWaitedFor = ({ code }: StepView): boolean => code !== 'insurance_payment';

/** A case is over when no step is open: before, there is nothing to list as done. */
export const isOver = ({ newborns }: Pick<CaseView, 'newborns'>): boolean =>
  newborns.every(({ steps }) =>
    servicesOf(steps)
      .filter(isWaitedFor)
      .every(({ state }) => !isOnlyShown(state) && isTerminal(state)),
  );

export function claimsOf({ caseNumber, view, now }: Omit<CaseToPrint, 'code'>): ReceiptClaims {
  const results = view.newborns.flatMap(({ index, steps }) =>
    servicesOf(steps).map(({ code, state }) => ({ newborn: index + 1, service: code, state })),
  );
  return { caseNumber, printedOn: toShanghaiDate(now), results };
}

/** 受理回执: what was filed, who has it, until when. No name, no number of a person. */
export const printedReceipt = (shown: CaseToPrint): PrintedDocument => ({
  ...common('receipt', shown),
  tables: tablesOf(shown.view, RECEIPT, (step) => [
    step.name,
    step.office.name,
    step.office.phone,
    step.stateName,
    promised(step),
    step.statutory?.metAt === null ? step.statutory.safeAt : '—',
  ]),
  notes: [
    '查询：凭案件编号和提交成功时显示的查询密码，可不登录查询进度。查询密码不会印在回执上，请妥善保存。',
    '“请不晚于”是法定期限的稳妥日期；逾期前平台会提醒，仍可向承办单位办理。',
    CODE_NOTE,
  ],
});

export interface WhatElse {
  entitlements: readonly (Entitlement & { until: string | null })[];
  links: readonly IssuerLink[];
}

/** 办结清单: how each service ended, and what else the family may claim. */
export const printedCompletion = (shown: CaseToPrint, { entitlements, links }: WhatElse): PrintedDocument => ({
  ...common('completion-list', shown),
  tables: [
    ...tablesOf(shown.view, COMPLETION, (step) => [step.name, step.office.name, step.stateName, step.reasonText]),
    ...(links.length === 0
      ? []
      : [
          {
            heading: '电子证照（由签发部门在其平台提供，本平台不制作）',
            ...LINKED,
            rows: links.map(({ name, issuer, url, how }) => [name, issuer, url, how]),
          },
        ]),
    {
      heading: '您还可以享受（仅供参考，请向办理单位咨询）',
      ...OWED,
      rows: entitlements.map(({ name, what, office, until, source, publishedOn }) => [
        name,
        what,
        office,
        until === null ? '—' : `${until} 前`,
        `${source}（${publishedOn}）`,
      ]),
    },
  ],
  notes: ['证照由各部门制发，以部门发给的证照为准。', CODE_NOTE],
});

function common(id: DocumentId, { caseNumber, view, now, code }: CaseToPrint) {
  const facts: PrintedDocument['facts'] = [
    ['案件编号', caseNumber],
    ['提交时间', view.filedAt.slice(0, 16).replace('T', ' ')],
    ['打印日期', toShanghaiDate(now)],
  ];
  return { title: `出生一件事联办 ${DOCUMENT_NAMES[id]}`, mark: MARK, facts, code };
}

const tablesOf = (view: CaseView, columns: Columns, row: (step: StepView) => string[]): PrintedTable[] =>
  view.newborns.map(({ index, steps }) => ({
    heading: view.newborns.length === 1 ? '办理事项' : `第${index + 1}个新生儿的办理事项`,
    ...columns,
    rows: servicesOf(steps).map(row),
  }));

const promised = ({ promisedAt, promisedAtEstimated }: StepView): string =>
  promisedAt === null ? '受理后确定' : `${promisedAt}${promisedAtEstimated ? ' 预计' : ''}`;
