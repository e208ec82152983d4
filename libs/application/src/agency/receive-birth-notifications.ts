import { type Clock, CLOCK, failPoint, newId, Problem } from '@birth/platform';
import { lateDays } from '../births/late-days';
import { type County, COUNTY } from '../county';
import { Inject, Injectable } from '@nestjs/common';
import type { RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { INBOX_STORE, type InboxStore } from '../ports/inbox-store';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import {
  BIRTH_RECORD_STORE,
  type BirthRecordStore,
  type NewBirthRecord,
  type RecordUse,
  type StoredRecord,
} from '../ports/birth-records';
import { CorrectedBirths } from '../births/corrected-births';
import { RecordedDeaths } from '../births/recorded-deaths';
import { LookForRecords } from '../births/look-for-records';
import { type BirthNotification, readBirthNotification } from './birth-notification';
import { inboxRow, readOrKeep, refuseReused } from './incoming';

export interface NotificationOutcome {
  outcome: 'stored' | 'duplicate';
  recordIds: string[];
  /** What became of each record, in the order of the message; empty for one that came before. */
  records: StoredRecord[];
}

/** A hospital's signed birth records: stored sealed, and given to the cases that wait for them (policy P3). */
@Injectable()
export class ReceiveBirthNotifications {
  constructor(
    @Inject(MESSAGE_VERIFIER) private readonly verifier: MessageVerifier,
    @Inject(BIRTH_RECORD_STORE) private readonly records: BirthRecordStore,
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly births: LookForRecords,
    private readonly corrected: CorrectedBirths,
    private readonly deaths: RecordedDeaths,
  ) {}

  /** Throws MessageRefused (401) without a valid signature, Problem 400 for a body that breaks the format. */
  async execute(raw: RawMessage): Promise<NotificationOutcome> {
    const { officeCode, ...verified } = this.verifier.verify('hospital', raw);
    const incoming = { ...verified, agency: 'hospital', body: raw.body, receivedAt: this.clock.now() };
    const { notification, records } = await readOrKeep(this.inbox, incoming, (body) => this.read(body));
    if (officeCode !== undefined && officeCode !== notification.office) {
      throw new MessageRefused('key_of_another', verified.keyId);
    }
    const stored = await this.records.receive({ ...inboxRow(incoming, notification.messageId), records });
    refuseReused(stored.outcome, incoming);
    await failPoint('after-records-stored');
    await this.giveToWaitingCases(notification);
    await this.tellCases(notification.office, records);
    await this.tellOfMothers(notification, records);
    const recordIds = stored.records.map(({ id }) => id);
    return { outcome: stored.outcome, recordIds, records: stored.records };
  }

  private read(body: Buffer): { notification: BirthNotification; records: NewBirthRecord[] } {
    const now = this.clock.now();
    const [limitHours = 0] = this.county.policyAt(now).settings.hospitalAlarmHours;
    const notification = readBirthNotification(body);
    const records = notification.records.map((record) => ({
      ...toRecord(notification, record),
      lateDays: lateDays(Date.parse(record.bornAt), now, limitHours),
    }));
    return { notification, records };
  }

  /** Also for a message that came before: we may have stored it and stopped before we gave it. */
  private async giveToWaitingCases({ office, records }: BirthNotification): Promise<void> {
    const mothers = new Map(records.map(({ motherIdentity: of }) => [`${of.type}/${of.number}`, of]));
    for (const mother of mothers.values()) {
      for (const applicationId of await this.records.casesWaitingFor(mother)) {
        await this.births.execute(applicationId, { actor: 'hospital', actorId: office });
      }
    }
  }

  /** Cases that go by these records already. */
  private async tellCases(office: string, records: readonly NewBirthRecord[]): Promise<void> {
    const numbers = records.map(({ recordNumber }) => recordNumber);
    for (const use of await this.records.usesOf(office, numbers)) {
      const record = records.findLast(({ recordNumber }) => recordNumber === use.recordNumber);
      if (record !== undefined) await this.tellCase(use, office, record);
    }
  }

  /** Also cases that know none of these records yet: she is asked there for her word. */
  private async tellOfMothers({ office }: BirthNotification, records: readonly NewBirthRecord[]): Promise<void> {
    const by = { actor: 'hospital', actorId: office } as const;
    for (const { mother, recordNumber, outcome } of records.filter(({ motherDied }) => motherDied)) {
      const uses = outcome === 'stillborn' ? [] : await this.records.usesOf(office, [recordNumber]);
      const naming = await this.records.casesNaming(mother.identity);
      const cases = new Set([...uses.map(({ applicationId }) => applicationId), ...naming]);
      for (const applicationId of cases) await this.deaths.tellOfMother(applicationId, mother.identity, by);
    }
  }

  private async tellCase(use: RecordUse, office: string, record: NewBirthRecord): Promise<void> {
    const by = { actor: 'hospital', actorId: office } as const;
    await this.corrected.tell(use, office, record, by);
    if (record.outcome === 'died_after') await this.deaths.tell(use, by);
  }
}

function toRecord({ office }: BirthNotification, record: BirthNotification['records'][number]) {
  const { recordNumber, motherName, motherIdentity, bornAt, sex, plurality, deliveryOrder, place, outcome } = record;
  if (deliveryOrder > plurality) {
    throw new Problem(400, 'bad_message', {
      errors: [{ pointer: '/records', code: 'delivery_order_above_plurality' }],
    });
  }
  return {
    id: newId(),
    hospitalOfficeCode: office,
    recordNumber,
    outcome,
    inHospital: record.inHospital ?? null,
    motherDied: record.motherDied ?? false,
    mother: { name: motherName, identity: motherIdentity },
    birth: {
      sex,
      bornAt,
      plurality,
      deliveryOrder,
      place,
      weightGrams: record.weightGrams,
      lengthCm: record.lengthCm,
      gestationalWeeks: record.gestationalWeeks,
      gestationalDays: record.gestationalDays,
      recordNumber,
      hospitalOfficeCode: office,
    },
  };
}
