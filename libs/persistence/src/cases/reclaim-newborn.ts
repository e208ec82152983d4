import type { DuplicateNewborn } from '@birth/application';
import type { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';

/**
 * A closed case gave its newborn's tokens away: takes them again, in sorted order like every filing, and looks in a new
 * statement who has what it did not get. null: they are this case's.
 */
export async function reclaimNewborn(
  client: Transaction,
  keys: KeyRing,
  applicationId: string,
  texts: readonly string[],
): Promise<DuplicateNewborn | null> {
  if (texts.length === 0) return null;
  const tokens = texts.map((text) => keys.token('newborn', text));
  await client.query({
    name: 'reclaim_newborn',
    text: `insert into lookup_token (kind, token, application_id)
      select 'newborn', decode(t, 'base64'), $1 from unnest($2::text[]) t order by t on conflict do nothing`,
    values: [applicationId, tokens.map((token) => token.toString('base64'))],
  });
  const { rows } = await client.query<Omit<DuplicateNewborn, 'outcome'>>({
    name: 'newborn_holder',
    text: `select a.id as "applicationId", a.case_number as "caseNumber", a.applicant_subject as "applicantSubject"
      from lookup_token l join application a on a.id = l.application_id
      where l.kind = 'newborn' and l.token = any ($2) and a.id <> $1 limit 1`,
    values: [applicationId, tokens],
  });
  return rows[0] === undefined ? null : { outcome: 'duplicate_newborn', ...rows[0] };
}
