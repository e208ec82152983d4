import { AGENCIES, type AnswerMode, type Office } from '@birth/domain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';

export type ManualMode = Exclude<AnswerMode, 'api'>;

export interface ManualOffice {
  agency: Office['agency'];
  code: string;
  mode: ManualMode;
}

const MODES: readonly ManualMode[] = ['worklist', 'batch', 'exchange_table'];

/** Every office of the county with a way of its own to answer: each agency has them in turn, none begins as the one before. */
export function manualOffices(offices: readonly Pick<Office, 'agency' | 'code'>[] = countyOffices()): ManualOffice[] {
  return AGENCIES.flatMap((agency, first) =>
    offices
      .filter((office) => office.agency === agency)
      .map(({ code }, index) => ({ agency, code, mode: modeOf(agency, first + index) })),
  );
}

/** The table has no flag for a special procedure, nor for what is to be paid (docs/agencies/exchange-table.md). */
const WITHOUT_TABLE: ReadonlySet<Office['agency']> = new Set(['public-security', 'tax-administration']);

function modeOf(agency: Office['agency'], turn: number): ManualMode {
  const modes = WITHOUT_TABLE.has(agency) ? MODES.slice(0, 2) : MODES;
  return modes[turn % modes.length] ?? 'worklist';
}

function countyOffices(): readonly Office[] {
  const file = join(projectFolder(), 'seeds', 'offices', 'yunyang.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { offices: Office[] }).offices;
}

/** Settings of the sandbox, whose staff answer each office its way. */
export function sandboxDesks(offices: readonly ManualOffice[]): Record<string, string> {
  const pairs = (mode: ManualMode): string =>
    offices
      .filter((office) => office.mode === mode)
      .map(({ agency, code }) => `${agency}:${code}`)
      .join(',');
  return {
    SANDBOX_WORKLIST: pairs('worklist'),
    SANDBOX_BATCH: pairs('batch'),
    SANDBOX_EXCHANGE_TABLE: pairs('exchange_table'),
  };
}
