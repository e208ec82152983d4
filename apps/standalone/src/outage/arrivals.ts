import type { PlatformClient } from '../demo/platform-client';

export interface Arrival {
  /** Epoch ms. */
  at: number;
  underWay: number;
  status: number | null;
}

/** What the agency's own door counted. */
export async function arrivalsAt(client: PlatformClient, agency: string): Promise<Arrival[]> {
  const { body } = await client.control('GET', `/_sandbox/arrivals?agency=${agency}`);
  return body['arrivals'] as Arrival[];
}

/** The most that came within any second. */
export function mostInASecond(arrivals: readonly { at: number }[]): number {
  const times = arrivals.map(({ at }) => at).sort((a, b) => a - b);
  let [most, first] = [0, 0];
  times.forEach((at, last) => {
    while ((times[first] ?? at) <= at - 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
