import type { InsuranceBasis } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply, StepRef } from '../caller';
import { FamilyStep, ownStep } from './family-step';

/** Enrolment on the certificate instead of the ID number, or back, while the insurance waits (policy P11). */
@Injectable()
export class SwitchBasis {
  constructor(private readonly family: FamilyStep) {}

  execute(caller: Caller, once: Once, { applicationId, stepId }: StepRef, basis: InsuranceBasis): Promise<Reply> {
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => ({ type: 'basis_switched', stepId: ownStep(loaded, stepId).id, basis }),
    });
  }
}
