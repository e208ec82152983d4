import { SERVICE_CODES, type ServiceCode } from '@birth/domain';
import type { FamilyRun } from './family-run';
import type { StepShown } from './view';

const SIGNS: Readonly<Record<string, string>> = {
  completed: '✔',
  waiting: '·',
  queued: '…',
  submitting: '→',
  accepted: '○',
  correction_needed: '!',
  action_needed: '☞',
  suspended: '∥',
  stuck: '✱',
  rejected: '✘',
  withdrawn: '↩',
  cancelled: '–',
  not_applicable: '–',
};
const NAMES: Readonly<Record<ServiceCode, string>> = {
  birth_certificate: '证明',
  vaccination: '接种',
  household_registration: '户口',
  medical_insurance: '医保',
  social_security_card: '社保卡',
};
const BAR = 30;

/** A row a newborn, a column a service, redrawn in place on a terminal; only the last state elsewhere. */
export class LiveTable {
  private drawn = 0;

  constructor(private readonly out: NodeJS.WriteStream) {}

  draw(runs: readonly FamilyRun[], filed: number): void {
    if (!this.out.isTTY) return;
    const rows = Math.max(5, (this.out.rows ?? 40) - 6);
    const lines = [
      progress(runs, filed),
      header(),
      ...runs
        .filter((run) => run.shown !== null)
        .flatMap(rowsOf)
        .slice(0, rows),
    ];
    if (this.drawn > 0) this.out.write(`\x1b[${this.drawn}A\x1b[J`);
    this.out.write(lines.join('\n') + '\n');
    this.drawn = lines.length;
  }

  /** Every newborn once, for a log. */
  print(runs: readonly FamilyRun[]): void {
    if (this.drawn > 0) this.out.write(`\x1b[${this.drawn}A\x1b[J`);
    this.drawn = 0;
    this.out.write([header(), ...runs.filter((run) => run.shown !== null).flatMap(rowsOf)].join('\n') + '\n');
  }
}

function progress(runs: readonly FamilyRun[], filed: number): string {
  const settled = runs.filter((run) => run.shown !== null && run.isSettled).length;
  const full = Math.round((settled / runs.length) * BAR);
  return `[${'█'.repeat(full)}${'░'.repeat(BAR - full)}] filed ${filed}/${runs.length}, settled ${settled}`;
}

const header = (): string => `${'case'.padEnd(44)} ${SERVICE_CODES.map((code) => NAMES[code].padEnd(4)).join(' ')}`;

function rowsOf(run: FamilyRun): string[] {
  return (run.shown?.newborns ?? []).map(({ index, steps }) => {
    const label = `${run.sample.name}${run.sample.births.length > 1 ? ` #${index + 1}` : ''}`;
    const signs = SERVICE_CODES.map((code) => sign(steps.find((step) => step.code === code)).padEnd(6));
    return `${label.padEnd(44)} ${signs.join(' ')}`;
  });
}

const sign = (step: StepShown | undefined): string => (step === undefined ? ' ' : (SIGNS[step.state] ?? '?'));
