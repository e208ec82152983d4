import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type CaseCompleteness, PORTAL_RECORD_STORE, type PortalRecordStore } from '../ports/portal-records';
import { CLERK_READS, type ClerkReads } from '../ports/reads';
import type { PortalCasePage, PortalRecordsView } from '../shapes/portal-shapes';
import { iso } from '../views/moments';
import { type ClerkScope, coversCounty, isUnlimited } from './clerk-scope';

/** What the city's portal was told of its cases, what it has acknowledged, and what is still owed. */
@Injectable()
export class PortalRecords {
  constructor(
    @Inject(PORTAL_RECORD_STORE) private readonly store: PortalRecordStore,
    @Inject(CLERK_READS) private readonly reads: ClerkReads,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first; nothing for who sees only a part of the county. */
  async cases(scope: ClerkScope, { cursor, limit }: { cursor?: string; limit: number }): Promise<PortalCasePage> {
    const seesAll = coversCounty(scope) && isUnlimited(scope.agencies) && isUnlimited(scope.offices);
    const found = seesAll ? await this.store.cases(cursor ?? null, limit) : [];
    return {
      items: found.map(caseView),
      nextCursor: found.length === limit ? (found.at(-1)?.applicationId ?? null) : null,
    };
  }

  async ofCase(scope: ClerkScope, applicationId: string): Promise<PortalRecordsView> {
    await this.mustSee(scope, applicationId);
    const rows = await this.store.ofCase(applicationId);
    return {
      items: rows.map(({ id, kind, about, service, state, attempts, refusal, ...times }) => ({
        ...{ id, kind, about, state, attempts, refusal },
        code: service?.code ?? null,
        newbornIndex: service?.newbornIndex ?? null,
        at: iso(times.at),
        sentAt: isoOrNull(times.sentAt),
        acknowledgedAt: isoOrNull(times.acknowledgedAt),
        nextAt: isoOrNull(times.nextAt),
      })),
    };
  }

  /** Once more, under the same key: also what was refused or acknowledged. */
  async resend(scope: ClerkScope, record: { applicationId: string; id: string }): Promise<PortalRecordsView> {
    await this.mustSee(scope, record.applicationId);
    if (!(await this.store.resend(record, this.clock.now()))) throw new Problem(404, 'not_found');
    return this.ofCase(scope, record.applicationId);
  }

  private async mustSee(scope: ClerkScope, applicationId: string): Promise<void> {
    if (!(await this.reads.inScope(scope, applicationId))) throw new Problem(404, 'not_found');
  }
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

function caseView({ counts, filedAt, ...known }: CaseCompleteness): PortalCasePage['items'][number] {
  const { owed, sent, refused } = counts;
  const isComplete = known.isClosed && known.missing + owed + sent + refused === 0;
  return { ...known, filedAt: iso(filedAt), isComplete, ...counts };
}
