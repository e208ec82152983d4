import {
  assignmentFault,
  type CaseEvent,
  channelOf,
  type ClerkDecision,
  isHeldByMismatch,
  type Office,
  Refused,
} from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { asConflict } from '../as-conflict';
import type { ChangeOutcome, LoadedCase } from '../ports/case-store';
import { registeredChild, reissued } from './registered-child';
import { type Attachments, StepTransitions } from '../step-transitions';
import { CompareBirth } from '../births/compare-birth';
import type { RecordsTaken } from '../births/waiting-newborns';
import type { StepActed } from '../shapes/clerk-shapes';
import { type ClerkScope, isInScope } from './clerk-scope';

export interface Clerk {
  subject: string;
  scope: ClerkScope;
}

export interface ClerkRequest {
  /** The version that the clerk saw; another means that somebody acted meanwhile. */
  expectedVersion: number;
  /** Why, in the clerk’s words; required so that nobody acts without a thought. */
  reason: string;
}

/** What a clerk may do to one step. Two at once: the second reads that the first was faster. */
@Injectable()
export class ClerkSteps {
  constructor(
    private readonly transitions: StepTransitions,
    private readonly births: CompareBirth,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  retry(clerk: Clerk, stepId: string, request: ClerkRequest & { evidenceNotSent?: boolean }): Promise<Reply> {
    const evidenceNotSent = request.evidenceNotSent ?? false;
    return this.act(clerk, request, stepId, () => only({ type: 'clerk_retried', stepId, evidenceNotSent }));
  }

  checkNow(clerk: Clerk, stepId: string, request: ClerkRequest): Promise<Reply> {
    return this.act(clerk, request, stepId, () => only({ type: 'clerk_checked', stepId }));
  }

  /**
   * Compares what the family reported; a confirmed number becomes the step's result and unlocks what follows. While a
   * hospital's record differs from the claim, `confirmed` says that the record is this child's; while a registration
   * differs, that the registered name counts.
   */
  verify(clerk: Clerk, stepId: string, request: ClerkRequest & { confirmed: boolean }): Promise<Reply> {
    const { confirmed } = request;
    return this.act(clerk, request, stepId, (loaded) => {
      if (isCompared(loaded, stepId)) return this.births.compared(loaded, stepId, confirmed);
      const held = loaded.state.steps.find(({ id }) => id === stepId);
      if (held !== undefined && isHeldByMismatch(held)) return registeredChild(loaded, held, confirmed);
      const attachments = confirmed ? reportedResults(loaded, stepId) : {};
      return { events: [{ type: 'clerk_verified', stepId, confirmed }], attachments };
    });
  }

  /** The result of an earlier request is taken where answers contradict, or what an office said of a withdrawal. */
  resolve(clerk: Clerk, stepId: string, request: ClerkRequest & Resolution): Promise<Reply> {
    const { decision } = request;
    return this.act(clerk, request, stepId, (loaded) => ({
      events: [{ type: 'clerk_resolved', stepId, decision }],
      attachments: resolved(loaded, stepId, request),
    }));
  }

  /** Another office of the same kind answers from now on (P2); the family sees it at once. */
  assign(clerk: Clerk, stepId: string, request: ClerkRequest & { officeCode: string }): Promise<Reply> {
    const { officeCode } = request;
    return this.act(clerk, request, stepId, (loaded) =>
      only({
        type: 'office_assigned',
        stepId,
        officeCode,
        channel: channelOf(this.assignable(loaded, stepId, officeCode)),
      }),
    );
  }

  private assignable({ state }: LoadedCase, stepId: string, officeCode: string): Office {
    const { offices } = this.county;
    const step = state.steps.find(({ id }) => id === stepId);
    const office = offices.find(({ code }) => code === officeCode);
    if (step === undefined || office === undefined) throw new Refused('office_unknown');
    const fault = assignmentFault(step, officeCode, offices);
    if (fault !== null) throw new Refused(fault);
    return office;
  }

  private async act(
    clerk: Clerk,
    request: ClerkRequest,
    stepId: string,
    decided: (loaded: LoadedCase) => RecordsTaken,
  ): Promise<Reply> {
    let attachments: Attachments = {};
    const outcome = await this.transitions
      .apply({
        ref: { stepId },
        by: { actor: 'clerk', actorId: clerk.subject },
        sections: 'all',
        records: true,
        event: (loaded) => {
          mustBeSeen(loaded, stepId, clerk.scope, request.expectedVersion);
          const acted = decided(loaded);
          attachments = acted.attachments;
          return acted.events;
        },
        attach: () => ({ ...attachments, eventReason: request.reason }),
      })
      .catch(asConflict);
    return stepActed(outcome, stepId, request);
  }
}

/** The step as the clerk left it; as it was where the act moved another one. */
export function stepActed(outcome: ChangeOutcome, stepId: string, { expectedVersion }: ClerkRequest): Reply {
  if (outcome.outcome !== 'saved') throw new Problem(404, 'not_found');
  const step = outcome.write.steps.find(({ id }) => id === stepId);
  const version = step?.version ?? expectedVersion;
  return { status: 200, body: { stepId, state: step?.state ?? null, version } satisfies StepActed };
}

const only = (event: CaseEvent): RecordsTaken => ({ events: [event], attachments: {} });

const isCompared = ({ state }: LoadedCase, stepId: string): boolean =>
  state.steps.some((step) => step.id === stepId && step.holds.includes('data_mismatch'));

/** A step out of scope is as unknown as none; one that moved since the clerk looked is 412. */
export function mustBeSeen(loaded: LoadedCase, stepId: string, scope: ClerkScope, expectedVersion: number): void {
  const step = loaded.state.steps.find(({ id }) => id === stepId);
  if (step === undefined || !isInScope(scope, step)) throw new Problem(404, 'not_found');
  if (step.version === expectedVersion) return;
  throw new Problem(412, 'version_conflict', { extra: { version: step.version, state: step.state } });
}

interface Resolution {
  decision: ClerkDecision;
  /** Of the certificate that was issued instead. */
  certificateNumber?: string;
}

function resolved(loaded: LoadedCase, stepId: string, { decision, certificateNumber }: Resolution): Attachments {
  if (decision === 'older_result_taken') return olderResult(loaded, stepId);
  return decision === 'data_updated' ? reissued(loaded, stepId, certificateNumber) : {};
}

/** With the receipt under which it was done. */
function olderResult(loaded: LoadedCase, stepId: string): Attachments {
  const step = loaded.state.steps.find(({ id }) => id === stepId);
  const older = step && loaded.open(step.newbornIndex, ['olderResults']).olderResults?.[stepId];
  if (step === undefined || older === undefined) throw new Refused('no_older_result');
  const { receipt, results } = older;
  return {
    sections: [{ newbornIndex: step.newbornIndex, section: 'results', value: results }],
    ...(receipt === null ? {} : { secrets: [{ stepId, receipt, agencyText: null }] }),
  };
}

/** What the family gave becomes what the step brought. */
function reportedResults(loaded: LoadedCase, stepId: string): Attachments {
  const step = loaded.state.steps.find(({ id }) => id === stepId);
  if (step === undefined) return {};
  const { existing, name } = loaded.open(step.newbornIndex, ['existing', 'name']);
  const registeredName = name === null ? '' : name.surname + name.given;
  if (step.code === 'household_registration' && existing?.residentIdNumber != null) {
    const { residentIdNumber } = existing;
    const unknown = { householdNumber: '', address: '', stationName: '', registeredOn: '' };
    const household_registration = { residentIdNumber, registeredName, ...unknown };
    return { sections: [{ newbornIndex: step.newbornIndex, section: 'results', value: { household_registration } }] };
  }
  if (step.code === 'birth_certificate' && existing?.birthCertificateNumber != null) {
    const certificate = { certificateNumber: existing.birthCertificateNumber, issuedOn: '', issuer: '' };
    return {
      sections: [{ newbornIndex: step.newbornIndex, section: 'results', value: { birth_certificate: certificate } }],
    };
  }
  return {};
}
