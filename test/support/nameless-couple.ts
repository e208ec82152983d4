import { type Caller, ReceiveBirthNotifications, SubmitApplication } from '@birth/application';
import { randomUUID } from 'node:crypto';
import { aCouple, once } from './families';
import type { TestPlatform } from './platform';

export interface NamelessCouple {
  id: string;
  mother: Caller;
  father: Caller;
  fatherSurname: string;
  consents: { parent: string; token: string }[];
}

/** Two parents, a hospital's record, no name yet: vaccination is under way, the certificate waits. */
export async function aNamelessCouple(platform: TestPlatform): Promise<NamelessCouple> {
  const { form, mother, father, record } = aCouple();
  const [newborn] = form.newborns;
  const nameless = { ...form, newborns: [{ ...newborn!, name: null }] };
  const { office, facts } = record;
  const message = { messageId: randomUUID(), occurredAt: new Date().toISOString(), office, records: [facts] };
  const raw = { method: 'POST', url: '/agency/v1/birth-notifications', headers: {} };
  await platform.app.get(ReceiveBirthNotifications).execute({ ...raw, body: Buffer.from(JSON.stringify(message)) });
  const { body } = await platform.app.get(SubmitApplication).execute(mother, once(nameless), nameless, 'zh-CN');
  const { id, consents } = body as { id: string; consents: NamelessCouple['consents'] };
  const { name } = form.father!;
  const fatherSurname = name.startsWith('欧阳') ? '欧阳' : name.slice(0, 1);
  return { id, mother, father, fatherSurname, consents };
}
