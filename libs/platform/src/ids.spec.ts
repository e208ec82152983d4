import { validate, version } from 'uuid';
import { derivedId, newId } from './ids';

describe('an id that follows from its case', () => {
  const ofCase = newId();

  it('is the same for the same name, another for another name or case', () => {
    const id = derivedId(ofCase, '0/insurance_payment/2026');
    expect(derivedId(ofCase, '0/insurance_payment/2026')).toBe(id);
    expect(derivedId(ofCase, '1/insurance_payment/2026')).not.toBe(id);
    expect(derivedId(newId(), '0/insurance_payment/2026')).not.toBe(id);
  });

  it('is a UUIDv7 that sorts after what was made with the case', () => {
    const id = derivedId(ofCase, 'any');
    expect([validate(id), version(id)]).toEqual([true, 7]);
    expect([newId(), id].sort()[1]).toBe(id);
  });
});
