import { createHash, randomUUID } from 'node:crypto';

export interface GatewayCredentials {
  paasId: string;
  token: string;
}

/** Headers of the government gateway: upper-case hex SHA-256 of timestamp + token + nonce + timestamp. */
export function gatewayHeaders({ paasId, token }: GatewayCredentials, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = randomUUID();
  const signature = createHash('sha256')
    .update(timestamp + token + nonce + timestamp)
    .digest('hex')
    .toUpperCase();
  return {
    'x-tif-paasid': paasId,
    'x-tif-timestamp': timestamp,
    'x-tif-nonce': nonce,
    'x-tif-signature': signature,
    'content-type': 'application/json',
  };
}
