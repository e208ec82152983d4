import type { ConsentRow, ConsentStore } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';

interface Row {
  id: string;
  application_id: string;
  parent: ConsentRow['parent'];
  purposes: ConsentRow['purposes'];
  state: ConsentRow['state'];
  expires_at: string;
}

@Injectable()
export class PostgresConsentStore implements ConsentStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async byToken(token: string): Promise<ConsentRow | null> {
    const [row] = await this.database.query<Row>({
      name: 'consent_by_token',
      text: 'select id, application_id, parent, purposes, state, ms(expires_at) as expires_at from consent where token = $1',
      values: [this.keys.token('consent', token)],
    });
    return row === undefined ? null : toConsent(row);
  }

  async open(applicationId: string): Promise<ConsentRow[]> {
    const rows = await this.database.query<Row>({
      name: 'consents_open',
      text: `select id, application_id, parent, purposes, state, ms(expires_at) as expires_at from consent
        where application_id = $1 and state = 'open'`,
      values: [applicationId],
    });
    return rows.map(toConsent);
  }

  /** The other parent may follow the case after agreeing (policy P7). */
  async answer(id: string, answer: 'agreed' | 'refused', subject: string, at: number): Promise<boolean> {
    const rows = await this.database.query({
      name: 'consent_answer',
      text: `with answered as (
          update consent set state = $2, answered_by = $3, answered_at = $4 where id = $1 and state = 'open' returning application_id)
        update application a set other_subject = case when $2 = 'agreed' then $3 else a.other_subject end
        from answered where a.id = answered.application_id returning a.id`,
      values: [id, answer, subject, new Date(at)],
    });
    return rows.length > 0;
  }
}

const toConsent = (row: Row): ConsentRow => ({
  id: row.id,
  applicationId: row.application_id,
  parent: row.parent,
  purposes: row.purposes,
  state: row.state,
  expiresAt: Number(row.expires_at),
});
