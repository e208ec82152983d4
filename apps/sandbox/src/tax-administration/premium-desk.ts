import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AgencySettings, type AgencySetting } from '../cases/agency-settings';
import { CaseBook, type Opened } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import type { Results } from '../ledger/ledger-entry';
import type { AgencyScript } from '../scenarios/agency-script';
import { nowMs } from '../wire/clock';
import { isoDate } from '../wire/local-time';
import { amountDue, amountToChange, paidNow, premiumCourse, premiumDue } from './premium';
import { PremiumMessages } from './premium-messages';
import type { NoticeFields } from './tax-administration.fields';

export interface NoticeFacts extends NoticeFields {
  /** Fen; 0 where nothing is due. */
  amount: number;
}
export type NoticeCase = CaseRecord<NoticeFacts>;

const AGENCY = 'tax-administration';

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
      usual: () => [premiumDue()],
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
    const course = premiumCourse(this.script, fields.name, this.setting.instant);
    return this.book.openOnce({
      key,
      digest,
      naturalKey,
      supplementOf: fields.supplementOf ?? earlier,
      newborn: { name: fields.name, sex: 'female', bornAt: '' },
      facts: { ...fields, amount: amountDue(this.script, fields.name, fields.payLevel) },
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
    this.book.follow(record, [premiumDue()]);
  }

  /** Told of by messages, when the first reply is out. */
  afterReply(record: NoticeCase): void {
    const amount = amountToChange(this.script, record.newborn.name);
    if (amount !== null) setTimeout(() => this.changeAmount(record, amount), this.setting.paceMs).unref();
  }
}

const resultsOf = ({ facts, receipt }: NoticeCase): Results => paidNow(facts, receipt.replace('YZ', 'WS'));
