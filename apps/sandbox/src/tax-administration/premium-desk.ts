import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AgencySettings, type AgencySetting } from '../cases/agency-settings';
import { CaseBook, type Opened } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import type { Planned } from '../cases/stage';
import type { Results } from '../ledger/ledger-entry';
import type { AgencyScript } from '../scenarios/agency-script';
import { nowMs } from '../wire/clock';
import { isoDate, offsetTime } from '../wire/local-time';
import { PremiumMessages } from './premium-messages';
import type { NoticeFields } from './tax-administration.fields';

export interface NoticeFacts extends NoticeFields {
  /** Fen; 0 where nothing is due. */
  amount: number;
}
export type NoticeCase = CaseRecord<NoticeFacts>;

const AGENCY = 'tax-administration';
/** Fen of each tier, whatever the year. */
const PREMIUMS = { '1': 40_000, '2': 77_500 } as const;
const HOW_TO_PAY =
  '请凭应征凭证号通过“重庆税务”App、微信或支付宝“城市服务—社保缴费”缴纳，或到办税服务厅窗口刷卡、现金缴纳';

/** Says what is due of a person for a year, and takes the family's payment. One notice a person and year. */
@Injectable()
export class PremiumDesk implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly script: AgencyScript;
  private readonly setting: AgencySetting;
  private readonly book: CaseBook<NoticeFacts>;

  constructor(
    settings: AgencySettings,
    private readonly messages: PremiumMessages,
  ) {
    this.setting = settings.of(AGENCY);
    this.script = this.setting.script;
    this.book = new CaseBook<NoticeFacts>({
      ...this.setting,
      desk: 'premiums',
      correctionField: 'name',
      usual: () => [due()],
      receipt: (number) => `YZ500235${isoDate(nowMs()).slice(0, 4)}${String(number).padStart(8, '0')}`,
      results: resultsOf,
      changed: (record) => this.messages.changed(record, this.script.of(record.newborn.name)),
    });
  }

  onApplicationBootstrap(): void {
    this.book.resume();
    this.messages.resume(this.book.all());
  }

  onApplicationShutdown(): void {
    this.book.close();
  }

  find(key: string): NoticeCase | undefined {
    return this.book.byKey(key);
  }

  recall(key: string): NoticeCase | undefined {
    return this.book.recalled(key);
  }

  changedBetween(from: number, until: number): NoticeCase[] {
    return this.book.changedBetween(from, until);
  }

  ask(key: string, digest: string, fields: NoticeFields): Opened<NoticeFacts> {
    const naturalKey = `premium:${fields.personNo ?? fields.certNo}:${fields.feeYear}`;
    const earlier = this.book.byNaturalKey(naturalKey)?.receipt ?? null;
    const isFree = this.script.of(fields.name)?.kind === 'subsidised_zero';
    const course = this.courseOf(fields.name, isFree);
    return this.book.openOnce({
      key,
      digest,
      naturalKey,
      supplementOf: fields.supplementOf ?? earlier,
      newborn: { name: fields.name, sex: 'female', bornAt: '' },
      facts: { ...fields, amount: isFree ? 0 : PREMIUMS[fields.payLevel] },
      ...(course === null ? {} : { course }),
    });
  }

  cancel(record: NoticeCase): 'withdrawn' | 'refused' {
    return this.book.withdraw(record);
  }

  /** The family pays: the whole of what is due now, once. */
  pay(noticeNo: string, amount: number): 'paid' | 'unknown' | 'not_due' {
    const record = this.book.byReceipt(noticeNo);
    if (record === undefined) return 'unknown';
    if (record.stage.kind !== 'action' || record.facts.amount !== amount) return 'not_due';
    this.book.follow(record, [{ afterMs: 0, stage: { kind: 'done' } }]);
    return 'paid';
  }

  /** Another amount while the notice is not paid. */
  private changeAmount(record: NoticeCase, amount: number): void {
    if (record.stage.kind !== 'action') return;
    record.facts = { ...record.facts, amount };
    this.book.follow(record, [due()]);
  }

  /** Told of by messages, when the first reply is out. */
  afterReply(record: NoticeCase): void {
    const scenario = this.script.of(record.newborn.name);
    if (scenario?.kind !== 'amount_changed' || !this.script.takeOnce(record.newborn.name)) return;
    setTimeout(() => this.changeAmount(record, scenario.amount), this.setting.paceMs).unref();
  }

  private courseOf(name: string, isFree: boolean): Planned[] | null {
    if (isFree) return [{ afterMs: 0, stage: { kind: 'done' } }];
    const scenario = this.script.of(name);
    if (scenario?.kind !== 'accept_slowly' || this.setting.instant) return null;
    return [
      { afterMs: 0, stage: { kind: 'received' } },
      { ...due(), afterMs: scenario.delayMs },
    ];
  }
}

const due = (): Planned => ({ afterMs: 0, stage: { kind: 'action', text: HOW_TO_PAY } });

const NINETY_DAYS_MS = 90 * 86_400_000;

/** From birth where that can be seen of the number and the ninety days are not over, else from the day of payment. */
function coveredFrom({ certNo, feeYear }: NoticeFields, now: number): string {
  const [, year, month, day] = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(certNo) ?? [];
  const bornOn = year === undefined ? isoDate(now) : `${year}-${month}-${day}`;
  const isInTime = now - Date.parse(`${bornOn}T00:00:00+08:00`) <= NINETY_DAYS_MS;
  const [from, first] = [isInTime ? bornOn : isoDate(now), `${feeYear}-01-01`];
  return from > first ? from : first;
}

function resultsOf({ facts, receipt }: NoticeCase): Results {
  const now = nowMs();
  return {
    paidAt: offsetTime(now),
    voucherNumber: receipt.replace('YZ', 'WS'),
    amountFen: String(facts.amount),
    coveredFrom: coveredFrom(facts, now),
    coveredTo: `${facts.feeYear}-12-31`,
  };
}
