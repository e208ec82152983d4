import type { Channel } from '../vocabulary';
import { decide } from './decide';
import { answered, caseOf, contextOf, standing, STEP, stepIn } from './model/model-case.spec-support';

const RESULT = answered('completed');
const now = (channel: Channel | undefined) => ({ channelAt: () => channel });

describe('P2: what was never sent goes the way on which its office answers when it is released', () => {
  it.each<Channel>(['api', 'exchange_table', 'batch', 'worklist'])('%s', (channel) => {
    const { state } = decide(caseOf(), { type: 'filed' }, contextOf(undefined, now(channel)));
    expect(stepIn(state)).toMatchObject({ state: 'queued', channel });
  });

  it('an office elsewhere answers as it did when the case was filed', () => {
    const { state } = decide(caseOf(), { type: 'filed' }, contextOf(undefined, now(undefined)));
    expect(stepIn(state)).toMatchObject({ state: 'queued', channel: 'api' });
  });

  it('what waited for another is released the new way, what was sent keeps its own', () => {
    const given = standing('accepted', { sentGeneration: 1, hasReceipt: true });
    const { state } = decide(given, RESULT, contextOf(undefined, now('batch')));
    expect(stepIn(state)).toMatchObject({ id: STEP, state: 'completed', channel: 'api' });
    const household = state.steps.find(({ code }) => code === 'household_registration');
    expect(household).toMatchObject({ state: 'queued', channel: 'batch' });
  });

  it('what comes back to the queue after it was sent keeps its way: its office has the case', () => {
    const given = caseOf({ birth_certificate: { state: 'waiting', sentGeneration: 1, generation: 2 } });
    const { state } = decide(given, { type: 'filed' }, contextOf(undefined, now('worklist')));
    expect(stepIn(state)).toMatchObject({ state: 'queued', channel: 'api' });
  });
});
