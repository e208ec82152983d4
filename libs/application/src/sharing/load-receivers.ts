import { checkProvenance, type Receiver, receiverFaults } from '@birth/domain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSeeds } from '../load-county';

export const RECEIVERS = Symbol('RECEIVERS');

/** Throws where a row would share without a basis, or what may not be shared: then the process does not start. */
export function loadReceivers(seeds: string = findSeeds()): readonly Receiver[] {
  const text = readFileSync(join(seeds, 'sharing', 'yunyang.json'), 'utf8');
  const { receivers } = JSON.parse(text) as { receivers: Receiver[] };
  for (const receiver of receivers) {
    checkProvenance(`receiver ${receiver.code}`, receiver);
    const [fault] = receiverFaults(receiver);
    if (fault !== undefined) throw new Error(`receiver ${receiver.code}: ${fault}`);
  }
  const codes = receivers.map(({ code }) => code);
  const twice = codes.find((code, at) => codes.indexOf(code) !== at);
  if (twice !== undefined) throw new Error(`receiver ${twice} is there twice`);
  return receivers;
}
