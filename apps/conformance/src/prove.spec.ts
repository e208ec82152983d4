import { AgencyContractBroken, AgencyUnavailable } from '@birth/application';
import { NotConformant } from './conformance-case';
import { prove } from './prove';

const OF_CASE = 'Give a receipt.';

describe('the cure of a failed case', () => {
  it.each([
    { error: new NotConformant('no receipt'), cure: OF_CASE },
    { error: new AgencyContractBroken('HTTP 400', 'code'), cure: OF_CASE },
    { error: new AgencyContractBroken('HTTP 401', 'code'), cure: expect.stringContaining('token and keys') as string },
    { error: new AgencyUnavailable('no key to sign with'), cure: expect.stringContaining('PLATFORM_KEYS') as string },
    { error: new AgencyUnavailable('not reached: ECONNREFUSED'), cure: expect.stringContaining('--url') as string },
  ])('$error.message', async ({ error, cure }) => {
    const failing = { id: 'x/y', title: 't', rule: 'r', cure: OF_CASE, prove: () => Promise.reject(error) };
    expect(await prove([failing], null)).toMatchObject([{ passed: false, cure }]);
  });

  it('there is none of a case that holds', async () => {
    const holding = { id: 'x/y', title: 't', rule: 'r', cure: OF_CASE, prove: () => Promise.resolve() };
    expect(await prove([holding], null)).toMatchObject([{ passed: true, reason: null, cure: null }]);
  });
});
