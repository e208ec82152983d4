import type { EvidenceExport, EvidenceExports } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

const EXPORTS_SHOWN = 100;

@Injectable()
export class PostgresEvidenceExports implements EvidenceExports {
  constructor(private readonly database: Database) {}

  async note({ id, applicationId, takenAs, takenBy, withBodies, digest, takenAt }: EvidenceExport): Promise<void> {
    await this.database.query({
      name: 'put_evidence_export',
      text: `insert into evidence_export (id, application_id, taken_as, taken_by, with_bodies, digest, taken_at)
        values ($1, $2, $3, $4, $5, $6, $7)`,
      values: [id, applicationId, takenAs, takenBy, withBodies, digest, new Date(takenAt)],
    });
  }

  async ofCase(applicationId: string): Promise<EvidenceExport[] | null> {
    const rows = await this.database.query<EvidenceExport & Record<string, unknown>>({
      name: 'evidence_exports',
      text: `select e.id, a.id as "applicationId", taken_as as "takenAs", taken_by as "takenBy",
          with_bodies as "withBodies", digest, ms(taken_at)::float8 as "takenAt"
        from application a left join evidence_export e on e.application_id = a.id
        where a.id = $1 order by taken_at desc, e.id desc limit ${EXPORTS_SHOWN}`,
      values: [applicationId],
    });
    return rows.length === 0 ? null : rows.filter(({ id }) => id !== null);
  }
}
