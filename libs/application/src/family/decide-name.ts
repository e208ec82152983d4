import type { SurnameSource } from '@birth/domain';
import { Problem } from '@birth/platform';
import { checkName } from '@birth/standards';
import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply } from '../caller';
import { FamilyStep } from './family-step';

export interface ChosenName {
  surname: string;
  given: string;
  surnameSource: SurnameSource;
}

export interface NewbornRef {
  applicationId: string;
  newbornIndex: number;
}

/** The name decided later: once, until the certificate is sent (policy P6). */
@Injectable()
export class DecideName {
  constructor(private readonly family: FamilyStep) {}

  execute(caller: Caller, once: Once, { applicationId, newbornIndex }: NewbornRef, name: ChosenName): Promise<Reply> {
    const { hard } = checkName(name.surname, name.given);
    const errors = hard.map(({ part, code }) => ({ pointer: `/${part}`, code: `name_${code}` }));
    if (errors.length > 0) throw new Problem(422, 'form_invalid', { errors });
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => {
        const isKnown = loaded.state.newborns.some(({ index }) => index === newbornIndex);
        if (!isKnown) throw new Problem(404, 'not_found');
        const isOpen = loaded.state.steps.some(
          (step) => step.newbornIndex === newbornIndex && step.holds.includes('name_undecided'),
        );
        if (!isOpen) throw new Problem(409, 'name_already_decided');
        return { type: 'hold_lifted', newbornIndex, hold: 'name_undecided' };
      },
      attach: () => ({ sections: [{ newbornIndex, section: 'name', value: name }] }),
    });
  }
}
