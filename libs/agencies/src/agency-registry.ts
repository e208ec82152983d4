import type { AdapterBook, AgencyAdapter } from '@birth/application';
import {
  AGENCIES,
  type AgencyCode,
  type AgencyCodes,
  CHANNELS,
  type Channel,
  profileOf,
  UNKNOWN_CODE,
} from '@birth/domain';
import { codeName } from './kit/codes';

/** Every agency on every channel, its codes in its dictionary; refuses to be made while one is missing, doubled, or another class than the engine believes. */
export class AgencyRegistry implements AdapterBook {
  private readonly adapters = new Map<string, AgencyAdapter>();

  constructor(adapters: readonly AgencyAdapter[], dictionary: AgencyCodes) {
    for (const adapter of adapters) this.add(adapter);
    checkCodes(adapters, dictionary);
    for (const agency of AGENCIES) for (const channel of CHANNELS) this.get(agency, channel);
  }

  get(agency: AgencyCode, channel: Channel): AgencyAdapter {
    const adapter = this.adapters.get(`${agency}/${channel}`);
    if (adapter === undefined) throw new Error(`no adapter for ${agency} on ${channel}`);
    return adapter;
  }

  private add(adapter: AgencyAdapter): void {
    const { agency, channel, agencyClass } = adapter;
    const name = `${agency}/${channel}`;
    if (this.adapters.has(name)) throw new Error(`two adapters for ${name}`);
    const profile = profileOf({ agency, channel });
    const isAsBelieved =
      profile.agencyClass === agencyClass &&
      profile.hasCheck === (adapter.check !== undefined) &&
      profile.hasWithdraw === (adapter.withdraw !== undefined) &&
      (profile.looksUp !== undefined) === (adapter.lookUp !== undefined);
    if (!isAsBelieved) throw new Error(`the engine believes otherwise of ${name}: see agency-profiles.ts`);
    this.adapters.set(name, adapter);
  }
}

/** Each code that an agency may send has its entry in the dictionary, and no entry stands for a code that none sends. */
export function checkCodes(
  adapters: readonly Pick<AgencyAdapter, 'agency' | 'codes'>[],
  dictionary: AgencyCodes,
): void {
  for (const { agency, codes } of adapters) {
    if (codes === undefined) continue;
    const sent = Object.entries(codes).flatMap(([field, all]) => all.map((code) => codeName(field, code)));
    const known = dictionary.of(agency).map(({ code }) => code);
    const missing = sent.filter((code) => !known.includes(code));
    const spare = known.filter((code) => code !== UNKNOWN_CODE && !sent.includes(code));
    if (missing.length > 0) throw new Error(`${agency} has no meaning for ${missing.join(', ')}`);
    if (spare.length > 0) throw new Error(`${agency} never sends ${spare.join(', ')}`);
  }
}
