import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { isNowhere, isOwnHost } from './agency-url';

const OWN_MACHINE = new BlockList();
OWN_MACHINE.addSubnet('127.0.0.0', 8);
OWN_MACHINE.addAddress('::1', 'ipv6');

/** A name that leads where no agency can be: nothing was sent. */
export const ADDRESS_REFUSED = 'ERR_ADDRESS_REFUSED';

/**
 * Whether a name may lead there (security D8): never to what hosts tell of themselves, and to the own machine only by
 * the own machine's or container network's names. Private networks are where governments' interfaces are.
 */
export function mayLeadTo(hostname: string, { address }: Pick<LookupAddress, 'address'>): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isNowhere(plain)) return false;
  return isOwnHost(hostname) || !OWN_MACHINE.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/** DNS at the moment of connecting: what was right when it was configured may lead elsewhere now. */
export const safeLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const allowed = addresses.filter((one) => mayLeadTo(hostname, one));
    const [first] = allowed;
    if (first === undefined) return callback(refusal(), '', 0);
    if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};

const refusal = (): NodeJS.ErrnoException =>
  Object.assign(new Error('the name leads where no agency is'), { code: ADDRESS_REFUSED });
