import { registerDecorator } from 'class-validator';
import { BlockList, isIP } from 'node:net';

/** Own machine, or a name of the own container network: no dot, resolved by no public server. */
const OWN_HOST = /^(localhost|127\.0\.0\.1|\[::1\]|[a-z][a-z0-9-]*)$/;

/** Where no agency is, but what hosts tell of themselves. */
const NOWHERE = new BlockList();
NOWHERE.addSubnet('0.0.0.0', 8);
NOWHERE.addSubnet('169.254.0.0', 16);
NOWHERE.addSubnet('224.0.0.0', 3);
NOWHERE.addSubnet('fe80::', 10, 'ipv6');
NOWHERE.addSubnet('ff00::', 8, 'ipv6');
NOWHERE.addAddress('::', 'ipv6');

/**
 * Whether calls with personal data may go there (security D8): https, or plain http to the own machine or container
 * network alone; nobody's name or password, no query, no address of the link itself. Operators alone set it.
 */
export function isAgencyUrl(text: unknown): text is string {
  if (typeof text !== 'string' || !URL.canParse(text) || /[\s\\]/.test(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username + password + search + hash !== '') return false;
  const isHttps = protocol === 'https:';
  if (!isHttps && !(protocol === 'http:' && OWN_HOST.test(hostname))) return false;
  return !isNowhere(hostname.replace(/^\[|\]$/g, ''));
}

/** An address of the link, of this host, of many; false for names. */
export function isNowhere(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && NOWHERE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export const isOwnHost = (hostname: string): boolean => OWN_HOST.test(hostname);

/** An agency's base address, by `isAgencyUrl`. */
export const IsAgencyUrl = (): PropertyDecorator => (target, property) =>
  registerDecorator({
    name: 'isAgencyUrl',
    target: target.constructor,
    propertyName: String(property),
    validator: {
      validate: isAgencyUrl,
      defaultMessage: () =>
        `${String(property)} must be https (http on the own machine or network alone), without credentials or query`,
    },
  });
