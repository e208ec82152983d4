import { isAgencyUrl } from '../kit/agency-url';
import { webhookKey } from '../kit/standard-webhooks';

/** Where a receiver is pushed to, and by which secrets. */
export interface WebhookAddress {
  receiver: string;
  url: string;
  /** The newest first; both sign. */
  secrets: readonly [string] | readonly [string, string];
}

/** What the operators wrote down; one that personal data may not go to, or an unfit secret, is no book at all. */
export class WebhookBook {
  private readonly addresses: ReadonlyMap<string, WebhookAddress>;

  constructor(addresses: readonly WebhookAddress[]) {
    addresses.forEach(checkAddress);
    this.addresses = new Map(addresses.map((one) => [one.receiver, one]));
    if (this.addresses.size !== addresses.length) throw new Error('a receiver is there twice');
  }

  static parse(text: string): WebhookBook {
    return new WebhookBook(JSON.parse(text) as WebhookAddress[]);
  }

  find(receiver: string): WebhookAddress | undefined {
    return this.addresses.get(receiver);
  }
}

function checkAddress({ receiver, url, secrets }: WebhookAddress): void {
  if (typeof receiver !== 'string' || receiver === '') throw new Error('a receiver is not named');
  if (!isAgencyUrl(url)) throw new Error(`the address of ${receiver} may get no personal data`);
  const isFew = Array.isArray(secrets) && (secrets.length === 1 || secrets.length === 2);
  if (!isFew) throw new Error(`${receiver} has one secret, or two during a roll-over`);
  secrets.forEach((secret) => webhookKey(secret));
}
