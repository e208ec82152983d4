import { FamilyRun } from '../../apps/standalone/src/demo/family-run';
import { knownValues } from '../../apps/standalone/src/demo/known-values';
import type { PlatformClient } from '../../apps/standalone/src/demo/platform-client';
import type { StepShown } from '../../apps/standalone/src/demo/view';
import { loadSamples } from '../../apps/standalone/src/samples/realise';
import type { Sample, Scenario } from '../../apps/standalone/src/samples/sample';
import type { StepCode } from '@birth/domain';
import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 20_000;

export type Step = StepShown & {
  agencyText: { text: string; fields?: string[]; refusal?: Record<string, string> } | null;
  reasonText: string;
  custody: { paperId: string; kind: string; holder: { kind: string }; version: number }[];
  notices: { code: string; ground: string | null; text: string; until: string | null }[];
};

export interface LedgerEntry {
  kind: string;
  key: string | null;
  naturalKey: string;
  receipt: string;
  newborn: { name: string };
  results: Record<string, string> | null;
}

/** A sample's family, filed over HTTP with agencies of the sandbox that were told what to do for its newborns. */
export class FiledSample {
  private readonly run: FamilyRun;

  constructor(
    private readonly client: PlatformClient,
    readonly sample: Sample,
  ) {
    const filingAt = Date.now();
    this.run = new FamilyRun({ ...sample, actions: [] }, client, { filingAt, now: Date.now });
  }

  static of(client: PlatformClient, name: string, change: (sample: Sample) => void = () => undefined): FiledSample {
    const sample = structuredClone(loadSamples().find((candidate) => candidate.name === name));
    if (sample === undefined) throw new Error(`no sample ${name}`);
    change(sample);
    return new FiledSample(client, sample);
  }

  get names(): string[] {
    return this.run.newbornNames;
  }

  get values(): Record<string, string> {
    return knownValues(this.sample, Date.now());
  }

  get real() {
    return this.run.real;
  }

  get id(): string {
    return this.run.shown!.id;
  }

  async file(): Promise<this> {
    for (const [agency, scenario] of Object.entries(this.sample.scenarios ?? {})) {
      await this.tell(agency, scenario as Scenario);
    }
    for (const { office, record } of this.run.birthRecords('before')) {
      await this.client.control('POST', '/_sandbox/hospital/birth-records', { office, ...record });
    }
    await this.run.file();
    if (this.run.filedStatus !== 201) throw new Error(`not filed: ${this.run.problems.join()}`);
    return this;
  }

  async tell(agency: string, scenario: Scenario): Promise<void> {
    const byName = Object.fromEntries(this.run.scriptNames.map((name) => [name, scenario]));
    const { status } = await this.client.control('PUT', `/_sandbox/scenarios/${agency}`, { byName });
    if (status !== 200) throw new Error(`scenario refused: ${status}`);
  }

  async step(code: StepCode): Promise<Step> {
    const { body } = await this.client.get(`/v1/applications/${this.id}`, await this.token());
    const newborns = body['newborns'] as { steps: Step[] }[];
    return newborns[0]!.steps.find((step) => step.code === code)!;
  }

  /** The step as soon as it is as wanted; the last one in the error. */
  async until(code: StepCode, wanted: (step: Step) => boolean): Promise<Step> {
    const deadline = Date.now() + LIMIT_MS;
    for (;;) {
      const step = await this.step(code);
      if (wanted(step)) return step;
      if (Date.now() > deadline) throw new Error(`${code} is still ${step.state}, ${step.reason}, of ${step.owner}`);
      await pause(50);
    }
  }

  async send(code: StepCode, action: string, body: unknown) {
    const { id } = await this.step(code);
    const path = `/v1/applications/${this.id}/steps/${id}/${action}`;
    return this.client.send({ path, token: await this.token(), body });
  }

  /** What the agency's own file says of this newborn. */
  async ledger(agency: string): Promise<LedgerEntry[]> {
    const { body } = await this.client.control('GET', `/_sandbox/ledger?agency=${agency}`);
    const entries = body['entries'] as LedgerEntry[];
    return entries.filter(({ newborn }) => this.run.scriptNames.includes(newborn.name));
  }

  private token(): Promise<string> {
    return this.client.token(this.run.real.form.applicant);
  }
}
