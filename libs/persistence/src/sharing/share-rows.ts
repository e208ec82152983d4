import type { ShareDelivery } from '@birth/application';
import type { SharedFact, ShareEvent, SharedValues } from '@birth/domain';
import type { KeyRing } from '../sealing/key-ring';

export interface DeliveryRow {
  id: string;
  place: string;
  receiver: string;
  application_id: string;
  newborn_index: number;
  about: SharedFact;
  event: ShareEvent;
  version: number;
  sealed: Buffer;
  made_at: string;
  received_at: string | null;
  wrapped: Buffer;
}

export const COLUMNS = `d.id, d.place::text, d.receiver, d.application_id, d.newborn_index, d.about, d.event, d.version,
  d.sealed, ms(d.made_at) as made_at, ms(d.received_at) as received_at, k.wrapped`;

export function toDelivery(row: DeliveryRow, keys: KeyRing): ShareDelivery {
  const seal = keys.openCase(row.application_id, row.wrapped);
  return {
    id: row.id,
    place: row.place,
    receiver: row.receiver,
    applicationId: row.application_id,
    newbornIndex: row.newborn_index,
    about: row.about,
    event: row.event,
    version: row.version,
    values: seal.open<SharedValues>('share_delivery', 'sealed', row.id, row.sealed),
    madeAt: Number(row.made_at),
    receivedAt: row.received_at === null ? null : Number(row.received_at),
  };
}
