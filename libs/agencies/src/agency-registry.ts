import type { AdapterBook, AgencyAdapter } from '@birth/application';
import { AGENCIES, type AgencyCode, CHANNELS, type Channel, profileOf } from '@birth/domain';

/** Every agency on every channel; refuses to be made while one is missing, doubled, or another class than the engine believes. */
export class AgencyRegistry implements AdapterBook {
  private readonly adapters = new Map<string, AgencyAdapter>();

  constructor(adapters: readonly AgencyAdapter[]) {
    for (const adapter of adapters) this.add(adapter);
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
      profile.hasWithdraw === (adapter.withdraw !== undefined);
    if (!isAsBelieved) throw new Error(`the engine believes otherwise of ${name}: see agency-profiles.ts`);
    this.adapters.set(name, adapter);
  }
}
