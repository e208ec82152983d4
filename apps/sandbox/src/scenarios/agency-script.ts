import type { Scenario, ScenarioKind } from './scenario';

/** One scenario in force, with what it has left and for whom it has happened. */
export interface Scripted {
  scenario: Scenario;
  /** How often a counted fault may still happen; null = not counted. */
  left: number | null;
  /** Newborns for whom a once-only answer was given. */
  usedFor: string[];
}

export interface ScriptState {
  all: Scripted | null;
  byName: Record<string, Scripted>;
}

const ONCE: ReadonlySet<ScenarioKind> = new Set(['garbage', 'html_error_page', 'timeout_after_work']);

export function scripted(scenario: Scenario): Scripted {
  const times = 'times' in scenario ? scenario.times : undefined;
  const left = scenario.kind === 'save_ok_verify_fails' ? null : (times ?? (ONCE.has(scenario.kind) ? 1 : null));
  return { scenario, left, usedFor: [] };
}

/** The script of one agency: a newborn's own scenario goes before the one for all. */
export class AgencyScript {
  constructor(
    private state: ScriptState,
    private readonly saved: (state: ScriptState) => void,
  ) {}

  merge(all: Scenario | undefined, byName: Readonly<Record<string, Scenario>>): void {
    const named = Object.entries(byName).map(([name, scenario]) => [name, scripted(scenario)] as const);
    this.state = {
      all: all === undefined ? this.state.all : scripted(all),
      byName: { ...this.state.byName, ...Object.fromEntries(named) },
    };
    this.saved(this.state);
  }

  clear(): void {
    this.state = { all: null, byName: {} };
    this.saved(this.state);
  }

  show(): ScriptState {
    return this.state;
  }

  /** The scenario for a newborn; for a call that names nobody, the one for all. */
  of(name: string | null): Scenario | null {
    return this.entry(name)?.scenario ?? null;
  }

  /** A counted fault that shall happen now, used up by this call; null when there is none (left). */
  take<K extends ScenarioKind>(name: string | null, kinds: readonly K[]): Extract<Scenario, { kind: K }> | null {
    const entry = this.entry(name);
    if (entry === null || entry.left === 0 || !(kinds as readonly string[]).includes(entry.scenario.kind)) return null;
    if (entry.left !== null) {
      entry.left -= 1;
      this.saved(this.state);
    }
    return entry.scenario as Extract<Scenario, { kind: K }>;
  }

  /** True the first time for this newborn. */
  takeOnce(name: string): boolean {
    const entry = this.entry(name);
    if (entry === null || entry.usedFor.includes(name)) return false;
    entry.usedFor.push(name);
    this.saved(this.state);
    return true;
  }

  private entry(name: string | null): Scripted | null {
    const own = name === null || !Object.hasOwn(this.state.byName, name) ? undefined : this.state.byName[name];
    return own ?? this.state.all;
  }
}
