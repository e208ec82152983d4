import { webhookOutcome, webhookPauseMs } from './webhook';

describe('P19: what an attempt to push a delivery came to', () => {
  it.each<[number | null, string]>([
    [200, 'taken'],
    [204, 'taken'],
    [299, 'taken'],
    [301, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [409, 'refused'],
    [410, 'gone'],
    [429, 'unanswered'],
    [500, 'unanswered'],
    [503, 'unanswered'],
    [null, 'unanswered'],
  ])('%s: %s', (status, outcome) => {
    expect(webhookOutcome({ status, isWhole: true })).toBe(outcome);
  });

  it('a 2xx whose reply did not end takes nothing', () => {
    expect(webhookOutcome({ status: 200, isWhole: false })).toBe('refused');
  });

  it.each([
    ['our own pause', 0, 500, 500],
    ['what the receiver asks for', 2_000, 500, 2_000],
    ['no longer than the cap', 9_000_000, 500, 60_000],
    ['the cap over our own, too', 0, 90_000, 60_000],
  ])('waits %s', (_name, asked, own, wanted) => expect(webhookPauseMs(asked, own, 60_000)).toBe(wanted));
});
