import type { NewbornForm } from '../form';
import { PRODUCERS } from '../papers/delivery-plan';
import type { Findings } from './finding';

/** A parcel needs somebody to go to; a document is handed out once, and only where its service is asked for. */
export function checkDelivery({ delivery = [], services }: NewbornForm, at: string, errors: Findings): void {
  delivery.forEach((wish, index) => {
    const own = `${at}/delivery/${index}`;
    const isNamed = delivery.findIndex(({ document }) => document === wish.document) < index;
    errors.addIf(isNamed, `${own}/document`, 'document_named_twice');
    errors.addIf(!services.includes(PRODUCERS[wish.document]), `${own}/document`, 'service_not_requested');
    if (wish.mode !== 'mail') return;
    for (const field of ['recipient', 'mobile', 'address'] as const) {
      errors.addIf(!wish[field]?.trim(), `${own}/${field}`, 'missing');
    }
  });
}
