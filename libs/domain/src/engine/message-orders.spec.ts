import type { AnsweredEvent, CaseEvent } from './case-event';
import type { CaseState } from '../case-state';
import { decide } from './decide';
import { answered, contextOf, NOW, standing, stepIn } from './model/model-case.spec-support';

const MINUTE_MS = 60_000;
const context = contextOf(undefined, { now: NOW + 10 * MINUTE_MS });
const KINDS: readonly AnsweredEvent['kind'][] = ['accepted', 'action_needed', 'suspended', 'accepted'];

/** Five words of an agency in its own order, the last of this kind. */
const wordsEndingIn = (kind: AnsweredEvent['kind']): CaseEvent[] =>
  [...KINDS, kind].map((one, index) =>
    answered(one, { occurredAt: NOW + index * MINUTE_MS, sequence: index + 1, wordsDiffer: true }),
  );

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) =>
    ordersOf([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
  );
}

const hear = (events: readonly CaseEvent[]): CaseState =>
  events.reduce((state, event) => decide(state, event, context).state, standing('queued'));

describe('D4: an agency’s messages in every order', () => {
  it.each(['completed', 'rejected', 'action_needed', 'suspended'] as const)(
    'end where its own order ends, in %s, also when each comes twice',
    (last) => {
      const words = wordsEndingIn(last);
      const expected = stepIn(hear(words)).state;
      const orders = ordersOf(words);
      expect(orders).toHaveLength(120);
      for (const order of orders) {
        const once = hear(order);
        expect(stepIn(once).state).toBe(expected);
        expect(stepIn(hear(order.flatMap((event) => [event, event]))).state).toBe(expected);
        const again = order.reduce((state, event) => decide(state, event, context).state, once);
        expect(stepIn(again).state).toBe(expected);
      }
    },
  );

  it('and what ended is not moved by anything older', () => {
    const done = hear(wordsEndingIn('completed'));
    for (const event of wordsEndingIn('suspended').slice(0, 4)) {
      expect(stepIn(decide(done, event, context).state)).toMatchObject({ state: 'completed' });
    }
  });
});
