import {
  type AskedRecord,
  compareRecords,
  type Difference,
  isReportedDone,
  isTerminal,
  type TheirRecord,
  unlisted,
} from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { TakeAnswer } from '../agency/take-answer';
import { AgencyGates } from '../agency-gates';
import { type County, COUNTY } from '../county';
import { ADAPTER_BOOK, type AdapterBook, type AgencyAdapter } from '../ports/agency-adapter';
import { AgencyContractBroken, AgencyUnavailable, OutcomeUnknown } from '../ports/agency-errors';
import { CASE_STORE, type CaseStore } from '../ports/case-store';
import {
  type FoundDifference,
  RECONCILIATION_STORE,
  type ReconciliationRun,
  type ReconciliationStore,
  type RunReport,
} from '../ports/reconciliation-store';
import { taskDueAt } from '../task-due';
import { CallPacer } from '../traffic/call-pacer';
import { Evidence } from '../work/evidence';
import { type OwnRecord, ownRecords, theirRecord } from './own-records';

const DAY_MS = 86_400_000;
const AGAIN_MS = 10 * 60_000;
const MOST_ATTEMPTS = 5;
const NOTHING: RunReport = { by: 'nothing', ours: 0, theirs: 0, asked: 0, differences: [], comparedSteps: [] };

/** What is done by an agency elsewhere is planned like the rest, and reaches nobody. */
const wasSent = ({ step }: OwnRecord): boolean => step.sentGeneration > 0;

/** Compares one agency with us in both directions; changes nothing but what the state machine takes as an answer. */
@Injectable()
export class ReconcileAgency {
  constructor(
    @Inject(RECONCILIATION_STORE) private readonly runs: ReconciliationStore,
    @Inject(CASE_STORE) private readonly cases: CaseStore,
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly pacer: CallPacer,
    private readonly gates: AgencyGates,
    private readonly takeAnswer: TakeAnswer,
  ) {}

  /** An agency that is away is asked again later; one that breaks its interface ends the run with the field's name. */
  async execute(run: ReconciliationRun): Promise<void> {
    try {
      await this.runs.finish(run, await this.compare(run), this.clock.now());
    } catch (error) {
      const now = this.clock.now();
      if (error instanceof AgencyContractBroken) return this.runs.fail(run, error.field, now);
      if (!(error instanceof AgencyUnavailable || error instanceof OutcomeUnknown)) throw error;
      if (run.attempts >= MOST_ATTEMPTS) return this.runs.fail(run, 'agency_unavailable', now);
      await this.runs.postpone(run, now + AGAIN_MS);
    }
  }

  private async compare(run: ReconciliationRun): Promise<RunReport> {
    const adapter = this.book.get(run.agency, 'api');
    const from = await this.beginOf(run);
    const before = await this.own(run, from);
    if (!before.some(wasSent) && !this.hasInterface(run)) return NOTHING;
    const listed = await this.listed(adapter, from);
    const asked = await this.askAbout(adapter, toBeAsked(before, listed));
    const ours = asked.size === 0 ? before : await this.own(run, from);
    const differences = compareRecords(ours, listed ?? [], asked);
    return {
      by: listed !== null ? 'list' : adapter.check === undefined ? 'nothing' : 'check',
      ours: ours.length,
      theirs: listed?.length ?? 0,
      asked: asked.size,
      differences: differences.map((one) => this.found(one, ours)),
      comparedSteps: comparedSteps(ours, listed ?? [], asked),
    };
  }

  /** An agency whose offices all answer by hand has nobody to ask. */
  private hasInterface({ agency }: ReconciliationRun): boolean {
    return this.county.offices.some((office) => office.agency === agency && office.answerMode === 'api');
  }

  private async beginOf({ agency }: ReconciliationRun): Promise<number> {
    const now = this.clock.now();
    const { reconciliationDays } = this.county.policyAt(now).settings;
    return Math.min(now - reconciliationDays * DAY_MS, (await this.runs.unknownSince(agency)) ?? now);
  }

  private async own({ agency }: ReconciliationRun, from: number): Promise<OwnRecord[]> {
    const records: OwnRecord[] = [];
    for (const id of await this.runs.cases(agency, from)) {
      const loaded = await this.cases.read(id);
      if (loaded !== null) records.push(...ownRecords(loaded, agency));
    }
    return records;
  }

  /** null: the agency lists nothing. */
  private async listed(adapter: AgencyAdapter, from: number): Promise<TheirRecord[] | null> {
    if (adapter.list === undefined) return null;
    const until = this.clock.now();
    const records: TheirRecord[] = [];
    let after: string | null = null;
    do {
      const way = { deadlineAt: this.deadlineAt(adapter), evidence: this.evidence(adapter) };
      const page = await adapter.list({ from, until, after }, way);
      records.push(...page.requests.map(({ key, answer }) => theirRecord(key, answer)));
      after = page.next;
    } while (after !== null);
    return records;
  }

  /** One after the other, so that a night's questions never crowd out a day's calls. */
  private async askAbout(adapter: AgencyAdapter, steps: readonly OwnRecord[]): Promise<Map<string, AskedRecord>> {
    const answers = new Map<string, AskedRecord>();
    for (const record of steps) {
      const said = await this.ask(adapter, record);
      if (said !== null) answers.set(record.stepId, said);
    }
    return answers;
  }

  /** What breaks the interface for one step says nothing of it: its own poll tells a person. */
  private async ask(adapter: AgencyAdapter, record: OwnRecord): Promise<AskedRecord | null> {
    if (adapter.check === undefined) return null;
    const evidence = this.evidence(adapter);
    const reference = record.referenceWith(evidence);
    try {
      const answer = await adapter.check(reference, this.deadlineAt(adapter));
      if (answer === 'not_found') return answer;
      if (!isTerminal(record.step.state)) await this.take(adapter, record, { answer, evidence });
      return theirRecord(record.key, answer);
    } catch (error) {
      if (error instanceof AgencyContractBroken) return null;
      throw error;
    }
  }

  private async take(
    { agency }: AgencyAdapter,
    { stepId, step: { generation } }: OwnRecord,
    { answer, evidence }: { answer: Parameters<TakeAnswer['execute']>[0]['answer']; evidence: Evidence },
  ): Promise<void> {
    await this.takeAnswer.execute({
      stepId,
      generation,
      via: 'poll',
      answer,
      by: { actor: 'agency', actorId: agency },
      exchanges: evidence.of(stepId, generation),
    });
  }

  /** Its requests go at the agency's pace, among the others. */
  private evidence({ agency }: AgencyAdapter): Evidence {
    return new Evidence(this.pacer.withoutHint(agency));
  }

  /** A gate that is closed is closed for this, too. */
  private deadlineAt({ agency }: AgencyAdapter): number {
    if (!this.gates.isOpen(agency)) throw new AgencyUnavailable('paused');
    return this.clock.now() + this.gates.callMs(agency);
  }

  private found(difference: Difference, ours: readonly OwnRecord[]): FoundDifference {
    const now = this.clock.now();
    const mine = ours.find(({ stepId }) => stepId === difference.stepId);
    return {
      ...difference,
      applicationId: mine?.applicationId ?? null,
      officeCode: mine?.step.officeCode ?? null,
      dueAt: taskDueAt(now, this.county.policyAt(now).settings),
    };
  }
}

/** Without a list all of them; else those that it does not name, and open ones of which it says another last word. */
function toBeAsked(ours: readonly OwnRecord[], listed: readonly TheirRecord[] | null): OwnRecord[] {
  const known = ours.filter(({ isAsked }) => isAsked);
  if (listed === null) return known;
  const silent = new Set(unlisted(known, listed).map(({ stepId }) => stepId));
  const differing = new Set(
    compareRecords(ours, listed).flatMap(({ kind, stepId }) =>
      kind === 'state_differs' && stepId !== null ? [stepId] : [],
    ),
  );
  const mayAnswer = ({ step }: OwnRecord): boolean =>
    step.state !== 'waiting' && !isTerminal(step.state) && !isReportedDone(step);
  return ours.filter((one) => silent.has(one.stepId) || (differing.has(one.stepId) && mayAnswer(one)));
}

/** Of a step without any word nothing is known, so nothing of it is gone. */
function comparedSteps(
  ours: readonly OwnRecord[],
  listed: readonly TheirRecord[],
  asked: ReadonlyMap<string, AskedRecord>,
): string[] {
  const silent = new Set(unlisted(ours, listed).map(({ stepId }) => stepId));
  return ours
    .filter(({ stepId, isSettledElsewhere }) => asked.has(stepId) || !silent.has(stepId) || isSettledElsewhere)
    .map(({ stepId }) => stepId);
}
