import type { AskedPerson, CaseWrite, ConsentAnswerWrite, ConsentDraft } from '@birth/application';
import type { Statement } from '../batch';
import type { CaseSeal } from '../sealing/case-seal';
import type { KeyRing } from '../sealing/key-ring';
import { moment, rowWriter } from './row-writer';

interface Sealing {
  seal: CaseSeal;
  keys: KeyRing;
}

const putConsent = rowWriter<
  Omit<ConsentDraft<AskedPerson>, 'identity' | 'token'> & { parentToken: Buffer | null; token: Buffer }
>('consent', [
  ['id', (row) => row.id],
  ['application_id', (_, caseId) => caseId],
  ['parent', (row) => row.parent],
  ['parent_token', (row) => row.parentToken],
  ['purposes', (row) => row.purposes],
  ['state', () => 'open'],
  ['token', (row) => row.token],
  ['asked_at', (row) => moment(row.askedAt)],
  ['expires_at', (row) => moment(row.expiresAt)],
]);

/** What parents were asked and said, and the records that newborns use from now on. */
export const peopleStatements = (write: CaseWrite, caseId: string, now: number, sealing: Sealing): Statement[] => [
  ...write.consentAnswers.flatMap((answer) => answered(answer, caseId, now, sealing)),
  ...write.endedConsents.map((parent) => ended(parent, caseId)),
  ...write.consentRequests.flatMap((draft) => asked(draft, caseId, sealing.keys)),
  ...write.takenRecords.flatMap((record) => taken(record, caseId)),
];

/** Nobody is asked any more, and the token opens nothing; what was agreed stays. */
const ended = (parent: string, caseId: string): Statement => ({
  name: 'consent_end',
  text: `update consent set state = 'replaced' where application_id = $1 and parent = $2 and state in ('open', 'refused')`,
  values: [caseId, parent],
});

/** A mother's word also opens the records that her case uses already. */
function answered(answer: ConsentAnswerWrite, caseId: string, now: number, { seal, keys }: Sealing): Statement[] {
  const { id, reason, sharesRecordsWith } = answer;
  const sealed = reason === null ? null : seal.seal('consent', 'reason', id, reason);
  const sharesWith = sharesRecordsWith === null ? null : keys.paper('father', sharesRecordsWith);
  const said: Statement = {
    name: 'consent_answer',
    text: `update consent set state = $3, answered_at = $4, answered_by = $5, via = $6, reason = $7, shares_with = $8
      where id = $1 and application_id = $2`,
    values: [id, caseId, answer.answer, moment(now), answer.subject, answer.via, sealed, sharesWith],
  };
  const shared: Statement = {
    name: 'share_records',
    text: 'update birth_record set father_token = $2 where application_id = $1',
    values: [caseId, sharesWith],
  };
  return sharesWith === null ? [said] : [said, shared];
}

function asked({ identity, token, ...draft }: ConsentDraft<AskedPerson>, caseId: string, keys: KeyRing): Statement[] {
  const row = { ...draft, token: keys.token('consent', token), parentToken: keys.paper('consent_parent', identity) };
  return [
    {
      name: 'consent_replace',
      text: `update consent set state = 'replaced' where application_id = $1 and parent = $2 and state <> 'replaced'`,
      values: [caseId, draft.parent],
    },
    putConsent(row, caseId),
  ];
}

/** A mother who confirmed before shares the record with the father. */
const taken = ({ newbornIndex, recordId }: CaseWrite['takenRecords'][number], caseId: string): Statement[] => [
  {
    name: 'newborn_record',
    text: 'update newborn set birth_record_id = $3 where application_id = $1 and index = $2',
    values: [caseId, newbornIndex, recordId],
  },
  {
    name: 'take_record',
    text: `update birth_record r set application_id = $1, father_token = coalesce((select c.shares_with from consent c
        where c.application_id = $1 and c.parent = 'mother' and c.state = 'agreed'), r.father_token) where r.id = $2`,
    values: [caseId, recordId],
  },
];
