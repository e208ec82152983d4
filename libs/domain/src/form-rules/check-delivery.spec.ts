import type { DeliveryWish, NewbornForm } from '../form';
import { SERVICE_CODES } from '../vocabulary';
import { checkDelivery } from './check-delivery';
import { Findings } from './finding';

const TO = { recipient: '王芳', mobile: '13800000000', address: '重庆市云阳县' } as const;
const mail: DeliveryWish = { document: 'social_security_card', mode: 'mail', ...TO };

function found(delivery: DeliveryWish[], services: NewbornForm['services'] = [...SERVICE_CODES]): string[] {
  const errors = new Findings();
  checkDelivery({ delivery, services } as NewbornForm, '/newborns/0', errors);
  return errors.items.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('P13: how documents are wished for', () => {
  it.each<[string, DeliveryWish[], string[]]>([
    ['nothing', [], []],
    ['fetched', [{ document: 'household_page', mode: 'self' }], []],
    ['by mail', [mail], []],
    [
      'by mail to nobody',
      [{ document: 'social_security_card', mode: 'mail' }],
      [
        '/newborns/0/delivery/0/recipient missing',
        '/newborns/0/delivery/0/mobile missing',
        '/newborns/0/delivery/0/address missing',
      ],
    ],
    ['by mail to blanks', [{ ...mail, address: ' ' }], ['/newborns/0/delivery/0/address missing']],
    ['twice', [mail, { ...mail, mode: 'self' }], ['/newborns/0/delivery/1/document document_named_twice']],
  ])('%s', (_name, delivery, wrong) => {
    expect(found(delivery)).toEqual(wrong);
  });

  it('of a service that is not asked for', () => {
    expect(found([mail], ['birth_certificate'])).toEqual(['/newborns/0/delivery/0/document service_not_requested']);
  });
});
