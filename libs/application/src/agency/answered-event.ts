import { type AnsweredEvent, type AnswerVia, type Demand, forbiddenDemands, type WorkKind } from '@birth/domain';
import type { AgencyAnswer } from '../ports/agency-adapter';
import type { AgencyText } from '../ports/case-store';
import { isUnnamed } from './registered-child';

export interface Answering {
  stepId: string;
  /** null: the agency named only its receipt. */
  generation: number | null;
  via: AnswerVia;
  answer: AgencyAnswer;
  /** Its code says that the ground of a refusal is none in law. */
  isUnlawful?: boolean;
  /** The claimed row whose call brought the answer. */
  work?: { kind: WorkKind; leaseToken: string };
}

/** What decide() may know of an answer: kinds, codes and times. */
export function answeredEvent(
  answering: Answering,
  compared: Required<Pick<AnsweredEvent, 'resultsDiffer' | 'wordsDiffer' | 'differs'>>,
  ofPayment: Pick<AnsweredEvent, 'detail' | 'premium'> = {},
): AnsweredEvent {
  const { stepId, generation, via, answer, work } = answering;
  const detail = detailOf(answer);
  const demands = demandsOf(answering);
  return {
    type: 'answered',
    stepId,
    generation,
    via,
    kind: answer.kind,
    hasReceipt: answer.receipt !== undefined,
    ...foundBefore(answer),
    resultsDiffer: compared.resultsDiffer,
    wordsDiffer: compared.wordsDiffer,
    ...(compared.differs.length === 0 ? {} : { differs: compared.differs }),
    ...ofPayment,
    ...(detail === undefined ? {} : { detail }),
    ...(answer.occurredAt === undefined ? {} : { occurredAt: answer.occurredAt }),
    ...(answer.sequence === undefined ? {} : { sequence: answer.sequence }),
    ...(answer.papers === undefined ? {} : { papers: answer.papers }),
    ...(demands.length === 0 ? {} : { demands }),
    ...(work === undefined ? {} : { work }),
  };
}

function foundBefore(answer: AgencyAnswer): Pick<AnsweredEvent, 'existed' | 'isUnnamed'> {
  if (answer.kind !== 'completed' || !answer.existed) return {};
  return { existed: true, ...(isUnnamed(answer.registered) ? { isUnnamed: true } : {}) };
}

function detailOf(answer: AgencyAnswer): AnsweredEvent['detail'] {
  if (answer.kind === 'accepted') return answer.detail;
  return answer.kind === 'suspended' ? answer.procedure : undefined;
}

/** Forbidden papers that any of its words asks for, a refusal's ground and remedy as well (policy P8). */
function demandsOf({ answer, isUnlawful = false }: Answering): Demand[] {
  const text = agencyTextOf(answer);
  if (text === null) return [];
  const found = forbiddenDemands([text.text, ...Object.values(text.refusal ?? {})].join('\n'));
  return isUnlawful && answer.kind === 'rejected' ? [...found, 'refusal'] : found;
}

/** The agency's own words, for the family and the clerk; null where the answer has none. */
export function agencyTextOf(answer: AgencyAnswer): AgencyText | null {
  const text = wordsOf(answer);
  return text === null || answer.code === undefined ? text : { ...text, code: answer.code };
}

function wordsOf(answer: AgencyAnswer): AgencyText | null {
  switch (answer.kind) {
    case 'correction_needed':
      return { text: answer.text, fields: answer.fields };
    case 'action_needed':
    case 'suspended':
    case 'withdrawal_refused':
      return { text: answer.text };
    case 'rejected':
      return { text: answer.refusal.reason, refusal: answer.refusal };
    case 'accepted':
    case 'completed':
    case 'withdrawn':
      return null;
  }
}
