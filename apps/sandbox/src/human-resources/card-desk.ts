import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { bankRefusal } from './bank-refusal';
import { AgencySettings, type AgencySetting } from '../cases/agency-settings';
import { CaseBook, type Opened } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import type { Planned } from '../cases/stage';
import type { AgencyScript } from '../scenarios/agency-script';
import { sexOf } from '../wire/codes';
import { compactDate } from '../wire/local-time';
import type { CardFields } from './human-resources.fields';
import { nowMs } from '../wire/clock';

export interface CardFacts extends CardFields {
  /** The batch that was open when the record came. */
  batchNumber: string;
}
export type CardCase = CaseRecord<CardFacts>;

const AGENCY = 'human-resources';

/** Collects card applications into batches, one a pace. It knows our key but does not honour it. */
@Injectable()
export class CardDesk implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly script: AgencyScript;
  private readonly setting: AgencySetting;
  private readonly book: CaseBook<CardFacts>;

  constructor(settings: AgencySettings) {
    this.setting = settings.of(AGENCY);
    this.script = this.setting.script;
    this.book = new CaseBook<CardFacts>({
      ...this.setting,
      desk: 'cards',
      correctionField: 'AAC003',
      usual: (now) => this.usual(now),
      receipt: (number) => `AAZ500235${String(number).padStart(9, '0')}`,
      results: ({ receipt, facts }) => ({ applicationNumber: receipt, batchNumber: facts.batchNumber }),
    });
  }

  onApplicationBootstrap(): void {
    this.book.resume();
  }

  onApplicationShutdown(): void {
    this.book.close();
  }

  byKey(key: string): CardCase | undefined {
    return this.book.recalled(key);
  }

  changedBetween(from: number, until: number): CardCase[] {
    return this.book.changedBetween(from, until);
  }

  byRecord(recordNumber: string): CardCase | undefined {
    return this.book.byReceipt(recordNumber);
  }

  apply(key: string, card: CardFields): Opened<CardFacts> {
    const bank = this.script.of(card.AAC003)?.kind === 'bank_refuses';
    const now = nowMs();
    const born = card.AAC006;
    return this.book.open({
      key,
      digest: '',
      naturalKey: `card:${card.AAC002}`,
      supplementOf: card.YRECORDNO === '' ? null : card.YRECORDNO,
      newborn: {
        name: card.AAC003,
        sex: sexOf(card.AAC004),
        bornAt: `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`,
      },
      facts: { ...card, batchNumber: this.batchNumber(now) },
      ...(bank ? { course: this.refusedByBank(now) } : {}),
    });
  }

  private usual(now: number): Planned[] {
    const pace = this.setting.paceMs;
    return [
      { afterMs: pace - (now % pace), stage: { kind: 'working', detail: 'batch_closed' } },
      { afterMs: pace, stage: { kind: 'working', detail: 'bank' } },
      { afterMs: pace, stage: { kind: 'done' } },
    ];
  }

  private refusedByBank(now: number): Planned[] {
    const refused: Planned = { afterMs: 0, stage: bankRefusal(now) };
    if (this.setting.instant) return [refused];
    return [...this.usual(now).slice(0, 2), { ...refused, afterMs: this.setting.paceMs }];
  }

  private batchNumber(now: number): string {
    const index = Math.floor((now % 86_400_000) / this.setting.paceMs);
    return `SBK${compactDate(now)}${String(index).padStart(6, '0')}`;
  }
}
