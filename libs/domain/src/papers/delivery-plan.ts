import type { ApplicationForm, DeliveryWish } from '../form';
import type { ServiceCode } from '../vocabulary';
import type { PaperKind } from './paper';

export type DeliveryDocument = DeliveryWish['document'];

/** Which service ends in which document. */
export const PRODUCERS: Readonly<Record<DeliveryDocument, ServiceCode>> = {
  birth_certificate: 'birth_certificate',
  vaccination_book: 'vaccination',
  household_page: 'household_registration',
  social_security_card: 'social_security_card',
};

/** How a document reaches the family, in codes: who gets it where is sealed with the form. */
export interface DeliveryPlan {
  document: DeliveryDocument;
  mode: DeliveryWish['mode'];
  /** Mail to the same person at the same address has the same number; null where the family fetches it. */
  address: number | null;
  paper: PaperKind;
}

/** Of each newborn; addresses are compared over the whole form, for twins are at home at one place. */
export function deliveryPlans({ newborns }: Pick<ApplicationForm, 'newborns'>): DeliveryPlan[][] {
  const addresses: string[] = [];
  return newborns.map(({ delivery = [], household }) =>
    delivery.map((wish) => ({
      document: wish.document,
      mode: wish.mode,
      address: wish.mode === 'mail' ? numberOf(addressOf(wish), addresses) : null,
      paper: paperKind(wish, household?.kind === 'family'),
    })),
  );
}

const addressOf = ({ recipient, mobile, address }: DeliveryWish): string =>
  JSON.stringify([recipient, mobile, address]);

function numberOf(address: string, known: string[]): number {
  if (!known.includes(address)) known.push(address);
  return known.indexOf(address);
}

/** A page is printed into the family's own book: by post the book goes there and back. */
function paperKind({ document, mode }: DeliveryWish, hasOwnBook: boolean): PaperKind {
  switch (document) {
    case 'birth_certificate':
      return 'certificate_main';
    case 'vaccination_book':
      return 'vaccination_book';
    case 'household_page':
      return hasOwnBook && mode === 'mail' ? 'household_book' : 'household_page';
    case 'social_security_card':
      return 'card';
  }
}
