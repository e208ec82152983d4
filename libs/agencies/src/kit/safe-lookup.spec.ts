import { ADDRESS_REFUSED, mayLeadTo, safeLookup } from './safe-lookup';

const at = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 });

describe('D8: where a name leads at the moment of connecting', () => {
  it.each([
    ['interface.example', '10.1.2.3'],
    ['interface.example', '172.16.0.9'],
    ['interface.example', '192.168.1.1'],
    ['interface.example', '203.0.113.9'],
    ['interface.example', 'fd00::1'],
    ['localhost', '127.0.0.1'],
    ['localhost', '::1'],
    ['sandbox', '172.18.0.4'],
    ['sandbox', '127.0.0.1'],
  ])('%s may lead to %s', (name, address) => expect(mayLeadTo(name, at(address))).toBe(true));

  it.each([
    ['interface.example', '127.0.0.1'],
    ['interface.example', '127.8.8.8'],
    ['interface.example', '::1'],
    ['interface.example', '::ffff:127.0.0.1'],
    ['interface.example', '169.254.169.254'],
    ['interface.example', '::ffff:169.254.169.254'],
    ['interface.example', '0.0.0.0'],
    ['interface.example', '224.0.0.1'],
    ['interface.example', '255.255.255.255'],
    ['interface.example', '::'],
    ['interface.example', 'fe80::1'],
    ['interface.example', 'ff02::1'],
    ['localhost', '169.254.169.254'],
    ['sandbox', '0.0.0.0'],
  ])('%s never leads to %s', (name, address) => expect(mayLeadTo(name, at(address))).toBe(false));

  const looked = (name: string, all: boolean): Promise<{ code: string | undefined; found: unknown }> =>
    new Promise((resolve) => safeLookup(name, { all }, (error, found) => resolve({ code: error?.code, found })));

  it('the resolver’s own answer, one address or all of them', async () => {
    expect((await looked('localhost', false)).found).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect((await looked('localhost', true)).found).toContainEqual(expect.objectContaining({ family: 4 }));
    expect((await looked('agency.invalid', true)).code).toBe('ENOTFOUND');
  });

  it('a name that leads nowhere else is refused', async () => {
    expect((await looked('169.254.169.254', true)).code).toBe(ADDRESS_REFUSED);
  });
});
