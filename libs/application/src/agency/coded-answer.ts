import type { AgencyCodes, CodeMeaning } from '@birth/domain';
import type { ActedBy } from '../event-chain';
import type { AgencyAnswer } from '../ports/agency-adapter';
import { isAgency } from './incoming';

/** What the agency's dictionary says of an answer's code; null where it has none. */
export function meaningOf(answer: AgencyAnswer, { actorId }: ActedBy, codes: AgencyCodes): CodeMeaning | null {
  if (answer.code === undefined || actorId === null || !isAgency(actorId)) return null;
  return codes.find(actorId, answer.code);
}

/** An agency that says by its code alone what is wrong, or what may be corrected, is heard in the dictionary's words. */
export function codedAnswer(answer: AgencyAnswer, meaning: CodeMeaning | null): AgencyAnswer {
  if (meaning === null) return answer;
  switch (answer.kind) {
    case 'correction_needed':
      return {
        ...answer,
        text: answer.text || meaning.parent,
        fields: answer.fields.length === 0 ? meaning.fields : answer.fields,
      };
    case 'action_needed':
    case 'suspended':
    case 'withdrawal_refused':
      return { ...answer, text: answer.text || meaning.parent };
    case 'accepted':
    case 'completed':
    case 'rejected':
    case 'withdrawn':
      return answer;
  }
}
