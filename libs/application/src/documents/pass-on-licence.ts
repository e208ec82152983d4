import type { StepRecord } from '@birth/domain';
import { type Clock, CLOCK, Problem, submissionKey } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import type { Locale } from '../caller';
import {
  ADAPTER_BOOK,
  type AdapterBook,
  type AgencyAdapter,
  type Licence,
  type StepReference,
} from '../ports/agency-adapter';
import { AgencyContractBroken, AgencyUnavailable, OutcomeUnknown } from '../ports/agency-errors';
import type { LoadedCase } from '../ports/case-store';
import { TurnsAside } from '../traffic/turns-aside';
import type { FamilyCase } from '../views/show-application';
import { agencyName, licenceName } from '../views/words';

const RETRY_SECONDS = 60;

export interface OfferedLicence {
  stepId: string;
  name: string;
  issuer: string;
}

/** Official e-licences: fetched from who issued them when the family asks, passed on byte for byte, kept nowhere (P17). */
@Injectable()
export class PassOnLicence {
  constructor(
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly gates: AgencyGates,
    private readonly turns: TurnsAside,
  ) {}

  /** Of the parent who filed. */
  offered({ loaded, isOwner }: FamilyCase, locale: Locale): OfferedLicence[] {
    if (!isOwner) return [];
    return loaded.state.steps.flatMap((step) =>
      this.issuerOf(step) === null
        ? []
        : [{ stepId: step.id, name: licenceName(step.code, locale), issuer: agencyName(step.agency, locale) }],
    );
  }

  /** 404 where there is none; 503 with Retry-After while its issuer cannot be asked. */
  async fetch({ loaded, isOwner }: FamilyCase, stepId: string): Promise<Licence> {
    const step = isOwner ? loaded.state.steps.find(({ id }) => id === stepId) : undefined;
    const issuer = step === undefined ? null : this.issuerOf(step);
    if (step === undefined || issuer?.licence === undefined) throw new Problem(404, 'not_found');
    const deadlineAt = this.clock.now() + this.gates.callMs(step.agency);
    const reference = referenceOf(step, loaded, this.turns.of(step.agency));
    const licence = await issuer.licence(reference, deadlineAt).catch(asProblem);
    if (licence === 'not_found') throw new Problem(404, 'not_found');
    return licence;
  }

  private issuerOf(step: StepRecord): AgencyAdapter | null {
    if (step.state !== 'completed' || step.source !== 'agency') return null;
    const adapter = this.book.get(step.agency, step.channel);
    return adapter.licence === undefined ? null : adapter;
  }
}

function referenceOf(step: StepRecord, loaded: LoadedCase, admit: () => Promise<void>): StepReference {
  const { receipt, earlierReceipt } = loaded.openStep(step.id);
  const { id: stepId, code, qualifier, mode, generation, officeCode, basis } = step;
  const key = submissionKey(stepId, generation);
  const { caseNumber } = loaded;
  // what a family looks at changes no step: nothing of it is evidence of one
  const evidence = { record: () => undefined, admit };
  const named = { stepId, code, qualifier, mode, officeCode, basis, caseNumber };
  return { ...named, generation, key, receipt, earlierReceipt, evidence };
}

function asProblem(error: unknown): never {
  const isIssuers = [AgencyUnavailable, OutcomeUnknown, AgencyContractBroken].some((kind) => error instanceof kind);
  if (!isIssuers) throw error;
  throw new Problem(503, 'issuer_unavailable', { retryAfterSeconds: RETRY_SECONDS });
}
