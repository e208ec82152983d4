import type { Planned, Stage } from '../cases/stage';
import { enquiryElsewhere } from '../health-commission/enquiry';
import { bankRefusal } from '../human-resources/bank-refusal';
import type { AgencyScript } from '../scenarios/agency-script';
import { premiumCourse } from '../tax-administration/premium';
import { nowMs } from '../wire/clock';
import { PAPER_AWAITED } from '../worklist/worklist-answer';
import type { Taken } from './task-facts';

interface Circumstances {
  script: AgencyScript;
  paceMs: number;
  /** What is asked to be confirmed stands in the agency's register. */
  isKnown: boolean;
}

/** Where a task does not take the usual course; null: it does. */
export function handCourse(task: Taken, { script, paceMs, isKnown }: Circumstances): Planned[] | null {
  if (task.stepCode === 'insurance_payment') return premiumCourse(script, task.newborn.name, false);
  const doubt = isKnown ? null : unconfirmed(task);
  if (doubt !== null) return [{ afterMs: paceMs, stage: doubt }];
  const asked = script.of(task.newborn.name);
  if (asked?.kind === 'bank_refuses') return [{ afterMs: paceMs, stage: bankRefusal(nowMs()) }];
  if (asked?.kind === 'paper_awaited') return paperFirst(asked.resumeAfterMs ?? 10 * paceMs, paceMs);
  return null;
}

/** Nothing is made anew where the family says that it is there already. */
function unconfirmed({ stepCode, mode }: Taken): Exclude<Stage, { kind: 'done' }> | null {
  if (mode === 'issue') return null;
  if (stepCode === 'birth_certificate') return enquiryElsewhere();
  if (stepCode === 'medical_insurance') {
    return { kind: 'correction', fields: ['/existing/insuredAlready'], text: '未查询到参保登记信息,请核对' };
  }
  return null;
}

/** The main page comes in, is cut, and the copy stays at the office. */
function paperFirst(awaitedMs: number, paceMs: number): Planned[] {
  const third = Math.ceil(paceMs / 3);
  return [
    { afterMs: 0, stage: { kind: 'working', detail: PAPER_AWAITED } },
    { afterMs: awaitedMs, stage: { kind: 'working', detail: '已收' } },
    { afterMs: third, stage: { kind: 'working', detail: '已裁' } },
    { afterMs: third, stage: { kind: 'done' } },
  ];
}
