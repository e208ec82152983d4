import { Client } from 'pg';

const ROLE = 'exchange_agencies';

/** Where the agencies' side of the exchange table signs in, with a role of its own. */
export function exchangeUrl(databaseUrl: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = ROLE;
  url.password = password;
  return url.toString();
}

/** The rights of docs/agencies/exchange-table.md and no others; the table is there once the platform has started. */
export async function grantExchange(databaseUrl: string, password: string): Promise<void> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const { rowCount } = await database.query('select 1 from pg_roles where rolname = $1', [ROLE]);
    const verb = rowCount === 0 ? 'create' : 'alter';
    await database.query(`${verb} role ${ROLE} login password ${database.escapeLiteral(password)}`);
    for (const right of RIGHTS) await database.query(right);
  } finally {
    await database.end();
  }
}

const RIGHTS = [
  `grant usage on schema exchange to ${ROLE}`,
  `grant select on exchange.step_request to ${ROLE}`,
  `grant update (flag, flag_at, receipt, error_text, error_fields, result, refusal) on exchange.step_request to ${ROLE}`,
];
