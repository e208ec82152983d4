import { AGENCIES } from '@birth/domain';
import { manualOffices, sandboxDesks } from './manual-offices';

const OFFICES = AGENCIES.flatMap((agency) => [1, 2, 3, 4].map((number) => ({ agency, code: `${agency}-${number}` })));

describe('how offices without an interface answer', () => {
  const offices = manualOffices(OFFICES);

  it('every office in one way, every way of several agencies', () => {
    expect(offices.map(({ code }) => code)).toEqual(OFFICES.map(({ code }) => code));
    for (const mode of ['worklist', 'batch', 'exchange_table']) {
      expect(new Set(offices.filter((one) => one.mode === mode).map(({ agency }) => agency)).size).toBeGreaterThan(1);
    }
  });

  it('no table for who pauses a promise or asks for money', () => {
    const tables = offices.filter(({ mode }) => mode === 'exchange_table').map(({ agency }) => agency);
    expect(tables).not.toContain('public-security');
    expect(tables).not.toContain('tax-administration');
  });

  it('the sandbox is told which desk works how', () => {
    const { SANDBOX_BATCH = '' } = sandboxDesks(offices);
    const batch = offices.filter(({ mode }) => mode === 'batch');
    expect(SANDBOX_BATCH.split(',')).toEqual(batch.map(({ agency, code }) => `${agency}:${code}`));
  });

  it('of the county as it is, none is left to its interface', () => {
    expect(new Set(manualOffices().map(({ agency }) => agency))).toEqual(new Set(AGENCIES));
  });
});
