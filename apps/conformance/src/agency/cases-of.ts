import type { ConformanceCase } from '../conformance-case';
import type { AgencyCase } from './agency-case';
import type { AgencySide } from './agency-side';
import { ASKING } from './asking-cases';
import { CALLING } from './callback-cases';
import { SENDING } from './sending-cases';

const ALL: readonly AgencyCase[] = [...SENDING, ...ASKING];

/** Those that this agency's interface can be tried by. */
export function casesOf({ adapter, stranger, door }: AgencySide): ConformanceCase<AgencySide>[] {
  const rule = `docs/agencies/wire/${adapter.agency}.md`;
  const calls = door !== null && adapter.readMessage !== undefined ? CALLING : [];
  return [...ALL, ...calls]
    .filter((each) => each.for?.(adapter) !== false && (each.strangers === undefined || stranger !== null))
    .map(({ name, title, cure, prove, strangers }) => ({
      id: `${adapter.agency}/${name}`,
      title,
      rule: strangers === undefined ? rule : 'docs/agencies/wire/signing.md',
      cure,
      prove,
    }));
}
