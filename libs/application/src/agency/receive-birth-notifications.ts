import { type CaseEvent } from '@birth/domain';
import { type Clock, CLOCK, newId, Problem } from '@birth/platform';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import type { RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import { BIRTH_RECORD_STORE, type BirthRecord, type BirthRecordStore } from '../ports/reads';
import { StepTransitions } from '../step-transitions';
import { type BirthNotification, readBirthNotification } from './birth-notification';
import { inboxRow } from './receive-agency-message';

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
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly transitions: StepTransitions,
  ) {}

  /** Throws MessageRefused (401) without a valid signature, Problem 400 for a body that breaks the format. */
  async execute(raw: RawMessage): Promise<NotificationOutcome> {
    const { keyId, nonce } = this.verifier.verify('hospital', raw);
    const notification = readBirthNotification(raw.body);
    const receivedAt = this.clock.now();
    const { messageId } = notification;
    const row = inboxRow({ agency: 'hospital', messageId, nonce, keyId, body: raw.body, receivedAt });
    const records = notification.records.map((record) => toRecord(notification, record));
    const stored = await this.records.receive({ ...row, records });
    if (stored.outcome === 'reused') throw new MessageRefused('message id or nonce used before');
    for (const id of stored.ids) await this.giveToWaitingCases(id);
    return { outcome: stored.outcome, recordIds: stored.ids };
  }

  private async giveToWaitingCases(id: string): Promise<void> {
    const record = await this.records.byId(id);
    if (record === null || record.outcome === 'stillborn') return;
    for (const waiting of await this.records.waitingFor(record)) await this.give(record, waiting);
  }

  /** A claim that fits takes the record; one that differs is compared by a clerk. */
  private async give(record: BirthRecord, waiting: { applicationId: string; newbornIndex: number }): Promise<void> {
    const { newbornIndex } = waiting;
    const bornOn = toShanghaiDate(Date.parse(record.birth.bornAt));
    await this.transitions.apply({
      ref: { applicationId: waiting.applicationId },
      by: { actor: 'hospital', actorId: record.hospitalOfficeCode },
      event: ({ state }): CaseEvent | null => {
        const newborn = state.newborns.find(({ index }) => index === newbornIndex);
        if (newborn === undefined) return null;
        if (newborn.bornOn !== bornOn) return { type: 'hold_placed', newbornIndex, hold: 'data_mismatch' };
        return { type: 'birth_confirmed', newbornIndex, bornOn };
      },
      attach: () => ({ sections: [{ newbornIndex, section: 'birth', value: record.birth }] }),
    });
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
