import {
  BIRTH_RECORD_STORE,
  type BirthRecordStore,
  type Caller,
  ReceiveBirthNotifications,
  SubmitApplication,
} from '@birth/application';
import type { ApplicationForm, ClaimedBirth, NewbornForm } from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { randomUUID } from 'node:crypto';
import { aFamily, once } from './families';
import type { TestPlatform } from './platform';

export const HOSPITAL = 'YYH001';
const DAY_MS = 86_400_000;
/** Three days ago at half past eight in the morning. */
export const BORN_ON = toShanghaiDate(Date.now() - 3 * DAY_MS);
export const dayBeforeBirth = (days: number): string => toShanghaiDate(Date.parse(BORN_ON) - days * DAY_MS);

/** A mother who files before the hospital's records came: one newborn a claim. */
export function aClaimingFamily(claims: readonly Partial<ClaimedBirth>[]): { form: ApplicationForm; mother: Caller } {
  const { form, mother } = aFamily();
  const [first] = form.newborns as [NewbornForm];
  const newborns = claims.map((claim, index): NewbornForm => {
    const { birth: _birth, existing: _existing, ...rest } = first;
    return {
      ...rest,
      name: { ...first.name!, given: `${first.name!.given}${'甲乙丙'[index]}` },
      claimedBirth: {
        hospitalOfficeCode: HOSPITAL,
        bornOn: BORN_ON,
        plurality: claims.length,
        deliveryOrder: index + 1,
        ...claim,
      },
    };
  });
  return { form: { ...form, newborns }, mother };
}

export interface Notified {
  recordNumber?: string;
  bornAt?: string;
  sex?: 'male' | 'female';
  plurality?: number;
  deliveryOrder?: number;
  outcome?: 'live' | 'stillborn' | 'died_after';
  inHospital?: boolean | null;
}

/** A hospital's message as it comes over the wire; the same text again is the same message. */
export function notification({ form }: { form: ApplicationForm }, records: readonly Notified[], office = HOSPITAL) {
  const { name: motherName, identity: motherIdentity } = form.mother!;
  const facts = { weightGrams: 3100, lengthCm: 50, gestationalWeeks: 39, gestationalDays: 1 };
  const body = {
    messageId: randomUUID(),
    occurredAt: new Date().toISOString(),
    office,
    records: records.map((record) => ({
      recordNumber: randomUUID(),
      motherName,
      motherIdentity,
      bornAt: `${BORN_ON}T08:30:00+08:00`,
      sex: 'female',
      plurality: 1,
      deliveryOrder: 1,
      outcome: 'live',
      place: { region: '500235', kind: 'hospital' },
      ...facts,
      ...record,
    })),
  };
  return {
    method: 'POST',
    url: 'http://localhost/agency/v1/birth-notifications',
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
  };
}

export type Message = ReturnType<typeof notification>;

/** What families and hospitals do in these tests. */
export function birthDesk(platform: TestPlatform) {
  const records = () => platform.app.get<BirthRecordStore>(BIRTH_RECORD_STORE);
  return {
    async file(family: ReturnType<typeof aClaimingFamily>): Promise<string> {
      const { form, mother } = family;
      const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
      return (body as { id: string }).id;
    },
    notify: (message: Message) => platform.app.get(ReceiveBirthNotifications).execute(message),
    records,
  };
}
