import { type Clock, CLOCK, newId, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { coversCounty, isUnlimited } from '../clerk/clerk-scope';
import type { Clerk } from '../clerk/clerk-steps';
import { EVIDENCE_EXPORTS, type EvidenceExport, type EvidenceExports } from '../ports/evidence-exports';
import { EVIDENCE_READS, type EvidenceReads } from '../ports/evidence-reads';
import { EVIDENCE_SIGNER, type EvidenceSigner } from '../ports/signed-roots';
import type { EvidenceExportsView } from '../shapes/evidence-shapes';
import { packOf } from './evidence-pack';

/** The first root of a pack (docs/evidence.md 5); null: the last root alone. */
type RootsSince = number | null;

/** Evidence of a whole case for those who audit it; every pack that leaves is noted before (row D11). */
@Injectable()
export class ExportEvidence {
  constructor(
    @Inject(EVIDENCE_READS) private readonly reads: EvidenceReads,
    @Inject(EVIDENCE_EXPORTS) private readonly exports: EvidenceExports,
    @Inject(EVIDENCE_SIGNER) private readonly signer: EvidenceSigner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Without what was said: codes, moments, identifiers, salted digests. */
  async forAuditor(clerk: Clerk, applicationId: string, rootsSince: RootsSince): Promise<Pack> {
    mustSeeAll(clerk);
    const taken = { takenAs: 'clerk', takenBy: clerk.subject } as const;
    const pack = await this.take({ applicationId }, { rootsSince, withBodies: false }, taken);
    if (pack === null) throw new Problem(404, 'not_found');
    return pack;
  }

  /** null: no such case. */
  forOperator(
    operator: string,
    caseNumber: string,
    options: { rootsSince: RootsSince; withBodies: boolean },
  ): Promise<Pack | null> {
    return this.take({ caseNumber }, options, { takenAs: 'operator', takenBy: operator });
  }

  async list(clerk: Clerk, applicationId: string): Promise<EvidenceExportsView> {
    mustSeeAll(clerk);
    const taken = await this.exports.ofCase(applicationId);
    if (taken === null) throw new Problem(404, 'not_found');
    return {
      exports: taken.map(({ takenAs, takenBy, withBodies, digest, takenAt }) => ({
        takenAs,
        takenBy,
        withBodies,
        digest: digest.toString('hex'),
        takenAt: new Date(takenAt).toISOString(),
      })),
    };
  }

  private async take(
    of: Parameters<EvidenceReads['ofCase']>[0],
    options: { rootsSince: RootsSince; withBodies: boolean },
    taken: Pick<EvidenceExport, 'takenAs' | 'takenBy'>,
  ): Promise<Pack | null> {
    const evidence = await this.reads.ofCase(of, options);
    if (evidence === null) return null;
    const takenAt = this.clock.now();
    const text = packOf(evidence, this.signer, takenAt);
    const digest = createHash('sha256').update(text).digest();
    const { applicationId, caseNumber } = evidence;
    const { withBodies } = options;
    await this.exports.note({ ...taken, id: newId(), applicationId, withBodies, digest, takenAt });
    return { caseNumber, text };
  }
}

export interface Pack {
  caseNumber: string;
  text: string;
}

/** A pack is of all agencies: one who may see a part of them may not have it. */
function mustSeeAll({ scope }: Clerk): void {
  const seesAll = coversCounty(scope) && isUnlimited(scope.agencies) && isUnlimited(scope.offices);
  if (!seesAll) throw new Problem(404, 'not_found');
}
