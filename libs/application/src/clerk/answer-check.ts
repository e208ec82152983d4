import { type CheckOutcome, forbiddenDemands, type StepRecord } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { isDate, toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import { asConflict } from '../as-conflict';
import type { Reply } from '../caller';
import { CORRECTABLE, correctableFields } from '../family/correction-fields';
import type { AgencyText, LoadedCase, SectionWrite } from '../ports/case-store';
import { type Attachments, StepTransitions } from '../step-transitions';
import { type Clerk, type ClerkRequest, mustBeSeen, stepActed } from './clerk-steps';

export interface CheckAnswer extends ClerkRequest {
  outcome: CheckOutcome;
  /** What the other place wrote; the family reads it. */
  text: string;
  /** Of a verified certificate, as the other place has it: the police's row needs both. */
  issuedOn?: string;
  issuer?: string;
}

/** What may have been wrong with a certificate that its place of issue does not know. */
const QUESTIONED = ['/existing/birthCertificateNumber', '/name'];

/** A clerk records what another place answered to a certificate that could not be verified here (协查, policy P4). */
@Injectable()
export class AnswerCheck {
  constructor(
    private readonly transitions: StepTransitions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(clerk: Clerk, stepId: string, answer: CheckAnswer): Promise<Reply> {
    refuse(answer, toShanghaiDate(this.clock.now()));
    const { outcome, reason, expectedVersion } = answer;
    const changed = await this.transitions
      .apply({
        ref: { stepId },
        by: { actor: 'clerk', actorId: clerk.subject },
        sections: 'all',
        event: (loaded) => {
          mustBeSeen(loaded, stepId, clerk.scope, expectedVersion);
          return { type: 'check_answered', stepId, outcome };
        },
        attach: (_decision, loaded) => ({ ...written(loaded, stepId, answer), eventReason: reason }),
      })
      .catch(asConflict);
    return stepActed(changed, stepId, answer);
  }
}

/** Nobody's words may ask a family for what is not needed (P8): a clerk does not pass them on. */
function refuse({ outcome, text, issuedOn, issuer }: CheckAnswer, today: string): void {
  const isVerified = outcome === 'verified';
  const errors = [
    ...(forbiddenDemands(text).length > 0 ? [{ pointer: '/text', code: 'unlawful_demand' }] : []),
    ...(isVerified && issuer === undefined ? [{ pointer: '/issuer', code: 'missing' }] : []),
    ...(isVerified && issuedOn === undefined ? [{ pointer: '/issuedOn', code: 'missing' }] : []),
    ...(issuedOn !== undefined && !(isDate(issuedOn) && issuedOn <= today)
      ? [{ pointer: '/issuedOn', code: 'bad_value' }]
      : []),
  ];
  if (errors.length > 0) throw new Problem(422, 'form_invalid', { errors });
}

function written(loaded: LoadedCase, stepId: string, answer: CheckAnswer): Attachments {
  const { outcome, text } = answer;
  const step = loaded.state.steps.find(({ id }) => id === stepId);
  if (step === undefined) return {};
  const isVerified = outcome === 'verified';
  const agencyText: AgencyText = isVerified ? { text } : { text, fields: questioned(loaded, step) };
  return { secrets: [{ stepId, agencyText }], sections: isVerified ? verifiedCertificate(loaded, step, answer) : [] };
}

const questioned = (loaded: LoadedCase, { newbornIndex }: StepRecord): string[] =>
  correctableFields(QUESTIONED, loaded.open(newbornIndex, CORRECTABLE));

/** The number that the family gave is now the step's result. */
function verifiedCertificate(
  loaded: LoadedCase,
  { newbornIndex }: StepRecord,
  { issuedOn = '', issuer = '' }: CheckAnswer,
): SectionWrite[] {
  const { existing, name } = loaded.open(newbornIndex, ['existing', 'name']);
  const certificateNumber = existing?.birthCertificateNumber;
  if (certificateNumber == null) return [];
  const registeredName = name === null ? {} : { registeredName: name.surname + name.given };
  const birth_certificate = { certificateNumber, issuedOn, issuer, ...registeredName };
  return [{ newbornIndex, section: 'results', value: { birth_certificate } }];
}
