import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Caller } from '../caller';
import { KeepMaterial } from '../intake/keep-material';
import { AgencyContractBroken } from '../ports/agency-errors';
import type { KeptReference } from '../ports/case-store';
import { type GovernmentPortal, PORTAL, type PortalFiling, type ReferredMaterial } from '../ports/government-portal';
import type { MaterialView } from '../shapes/intake-shapes';

const DEADLINE_MS = 20_000;
const RETRY_SECONDS = 30;
const ROUTE = 'material of the government portal';

/** Papers that lie at the portal: fetched before the filing, held against what it signed, kept as the family's own. */
@Injectable()
export class FetchMaterials {
  constructor(
    @Inject(PORTAL) private readonly portal: GovernmentPortal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly keep: KeepMaterial,
  ) {}

  /** Problem 422 where one is not there or is another, 503 while the portal does not give it. */
  async of({ caseNumber, materials }: PortalFiling, caller: Caller): Promise<KeptReference[]> {
    const deadlineAt = this.clock.now() + DEADLINE_MS;
    const kept: KeptReference[] = [];
    for (const [index, material] of materials.entries()) {
      const bytes = await this.fetch(material, index, deadlineAt);
      const key = `${caseNumber}/${material.reference}`;
      const { body } = await this.keep.save(caller, { key, route: ROUTE }, bytes);
      kept.push({ ...material, materialId: (body as MaterialView).id });
    }
    return kept;
  }

  private async fetch({ reference, digest }: ReferredMaterial, index: number, deadlineAt: number): Promise<Buffer> {
    const bytes = await this.portal.fetchMaterial(reference, deadlineAt).catch((error: unknown) => {
      if (error instanceof AgencyContractBroken) return null;
      throw new Problem(503, 'unavailable', { retryAfterSeconds: RETRY_SECONDS });
    });
    if (bytes !== null && createHash('sha256').update(bytes).digest('hex') === digest) return bytes;
    throw new Problem(422, 'form_invalid', { errors: [{ pointer: `/materials/${index}`, code: 'unknown_material' }] });
  }
}
