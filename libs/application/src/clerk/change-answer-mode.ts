import type { AnswerMode, Office } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type County, COUNTY } from '../county';
import { OfficeModeWatch } from '../office-modes';
import { OFFICE_MODE_STORE, type OfficeModeChange, type OfficeModeStore } from '../ports/office-modes';
import type { AnswerModes } from '../shapes/office-shapes';
import { iso } from '../views/moments';
import { type ClerkScope, isInScope } from './clerk-scope';
import type { Clerk } from './clerk-steps';

const HISTORY = 50;

/**
 * How an office answers (P2): what was sent already keeps its way, what is sent from now on takes the new one. Every change
 * stays, with who made it and why.
 */
@Injectable()
export class ChangeAnswerMode {
  constructor(
    @Inject(OFFICE_MODE_STORE) private readonly store: OfficeModeStore,
    @Inject(COUNTY) private readonly county: County,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly watch: OfficeModeWatch,
  ) {}

  async execute(
    clerk: Clerk,
    officeCode: string,
    { answerMode, reason }: { answerMode: AnswerMode; reason: string },
  ): Promise<AnswerModes> {
    await this.watch.look();
    const { answerMode: previous } = this.office(clerk.scope, officeCode);
    if (previous === answerMode) throw new Problem(409, 'answer_mode_unchanged');
    const changed = { officeCode, answerMode, previous, reason, changedBy: clerk.subject, changedAt: this.clock.now() };
    if (!(await this.store.change(changed))) throw new Problem(412, 'version_conflict');
    await this.watch.look();
    return this.show(clerk.scope, officeCode);
  }

  async show(scope: ClerkScope, officeCode: string): Promise<AnswerModes> {
    const { answerMode } = this.office(scope, officeCode);
    const changes = await this.store.history(officeCode, HISTORY);
    return { officeCode, answerMode, changes: changes.map(changeView) };
  }

  /** Of another's scope an office is as unknown as none. */
  private office(scope: ClerkScope, officeCode: string): Office {
    const office = this.county.offices.find(({ code }) => code === officeCode);
    if (office === undefined || !isInScope(scope, { agency: office.agency, officeCode })) {
      throw new Problem(404, 'not_found');
    }
    return office;
  }
}

const changeView = ({ answerMode, previous, changedBy, reason, changedAt }: OfficeModeChange) => ({
  answerMode,
  previous,
  changedBy,
  reason,
  changedAt: iso(changedAt),
});
