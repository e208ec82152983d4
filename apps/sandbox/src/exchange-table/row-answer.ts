import { readStage, type StageReaders } from '../cases/read-stage';
import type { Refusal, Stage } from '../cases/stage';
import { resultsInJson } from '../worklist/worklist-answer';

interface RowAnswer {
  flag: '0' | '1' | '2' | '3';
  text: string | null;
  fields: string[] | null;
  result: Record<string, unknown> | null;
  refusal: Refusal | null;
}

const EMPTY = { text: null, fields: null, result: null, refusal: null };
const TAKEN: RowAnswer = { ...EMPTY, flag: '0' };

/** docs/agencies/exchange-table.md: the table knows four flags; a special procedure is "not finished" there. */
const READERS: StageReaders<RowAnswer> = {
  received: () => TAKEN,
  working: () => TAKEN,
  action: () => TAKEN,
  special: () => TAKEN,
  withdrawn: () => TAKEN,
  done: ({ results, existed = false }) => ({ ...EMPTY, flag: '1', result: { ...resultsInJson(results), existed } }),
  correction: ({ text, fields }) => ({ ...EMPTY, flag: '2', text, fields }),
  refused: ({ refusal }) => ({ ...EMPTY, flag: '3', refusal }),
};

export const rowAnswer = (stage: Stage): RowAnswer => readStage(stage, READERS);
