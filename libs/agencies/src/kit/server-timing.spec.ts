import { serverTiming } from './server-timing';

describe('the time that an agency says it took', () => {
  it.each([
    ['total;dur=1.25', 1.25],
    ['cache;desc="miss", total;desc="all of it";dur=12', 12],
    ['total;dur="3.5"', 3.5],
    ['db;dur=4', null],
    ['total', null],
    [undefined, null],
  ])('%s is %s', (header, ms) => {
    expect(serverTiming(header)).toBe(ms);
  });

  it('is found among repeated headers', () => {
    expect(serverTiming(['db;dur=1', 'total;dur=2'])).toBe(2);
  });
});
