import type { Hint, HintQueue } from '@birth/application';
import { aHint, collect, until, untilDelivered } from './queue-contract';

/** What every storage of hints does alike; `open` gives the queue of the running test. */
export function behavesAsHintQueue(open: () => HintQueue): void {
  it('hands every hint over', async () => {
    const queue = open();
    const taken = await collect(queue, 'public-security');
    await untilDelivered(queue, taken, 'public-security');
    const hints = Array.from({ length: 300 }, () => aHint());
    queue.offer(hints);
    await until(() =>
      hints.every((hint) => taken.some((one) => one.offer === hint.offer && one.stepId === hint.stepId)),
    );
    await until(async () => (await queue.depth('public-security')) === 0);
  });

  it('swallows a wake-up number that is still active: a new wake-up needs a new number', async () => {
    const queue = open();
    const started: Hint[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await queue.onHint('health-commission', 2, async (hint) => {
      started.push(hint);
      await released;
    });
    await until(async () => (await queue.depth('health-commission')) !== null);
    const hint = aHint('health-commission');
    queue.offer([hint]);
    await until(() => started.length === 1);
    queue.offer([hint]);
    const next = aHint('health-commission', { stepId: hint.stepId });
    queue.offer([next]);
    await until(() => started.length === 2);
    expect(started.map((one) => one.offer)).toEqual([hint.offer, next.offer]);
    release();
    await until(async () => (await queue.depth('health-commission')) === 0);
    queue.offer([hint]);
    await until(() => started.length === 3);
  });

  it('hands a hint that fails to nobody again by itself', async () => {
    const queue = open();
    const taken: Hint[] = [];
    await queue.onHint('platform', 1, (hint) => {
      taken.push(hint);
      return taken.length === 1 ? Promise.reject(new Error('broken')) : Promise.resolve();
    });
    await until(async () => (await queue.depth('platform')) !== null);
    queue.offer([aHint('platform', { stepId: 'one' })]);
    await until(() => taken.length === 1);
    queue.offer([aHint('platform', { stepId: 'two' })]);
    await until(() => taken.length === 2);
    await until(async () => (await queue.depth('platform')) === 0);
    expect(taken.map((hint) => hint.stepId)).toEqual(['one', 'two']);
  });

  it('frees a slot of a queue only, never of another', async () => {
    const queue = open();
    let running = 0;
    let most = 0;
    let ended = 0;
    const gate: (() => void)[] = [];
    await queue.onHint('public-security', 3, async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => gate.push(resolve));
      running--;
      ended++;
    });
    const others = await collect(queue, 'medical-insurance');
    await until(async () => (await queue.depth('public-security')) !== null);
    queue.offer(Array.from({ length: 10 }, () => aHint()));
    await until(() => gate.length === 3);
    await untilDelivered(queue, others, 'medical-insurance');
    expect([running, most, gate.length]).toEqual([3, 3, 3]);
    await until(() => {
      gate.splice(0).forEach((open) => open());
      return ended === 10;
    });
    expect(most).toBe(3);
  });
}
