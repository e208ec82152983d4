import { readStage, type StageReaders } from '../cases/read-stage';
import type { Results } from '../ledger/ledger-entry';
import type { TaskCase } from '../offices/task-facts';

/** An office that begins once it has the paper in its hands. */
export const PAPER_AWAITED = '待收';

/** What is told of a paper beside. */
const PROGRESS: Readonly<Record<string, { detail?: string; paper?: string }>> = {
  [PAPER_AWAITED]: { detail: 'waiting_for_paper' },
  已收: { detail: 'in_progress', paper: 'received' },
  已裁: { detail: 'in_progress', paper: 'cut' },
};

type Answer = Record<string, unknown> | null;

const readersOf = (record: TaskCase): StageReaders<Answer> => ({
  received: () => ({ kind: 'accepted' }),
  working: ({ detail }) => ({ kind: 'accepted', ...(PROGRESS[detail] ?? {}) }),
  done: ({ results, existed = false }) => ({ kind: 'completed', results: resultsInJson(results), existed }),
  correction: ({ fields, text }) => ({ kind: 'correction_needed', fields, text }),
  action: ({ text }) => ({ kind: 'action_needed', text, ...dueOf(record) }),
  special: ({ coordinated, text, until }) => {
    const procedure = coordinated ? 'coordinated_check' : 'special_procedure';
    return { kind: 'suspended', procedure, text, until };
  },
  refused: ({ refusal }) => ({ kind: 'rejected', refusal }),
  withdrawn: () => null,
});

/** Of a premium: what the family pays, under the number of its notice. */
function dueOf({ facts, receipt }: TaskCase): { payment?: object } {
  if (facts.premium === null) return {};
  const { amount, feeYear } = facts.premium;
  return { payment: { noticeNumber: receipt, amountFen: amount, payBy: `${feeYear}-12-31` } };
}

/** Amounts are numbers there; our books hold texts. */
export const resultsInJson = ({ amountFen, ...results }: Results): Record<string, unknown> =>
  amountFen === undefined ? results : { ...results, amountFen: Number(amountFen) };

/** docs/agencies/wire/worklist.md, answers; null where there is nothing to say. */
export const answerOf = (record: TaskCase): Answer => readStage(record.stage, readersOf(record));
