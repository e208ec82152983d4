import { type Clock, CLOCK, failPoint, newId, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { RawMessage } from '../ports/agency-adapter';
import { INBOX_STORE, type InboxStore } from '../ports/inbox-store';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import { BIRTH_RECORD_STORE, type BirthRecordStore } from '../ports/birth-records';
import { RecordedDeaths } from '../births/recorded-deaths';
import { LookForRecords } from '../births/look-for-records';
import { type BirthNotification, readBirthNotification } from './birth-notification';
import { inboxRow, readOrKeep, refuseReused } from './incoming';

export interface NotificationOutcome {
  outcome: 'stored' | 'duplicate';
  recordIds: string[];
}

/** A hospital's signed birth records: stored sealed, and given to the cases that wait for them (policy P3). */
@Injectable()
export class ReceiveBirthNotifications {
  constructor(
    @Inject(MESSAGE_VERIFIER) private readonly verifier: MessageVerifier,
    @Inject(BIRTH_RECORD_STORE) private readonly records: BirthRecordStore,
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly births: LookForRecords,
    private readonly deaths: RecordedDeaths,
  ) {}

  /** Throws MessageRefused (401) without a valid signature, Problem 400 for a body that breaks the format. */
  async execute(raw: RawMessage): Promise<NotificationOutcome> {
    const verified = this.verifier.verify('hospital', raw);
    const incoming = { ...verified, agency: 'hospital', body: raw.body, receivedAt: this.clock.now() };
    const { notification, records } = await readOrKeep(this.inbox, incoming, readRecords);
    const stored = await this.records.receive({ ...inboxRow(incoming, notification.messageId), records });
    refuseReused(stored.outcome, incoming);
    await failPoint('after-records-stored');
    await this.giveToWaitingCases(notification);
    await this.tellDeaths(notification);
    return { outcome: stored.outcome, recordIds: stored.ids };
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

  private async tellDeaths({ office, records }: BirthNotification): Promise<void> {
    const died = records.filter(({ outcome }) => outcome === 'died_after').map(({ recordNumber }) => recordNumber);
    if (died.length > 0) await this.deaths.tell(died, { actor: 'hospital', actorId: office });
  }
}

function readRecords(body: Buffer) {
  const notification = readBirthNotification(body);
  return { notification, records: notification.records.map((record) => toRecord(notification, record)) };
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
