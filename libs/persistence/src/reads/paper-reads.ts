import type { PaperReads, PaperTrail } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { waybillRow } from '../papers/paper-rows';
import type { CaseSeal } from '../sealing/case-seal';
import { KeyRing } from '../sealing/key-ring';

type Event = PaperTrail['events'][number];
interface TrailRow extends Omit<PaperTrail, 'events' | 'openedAt'>, Omit<Event, 'seq' | 'at' | 'waybill'> {
  /** null: nothing has happened to the paper yet. */
  seq: number | null;
  at: string;
  openedAt: string;
  waybill: Buffer | null;
  wrapped: Buffer;
}

@Injectable()
export class PostgresPaperReads implements PaperReads {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async trails(applicationId: string): Promise<PaperTrail[]> {
    const rows = await this.database.query<TrailRow>({
      name: 'paper_trails',
      text: `select p.id, p.newborn_index as "newbornIndex", p.kind, ms(p.opened_at) as "openedAt", e.seq, e.event,
          e.said_by as by, e.from_holder as "from", e.to_holder as "to", e.edition, ms(e.at) as at, e.waybill, k.wrapped
        from paper_item p join case_key k on k.case_id = p.application_id
          left join custody_event e on e.paper_id = p.id
        where p.application_id = $1 order by p.id, e.seq`,
      values: [applicationId],
    });
    const [first] = rows;
    if (first === undefined) return [];
    const seal = this.keys.openCase(applicationId, first.wrapped);
    return [...new Set(rows.map(({ id }) => id))].map((id) =>
      trailOf(
        rows.filter((row) => row.id === id),
        seal,
      ),
    );
  }
}

function trailOf(rows: readonly TrailRow[], seal: CaseSeal): PaperTrail {
  const { id, newbornIndex, kind, openedAt } = rows[0] as TrailRow;
  const events = rows.flatMap((row) => (row.seq === null ? [] : [eventOf(row, row.seq, seal)]));
  return { id, newbornIndex, kind, openedAt: Number(openedAt), events };
}

function eventOf({ id, event, by, from, to, edition, at, waybill }: TrailRow, seq: number, seal: CaseSeal): Event {
  const opened = waybill === null ? null : seal.open<string>('custody_event', 'waybill', waybillRow(id, seq), waybill);
  return { seq, event, by, from, to, edition, at: Number(at), waybill: opened };
}
