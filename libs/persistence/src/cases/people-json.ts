import type { CaseWrite, ConsentAnswerWrite, ConsentDraft } from '@birth/application';
import type { CaseSeal } from '../sealing/case-seal';
import type { KeyRing } from '../sealing/key-ring';

interface Sealing {
  seal: CaseSeal;
  keys: KeyRing;
}

/** Consents of a write; nothing where it has none. Words are sealed, numbers become keyed tokens. */
export function peopleJson(write: CaseWrite, { seal, keys }: Sealing): Record<string, unknown> {
  const { consentAnswers, consentRequests } = write;
  const people = {
    ...(consentAnswers.length === 0
      ? {}
      : { answers: consentAnswers.map((answer) => answerJson(answer, { seal, keys })) }),
    ...(consentRequests.length === 0 ? {} : { requests: consentRequests.map((draft) => requestJson(draft, keys)) }),
  };
  return Object.keys(people).length === 0 ? {} : { people };
}

function answerJson({ reason, sharesRecordsWith, ...answer }: ConsentAnswerWrite, { seal, keys }: Sealing) {
  const father = sharesRecordsWith === null ? null : keys.paper('father', sharesRecordsWith);
  return {
    ...answer,
    reason: reason === null ? null : seal.seal('consent', 'reason', answer.id, reason).toString('base64'),
    sharesWith: father?.toString('base64') ?? null,
  };
}

function requestJson({ identity, token, ...draft }: ConsentDraft, keys: KeyRing) {
  return {
    ...draft,
    token: keys.token('consent', token).toString('base64'),
    parentToken: keys.paper('consent_parent', identity)?.toString('base64') ?? null,
  };
}
