import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AGENCIES, type Agency } from '../agencies';
import { SandboxConfig } from '../sandbox.config';
import { AgencyScript, type ScriptState } from './agency-script';

const EMPTY: ScriptState = { all: null, byName: {} };

/** The scripts of all agencies; kept in a file each, because a restart must not change how an agency behaves. */
@Injectable()
export class ScenarioBook {
  private readonly scripts: ReadonlyMap<Agency, AgencyScript>;

  constructor(private readonly config: SandboxConfig) {
    this.scripts = new Map(AGENCIES.map((agency) => [agency, this.load(agency)]));
  }

  of(agency: Agency): AgencyScript {
    const script = this.scripts.get(agency);
    if (script === undefined) throw new Error(`no script of ${agency}`);
    return script;
  }

  private load(agency: Agency): AgencyScript {
    if (this.config.SANDBOX_LEDGER === 'memory') return new AgencyScript(EMPTY, () => undefined);
    const path = join(this.config.SANDBOX_DATA_DIR, `${agency}.scenarios.json`);
    const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ScriptState) : EMPTY;
    return new AgencyScript(before, (state) => save(this.config.SANDBOX_DATA_DIR, path, state));
  }
}

function save(directory: string, path: string, state: ScriptState): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
