import { Injectable } from '@nestjs/common';
import type { Newborn, Results } from '../ledger/ledger-entry';
import { IdNumbers } from '../public-security/id-numbers';
import { registeredName } from '../public-security/registered-name';
import { ScenarioBook } from '../scenarios/scenario-book';
import { isoDate } from '../wire/local-time';
import type { TaskFacts } from '../offices/task-facts';
import { paidNow } from '../tax-administration/premium';
import { nowMs } from '../wire/clock';

/** Results of a step that an office did by hand; numbers carry a W, so that they never meet those of the interface. */
@Injectable()
export class WorklistResults {
  constructor(
    private readonly numbers: IdNumbers,
    private readonly scenarios: ScenarioBook,
  ) {}

  of(task: TaskFacts, office: string, number: string): Results {
    const today = isoDate(nowMs());
    switch (task.stepCode) {
      case 'birth_certificate':
        return { certificateNumber: `W50${number.padStart(7, '0')}`, issuedOn: today, issuer: office };
      case 'vaccination':
        return { childCode: `W500235${number.padStart(8, '0')}`, bookNumber: `WJZ${number}`, unitName: office };
      case 'household_registration':
        return this.registration(task, office, number, today);
      case 'medical_insurance':
        return { personNumber: `W500235${number.padStart(8, '0')}`, insuredOn: today, areaCode: '500235' };
      case 'social_security_card':
        return { applicationNumber: `WAAZ${number}`, batchNumber: `W${today.replaceAll('-', '')}` };
      case 'identity_backfill':
        return { childCode: `W500235${number.padStart(8, '0')}`, registeredName: task.newborn.name };
      case 'insurance_identity_update':
        return { personNumber: `W500235${number.padStart(8, '0')}`, updatedOn: today };
      case 'insurance_payment':
        return task.premium === null ? {} : paidNow(task.premium, `WWS${number}`);
    }
  }

  /** A number given by a former run is not given again. */
  remember(newborn: Newborn): void {
    this.numbers.remember(birthDateOf(newborn), newborn.sex);
  }

  private registration({ newborn }: TaskFacts, office: string, number: string, today: string): Results {
    return {
      residentIdNumber: this.numbers.allot(birthDateOf(newborn), newborn.sex),
      registeredName: registeredName(this.scenarios.of('public-security'), newborn.name),
      householdNumber: `W500235${number}`,
      address: '重庆市云阳县',
      stationName: office,
      registeredOn: today,
    };
  }
}

/** yyyyMMdd; an office that was not told the birth time writes today's date. */
function birthDateOf({ bornAt }: Newborn): string {
  const at = Date.parse(bornAt);
  return isoDate(Number.isNaN(at) ? nowMs() : at).replaceAll('-', '');
}
