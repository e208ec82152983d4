import { createHash } from 'node:crypto';
import type { Planned } from '../cases/stage';
import type { Newborn } from '../ledger/ledger-entry';
import type { AgencyScript } from '../scenarios/agency-script';
import { isObject } from '../wire/field-check';

export interface DeliveryTask {
  taskId: string;
  key: string;
  mode: 'self' | 'mail';
  paper: string;
  /** Of the parcel that it travels in, else its own. */
  parcel: string;
  newborn: Newborn;
}

/** A delivery among the items of `GET /agency/v1/worklist`; whatever else is there is not for this desk. */
export function readDelivery(item: Record<string, unknown>): DeliveryTask[] {
  if (item['code'] !== 'delivery') return [];
  const { taskId, key, payload } = item;
  if (typeof taskId !== 'string' || typeof key !== 'string' || !isObject(payload)) return [];
  const { delivery, name, parcel, paper } = payload;
  if (!isObject(delivery)) return [];
  const mode = delivery['mode'] === 'mail' ? 'mail' : 'self';
  const whose = isObject(name) ? `${String(name['surname'])}${String(name['given'])}` : '';
  const newborn = { name: whose, sex: 'female', bornAt: '' } as const;
  return [{ taskId, key, mode, paper: String(paper), parcel: typeof parcel === 'string' ? parcel : taskId, newborn }];
}

/** What becomes of a document at its office: fetched or posted and signed for, unless the script says otherwise. */
export function courseOf({ mode, paper, newborn }: DeliveryTask, script: AgencyScript, paceMs: number): Planned[] {
  const kind = script.of(newborn.name)?.kind;
  const at = (stage: Planned['stage']): Planned => ({ afterMs: paceMs, stage });
  const posted = at({ kind: 'working', detail: 'posted' });
  if (mode === 'self') {
    return kind === 'never_fetched' ? [at({ kind: 'action', text: '证件已备好，请携带身份证到窗口领取' })] : [at(DONE)];
  }
  if (kind === 'parcel_returned') return [posted, at({ kind: 'working', detail: 'returned' })];
  if (kind === 'parcel_lost') return [posted, at({ kind: 'working', detail: 'lost' })];
  if (kind === 'parcel_unsigned') return [posted];
  const printed = ['received', 'page_printed'].map((detail) => at({ kind: 'working', detail }));
  return [...(paper === 'household_book' ? printed : []), posted, at(DONE)];
}

const DONE = { kind: 'done' } as const;

/** 13 characters, as the national post writes them; one for all of a parcel. */
export function waybillOf({ parcel }: DeliveryTask): string {
  const number = createHash('sha256').update(parcel).digest().readUInt32BE() % 1_000_000_000;
  return `EA${String(number).padStart(9, '0')}CN`;
}
