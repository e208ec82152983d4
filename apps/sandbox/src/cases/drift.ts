import type { Scenario } from '../scenarios/scenario';
import type { CaseRecord } from './case-record';

/** What an agency that has drifted remembers of a case: nothing, something else, or more than there was. */
export function remembered<F>(record: CaseRecord<F>, scenario: Scenario | null): CaseRecord<F>[] {
  if (scenario?.kind !== 'drift') return [record];
  switch (scenario.says) {
    case 'lost':
      return [];
    case 'unknown_effect':
      return [record, { ...record, id: `${record.id}b`, key: otherKey(record.key), receipt: `${record.receipt}B` }];
    case 'other_state':
      return [{ ...record, stage: { kind: 'received' } }];
    case 'other_result':
      return [{ ...record, stage: otherResult(record.stage) }];
  }
}

const otherKey = (key: string | null): string | null => key && key.replace(/^.{8}/, '00000000');

/** Numbers of the agency's own that nothing can be checked by; an ID number's check character would give it away. */
const OWN_NUMBERS = ['certificateNumber', 'householdNumber', 'voucherNumber', 'batchNumber', 'personNumber'];

function otherResult(stage: CaseRecord<unknown>['stage']): CaseRecord<unknown>['stage'] {
  if (stage.kind !== 'done') return stage;
  const changed = Object.entries(stage.results)
    .filter(([name]) => OWN_NUMBERS.includes(name))
    .map(([name, value]) => [name, value.replace(/\d$/, (last) => (last === '7' ? '8' : '7'))]);
  return { kind: 'done', results: { ...stage.results, ...(Object.fromEntries(changed) as Record<string, string>) } };
}
