import {
  type AgencyAnswer,
  AgencyUnavailable,
  OutcomeUnknown,
  resultKey,
  type StepReference,
  type StepResults,
} from '@birth/application';
import { type AgencyCode, profileOf } from '@birth/domain';

/** What an agency makes of a new request, and what becomes of its reply. */
export interface Fate {
  says: 'accepted' | 'completed' | 'correction_needed' | 'rejected';
  reply: 'comes' | 'is_lost' | 'is_late' | 'was_not_sent';
}

export interface BookedCase {
  agency: AgencyCode;
  stepId: string;
  key: string;
  says: Fate['says'];
  sequence: number;
}

const REFUSAL = { reason: '材料不符', legalBasis: '条例', documentNumber: '1号', office: '窗口', remedy: '复议' };

/** Agencies with the technique of their class and no ill will: A honours a key, C a natural one, B works as often as asked. */
export class HonestAgencies {
  readonly booked: BookedCase[] = [];
  fate: Fate = { says: 'completed', reply: 'comes' };
  /** Replies under way, oldest first. */
  private late: (() => void)[] = [];
  private hung: () => void = () => undefined;

  async submit(request: StepReference, agency: AgencyCode): Promise<AgencyAnswer> {
    const { reply } = this.fate;
    if (reply === 'was_not_sent') throw new AgencyUnavailable('refused');
    const taken = this.known(request, agency) ?? this.open(request, agency);
    const answer = answerOf(taken, request);
    if (reply === 'is_lost') throw new OutcomeUnknown('reset');
    if (reply === 'is_late') await new Promise<void>((resolve) => this.holdBack(resolve));
    return answer;
  }

  check(reference: StepReference, agency: AgencyCode): Promise<AgencyAnswer | 'not_found'> {
    const found = this.booked.findLast((one) => one.agency === agency && one.key === reference.key);
    return Promise.resolve(found === undefined ? 'not_found' : answerOf(found, reference));
  }

  /** Resolves when a call is held back: its worker is busy from then on. */
  whenHung(): Promise<void> {
    return new Promise((resolve) => (this.hung = resolve));
  }

  letThrough(count = Infinity): void {
    for (const resolve of this.late.splice(0, count)) resolve();
  }

  effectsOf(stepId: string): number {
    return this.booked.filter((one) => one.stepId === stepId && one.says === 'completed').length;
  }

  private known({ key, stepId }: StepReference, agency: AgencyCode): BookedCase | undefined {
    const { agencyClass } = profileOf({ agency, channel: 'api' });
    if (agencyClass === 'A') return this.booked.find((one) => one.key === key);
    const isOpenOrDone = ({ says }: BookedCase) => says === 'accepted' || says === 'completed';
    return agencyClass === 'C' ? this.booked.find((one) => one.stepId === stepId && isOpenOrDone(one)) : undefined;
  }

  private open({ key, stepId }: StepReference, agency: AgencyCode): BookedCase {
    const { says } = this.fate;
    // asked at the counter of class C, everything is said at once
    const isAtOnce = profileOf({ agency, channel: 'api' }).agencyClass === 'C' && says === 'accepted';
    const opened = { agency, stepId, key, says: isAtOnce ? ('completed' as const) : says, sequence: 1 };
    this.booked.push(opened);
    return opened;
  }

  private holdBack(resolve: () => void): void {
    this.late.push(resolve);
    this.hung();
  }
}

const PAID = {
  paidAt: '2026-11-24T10:00:00+08:00',
  voucherNumber: 'WS1',
  amountFen: 40_000,
  coveredFrom: '2026-11-01',
  coveredTo: '2026-12-31',
};

function resultsOf(name: string, number: string): StepResults {
  const results: Partial<Record<string, object>> = { [name]: name.startsWith('insurance_payment') ? PAID : { number } };
  return results as StepResults;
}

export function answerOf(
  { says, sequence }: BookedCase,
  { code, qualifier, key }: Pick<StepReference, 'code' | 'qualifier' | 'key'>,
): AgencyAnswer {
  const stated = { receipt: `R-${key}`, sequence };
  switch (says) {
    case 'accepted':
      return { ...stated, kind: 'accepted' };
    case 'completed':
      return { ...stated, kind: 'completed', results: resultsOf(resultKey({ code, qualifier }), key) };
    case 'correction_needed':
      return { ...stated, kind: 'correction_needed', fields: [], text: '请补正' };
    case 'rejected':
      return { ...stated, kind: 'rejected', refusal: REFUSAL };
  }
}
