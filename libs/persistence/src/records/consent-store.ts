import type { ConsentRef, ConsentStore, IdentityPaper } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Row {
  id: string;
  application_id: string;
}

/** Finds requests to confirm; their state and words are read with the case. */
@Injectable()
export class PostgresConsentStore implements ConsentStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async find(tokenOrId: string): Promise<ConsentRef | null> {
    const isId = UUID.test(tokenOrId);
    const [row] = await this.database.query<Row>({
      name: isId ? 'consent_by_id' : 'consent_by_token',
      text: `select id, application_id from consent where ${isId ? 'id' : 'token'} = $1`,
      values: [isId ? tokenOrId : this.keys.token('consent', tokenOrId)],
    });
    return row === undefined ? null : toRef(row);
  }

  async findGuardian(token: string, identity: IdentityPaper): Promise<ConsentRef | null> {
    const paper = this.keys.paper('consent_parent', identity);
    if (paper === null) return null;
    const [row] = await this.database.query<Row>({
      name: 'guardian_by_token',
      text: `select id, application_id from consent where token = $1 and parent_token = $2 and parent = 'guardian'`,
      values: [this.keys.token('consent', token), paper],
    });
    return row === undefined ? null : toRef(row);
  }

  async waitingFor(identity: IdentityPaper, now: number, limit: number): Promise<ConsentRef[]> {
    const token = this.keys.paper('consent_parent', identity);
    if (token === null) return [];
    const rows = await this.database.query<Row>({
      name: 'consents_of_parent',
      text: `select c.id, c.application_id from consent c join application a on a.id = c.application_id
        where c.parent_token = $1 and c.parent <> 'guardian' and c.state = 'open' and c.expires_at > $2 and a.closed_at is null
        order by c.id desc limit $3`,
      values: [token, new Date(now), limit],
    });
    return rows.map(toRef);
  }
}

const toRef = ({ id, application_id: applicationId }: Row): ConsentRef => ({ id, applicationId });
