import {
  type AgencyCode,
  isReportedDone,
  isTerminal,
  type OurRecord,
  type RecordStanding,
  type StepRecord,
} from '@birth/domain';
import { submissionKey } from '@birth/platform';
import { createHash } from 'node:crypto';
import type { AgencyAnswer, ExchangeSink, StepReference } from '../ports/agency-adapter';
import type { LoadedCase } from '../ports/case-store';
import { resultKey } from '../ports/dossier';

/** A step with the record that is compared, and how its agency is asked about it. */
export interface OwnRecord extends OurRecord {
  applicationId: string;
  step: StepRecord;
  /** The agency must know it: silence of its list is worth a question. */
  isAsked: boolean;
  referenceWith(evidence: ExchangeSink): StepReference;
}

/** Steps of one case that went to this agency's interface, or may have gone. */
export const ownRecords = (loaded: LoadedCase, agency: AgencyCode): OwnRecord[] =>
  loaded.state.steps
    .filter((step) => step.agency === agency && step.channel === 'api' && step.state !== 'not_applicable')
    .map((step) => ownRecord(loaded, step));

function ownRecord(loaded: LoadedCase, step: StepRecord): OwnRecord {
  const { id, generation } = step;
  const { receipt, earlierReceipt } = loaded.openStep(id);
  const key = submissionKey(id, generation);
  const { code, qualifier, mode, officeCode, basis } = step;
  const named = { stepId: id, code, qualifier, mode, officeCode, basis, generation, key, receipt, earlierReceipt };
  return {
    applicationId: loaded.state.id,
    step,
    stepId: id,
    key,
    laterKey: submissionKey(id, generation + 1),
    earlierKeys: Array.from({ length: generation - 1 }, (_, index) => submissionKey(id, index + 1)),
    receipt,
    standing: standingOf(step),
    result: ownResult(loaded, step),
    isSettledElsewhere: isSettledElsewhere(step),
    isAsked: isKnownThere(step),
    referenceWith: (evidence) => ({ ...named, caseNumber: loaded.caseNumber, evidence }),
  };
}

function standingOf({ state }: StepRecord): RecordStanding {
  if (state === 'completed' || state === 'rejected') return state;
  return isTerminal(state) ? 'withdrawn' : 'unfinished';
}

/** Done at a counter or found in a register, or ended by ourselves: the agency's record of it proves nothing. */
const isSettledElsewhere = ({ state, source, mode }: StepRecord): boolean =>
  mode === 'already_done' || state === 'cancelled' || (state === 'completed' && source !== 'agency');

/** Sent under its present key, no call of it is under way, and nobody has it done at a counter meanwhile. */
const isKnownThere = (step: StepRecord): boolean =>
  step.sentGeneration === step.generation &&
  step.state !== 'waiting' &&
  step.state !== 'queued' &&
  !isReportedDone(step) &&
  !isSettledElsewhere(step);

function ownResult(loaded: LoadedCase, step: StepRecord): string | null {
  if (step.state !== 'completed') return null;
  const stored = loaded.open(step.newbornIndex, ['results']).results[resultKey(step)];
  return stored === undefined ? null : resultDigest(stored);
}

/** What an agency says, as it is compared. */
export function theirRecord(key: string | null, answer: AgencyAnswer) {
  const { receipt = null } = answer;
  const [result] = answer.kind === 'completed' ? Object.values(answer.results as Record<string, object>) : [];
  return { key, receipt, standing: saidStanding(answer), result: result === undefined ? null : resultDigest(result) };
}

const saidStanding = ({ kind }: AgencyAnswer): RecordStanding =>
  kind === 'completed' || kind === 'rejected' || kind === 'withdrawn' ? kind : 'unfinished';

/** Of a flat record, whatever the order of its fields. */
export function resultDigest(result: object): string {
  const fields = Object.entries(result).filter(([, value]) => value !== undefined && value !== null);
  const sorted = fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
