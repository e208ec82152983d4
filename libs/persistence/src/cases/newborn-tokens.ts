import type { DuplicateNewborn } from '@birth/application';
import type { Statement } from '../batch';
import type { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';

/** Takes tokens of newborns, always in the same order: two that want the same never wait for each other. */
export const takeTokens = (tokens: readonly Buffer[], caseId: string): Statement => ({
  name: 'take_newborn_tokens',
  text: `insert into lookup_token (kind, token, application_id)
    select 'newborn', t, $1 from unnest($2::bytea[]) t order by t on conflict do nothing`,
  values: [caseId, tokens],
});

/** Another case that has one of these; a new statement sees what was committed while it waited. */
export async function findHolder(
  client: Transaction,
  tokens: readonly Buffer[],
  caseId: string,
): Promise<DuplicateNewborn | null> {
  const { rows } = await client.query<Omit<DuplicateNewborn, 'outcome'>>({
    name: 'newborn_holder',
    text: `select a.id as "applicationId", a.case_number as "caseNumber", a.applicant_subject as "applicantSubject"
      from lookup_token l join application a on a.id = l.application_id
      where l.kind = 'newborn' and l.token = any ($2) and a.id <> $1 limit 1`,
    values: [caseId, tokens],
  });
  return rows[0] === undefined ? null : { outcome: 'duplicate_newborn', ...rows[0] };
}

/** A closed case gave its newborn's tokens away: takes them again. null: they are this case's. */
export async function reclaimNewborn(
  client: Transaction,
  keys: KeyRing,
  caseId: string,
  texts: readonly string[],
): Promise<DuplicateNewborn | null> {
  if (texts.length === 0) return null;
  const tokens = texts.map((text) => keys.token('newborn', text));
  await client.query(takeTokens(tokens, caseId));
  return findHolder(client, tokens, caseId);
}
