import type { Planned } from '../cases/stage';
import type { Results } from '../ledger/ledger-entry';
import type { AgencyScript } from '../scenarios/agency-script';
import { nowMs } from '../wire/clock';
import { isoDate, offsetTime } from '../wire/local-time';

/** One person's premium of one year, whoever writes the notice: the interface, or a clerk by hand. */
export interface Premium {
  /** Fen; 0 where nothing is due. */
  amount: number;
  /** Number of the person's document. */
  certNo: string;
  feeYear: string;
}

/** Fen of each tier, whatever the year. */
const PREMIUMS = { '1': 40_000, '2': 77_500 } as const;
const HOW_TO_PAY =
  '请凭应征凭证号通过“重庆税务”App、微信或支付宝“城市服务—社保缴费”缴纳，或到办税服务厅窗口刷卡、现金缴纳';

export const premiumDue = (): Planned => ({ afterMs: 0, stage: { kind: 'action', text: HOW_TO_PAY } });

export const amountDue = (script: AgencyScript, name: string, tier: keyof typeof PREMIUMS): number =>
  isFree(script, name) ? 0 : PREMIUMS[tier];

/** Where a notice does not take the usual course; null: it does. */
export function premiumCourse(script: AgencyScript, name: string, instant: boolean): Planned[] | null {
  if (isFree(script, name)) return [{ afterMs: 0, stage: { kind: 'done' } }];
  const scenario = script.of(name);
  if (scenario?.kind !== 'accept_slowly' || instant) return null;
  return [
    { afterMs: 0, stage: { kind: 'received' } },
    { ...premiumDue(), afterMs: scenario.delayMs },
  ];
}

/** Another amount, told of a pace later and once; null where the first one was right. */
export function amountToChange(script: AgencyScript, name: string): number | null {
  const scenario = script.of(name);
  return scenario?.kind === 'amount_changed' && script.takeOnce(name) ? scenario.amount : null;
}

/** What was paid, now. */
export function paidNow({ amount, certNo, feeYear }: Premium, voucherNumber: string): Results {
  const now = nowMs();
  return {
    paidAt: offsetTime(now),
    voucherNumber,
    amountFen: String(amount),
    coveredFrom: coveredFrom({ certNo, feeYear }, now),
    coveredTo: `${feeYear}-12-31`,
  };
}

const isFree = (script: AgencyScript, name: string): boolean => script.of(name)?.kind === 'subsidised_zero';

const NINETY_DAYS_MS = 90 * 86_400_000;

/** From birth where that can be seen of the number and the ninety days are not over, else from the day of payment. */
function coveredFrom({ certNo, feeYear }: Omit<Premium, 'amount'>, now: number): string {
  const [, year, month, day] = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(certNo) ?? [];
  const bornOn = year === undefined ? isoDate(now) : `${year}-${month}-${day}`;
  const isInTime = now - Date.parse(`${bornOn}T00:00:00+08:00`) <= NINETY_DAYS_MS;
  const [from, first] = [isInTime ? bornOn : isoDate(now), `${feeYear}-01-01`];
  return from > first ? from : first;
}
