import { AgencyContractBroken } from '@birth/application';
import { toFiling } from './government-portal.mapper';
import { readPortalFiling } from './government-portal.schema';

const VERIFICATION = { method: 'face', level: '3', verifiedAt: '2026-11-02T09:00:00+08:00', transaction: 'T-1' };
const PERSON = {
  account: 'p-1',
  name: '王芳',
  identityType: '111',
  identityNumber: '500235199103247584',
  mobile: '13812345678',
  verification: VERIFICATION,
};
const PAPER = { reference: 'M-1', name: '授权委托书', digest: 'a'.repeat(64) };
const MESSAGE = {
  caseNumber: 'CQ20261102000001',
  handlingForm: '3',
  person: PERSON,
  materials: [PAPER],
  application: { newborns: [] },
};
const read = (message: object) => toFiling(readPortalFiling(Buffer.from(JSON.stringify(message))));

describe('a filing of the city’s portal', () => {
  it('is read in the platform’s words', () => {
    expect(read(MESSAGE)).toEqual({
      caseNumber: 'CQ20261102000001',
      channel: 'mobile',
      person: {
        account: 'p-1',
        name: '王芳',
        identity: { type: 'resident_id_card', number: '500235199103247584' },
        mobile: '13812345678',
        verification: VERIFICATION,
      },
      materials: [PAPER],
      form: { newborns: [] },
    });
  });

  it.each([
    ['1', 'window'],
    ['2', 'computer'],
    ['4', 'courier'],
    ['9', 'other'],
  ])('办理形式 %s is %s', (handlingForm, channel) => expect(read({ ...MESSAGE, handlingForm }).channel).toBe(channel));

  it.each([
    ['414', 'passport'],
    ['511', 'taiwan_permit'],
    ['516', 'hk_macao_permit'],
    ['553', 'foreign_residence_permit'],
  ])('identity type %s is %s', (identityType, type) =>
    expect(read({ ...MESSAGE, person: { ...PERSON, identityType } }).person.identity.type).toBe(type),
  );

  it.each<[string, object]>([
    ['caseNumber', { caseNumber: '' }],
    ['caseNumber', { caseNumber: 'C'.repeat(51) }],
    ['caseNumber', { caseNumber: '../1' }],
    ['handlingForm', { handlingForm: '7' }],
    ['handlingForm', { handlingForm: 'toString' }],
    ['person.', { person: null }],
    ['identityType', { person: { ...PERSON, identityType: '999' } }],
    ['person.account', { person: { ...PERSON, account: '' } }],
    ['method', { person: { ...PERSON, verification: { ...VERIFICATION, method: 'password' } } }],
    ['verifiedAt', { person: { ...PERSON, verification: { ...VERIFICATION, verifiedAt: '2026-11-02' } } }],
    ['materials', { materials: undefined }],
    ['materials', { materials: [PAPER, PAPER] }],
    ['materials', { materials: Array.from({ length: 21 }, (_, index) => ({ ...PAPER, reference: `M-${index}` })) }],
    ['materials[0].reference', { materials: [{ ...PAPER, reference: '../secret' }] }],
    ['materials[0].digest', { materials: [{ ...PAPER, digest: 'abc' }] }],
  ])('%s is missing or wrong: the contract is broken, by that name', (field, change) => {
    try {
      read({ ...MESSAGE, ...change });
    } catch (error) {
      expect(error).toBeInstanceOf(AgencyContractBroken);
      expect((error as AgencyContractBroken).field).toContain(field);
      return;
    }
    throw new Error('it was read');
  });
});
