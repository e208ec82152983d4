import { type AgencyAnswer, type ExchangeAnswer, readResults, type StepReference } from '@birth/application';
import { broken, Fields, readRefusal } from '../kit/parse';

const MAX_TEXT = 1_000;

/** The agency's side has said what it has to say of this row: nothing more of it is needed there. */
export const isLastWord = ({ kind }: AgencyAnswer): boolean =>
  kind === 'completed' || kind === 'rejected' || kind === 'correction_needed';

/** Their flags end here. An error without a refusal's parts refuses nothing: a person asks (policy P15). */
export function toAnswer(row: ExchangeAnswer, step: Pick<StepReference, 'code' | 'qualifier'>): AgencyAnswer {
  const stated = {
    ...(row.flagAt === null ? {} : { occurredAt: row.flagAt }),
    ...(row.receipt === null ? {} : { receipt: row.receipt }),
  };
  switch (row.flag) {
    case null:
      return { kind: 'accepted', detail: 'delivered' };
    case '0':
      return { ...stated, kind: 'accepted', detail: 'in_progress' };
    case '1':
      return { ...stated, kind: 'completed', ...resultsOf(row.result, step) };
    case '2':
      return { ...stated, kind: 'correction_needed', fields: pointers(row.errorFields), text: words(row.errorText) };
    case '3':
      if (row.refusal === null) throw broken('refusal');
      return { ...stated, kind: 'rejected', refusal: readRefusal(new Fields(row.refusal, 'refusal.')) };
  }
}

/** Beside the results it may say that they were there before (policy P14). */
function resultsOf(given: unknown, step: Pick<StepReference, 'code' | 'qualifier'>) {
  const { existed = false, ...said } = (given ?? {}) as Record<string, unknown>;
  const told = readResults(said, step);
  if (told === null || typeof existed !== 'boolean') throw broken('result');
  return existed ? ({ ...told, existed } as const) : told;
}

const pointers = (fields: unknown): string[] => new Fields({ error_fields: fields ?? [] }).texts('error_fields');

function words(text: string | null): string {
  if (text === null || text.trim() === '' || text.length > MAX_TEXT) throw broken('error_text');
  return text;
}
