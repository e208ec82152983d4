import {
  type AnsweredEvent,
  type Decision,
  type IdentityFact,
  isHeldByMismatch,
  type StepRecord,
  type CaseState,
} from '@birth/domain';
import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { type County, COUNTY } from '../county';
import type { ActedBy } from '../event-chain';
import { correctableFields, CORRECTABLE } from '../family/correction-fields';
import type { AgencyAnswer } from '../ports/agency-adapter';
import type { StepExchange } from '../ports/evidence';
import { type OlderResult, resultKey } from '../ports/dossier';
import type {
  AgencyText,
  ChangeOutcome,
  LoadedCase,
  OnceRow,
  SectionWrite,
  StepSecretWrite,
  TaskWrite,
} from '../ports/case-store';
import { type Attachments, StepTransitions } from '../step-transitions';
import { agencyTextOf, answeredEvent, type Answering } from './answered-event';
import { codedAnswer, meaningOf } from './coded-answer';
import { heldText, heldWrites, supervisionOf } from './held-answer';
import { paymentFacts, paymentText } from './payment-answer';
import { comparedSections, differencesOf } from './registered-child';

export interface TakenAnswer extends Answering {
  by: ActedBy;
  once?: OnceRow;
  exchanges?: readonly StepExchange[];
  /** Opened only if the answer moves the step: an office's own staff take it from here. */
  openTask?: (step: StepRecord, state: CaseState) => TaskWrite;
}

/** Takes an answer of the present generation, whoever holds the lease, with its evidence in one transaction (engine: answers). */
@Injectable()
export class TakeAnswer {
  constructor(
    private readonly transitions: StepTransitions,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  execute(given: TakenAnswer): Promise<ChangeOutcome> {
    const meaning = meaningOf(given.answer, given.by, this.county.agencyCodes);
    const isUnlawful = meaning?.class === 'illegal_ground';
    const taken = { ...given, answer: codedAnswer(given.answer, meaning), isUnlawful };
    return this.transitions.apply({
      ref: { stepId: taken.stepId },
      by: taken.by,
      ...(taken.once === undefined ? {} : { once: taken.once }),
      sections: [
        'results',
        'olderResults',
        'supervision',
        ...(taken.answer.kind === 'correction_needed' ? CORRECTABLE : []),
        ...comparedSections(taken.answer),
      ],
      event: (loaded) => eventOf(taken, loaded),
      attach: (decision, loaded) => attachments(taken, decision, loaded),
    });
  }
}

const stepOf = (steps: readonly StepRecord[], id: string): StepRecord => {
  const step = steps.find((candidate) => candidate.id === id);
  if (step === undefined) throw new Error('the loaded case lacks the answered step');
  return step;
};

const eventOf = (taken: TakenAnswer, loaded: LoadedCase): AnsweredEvent =>
  answeredEvent(
    taken,
    {
      resultsDiffer: resultsDiffer(taken, loaded),
      wordsDiffer: wordsDiffer(taken, loaded),
      differs: differs(taken, loaded),
    },
    paymentFacts(taken.answer, () => loaded.openStep(taken.stepId).agencyText),
  );

const differs = ({ answer, stepId }: TakenAnswer, loaded: LoadedCase): IdentityFact[] =>
  answer.kind === 'completed' ? differencesOf(answer, stepOf(loaded.state.steps, stepId), loaded) : [];

/** An agency that says "done" again must say the same. */
function resultsDiffer({ answer, stepId }: TakenAnswer, loaded: LoadedCase): boolean {
  if (answer.kind !== 'completed') return false;
  const step = stepOf(loaded.state.steps, stepId);
  if (isHeldByMismatch(step)) {
    const { results, registered } = olderResultOf(loaded, step) ?? {};
    const { results: given, registered: person } = answer;
    return !isDeepStrictEqual(plain({ results, registered }), plain({ results: given, registered: person }));
  }
  if (step.state !== 'completed' || step.source === 'counter' || step.source === 'external') return false;
  const key = resultKey(step);
  const stored = loaded.open(step.newbornIndex, ['results']).results[key];
  return stored !== undefined && !isDeepStrictEqual({ ...stored }, { ...answer.results[key] });
}

const olderResultOf = (loaded: LoadedCase, { id, newbornIndex }: StepRecord): OlderResult | undefined =>
  loaded.open(newbornIndex, ['olderResults']).olderResults?.[id];

/** The same request in other words, or for other fields, is a new one. */
function wordsDiffer({ answer, stepId }: TakenAnswer, loaded: LoadedCase): boolean {
  const step = stepOf(loaded.state.steps, stepId);
  const text = textOf(answer, step, loaded);
  if (text === null) return false;
  const known = [loaded.openStep(stepId).agencyText, heldText(loaded, step)];
  return !known.some((words) => isDeepStrictEqual(plain(text), plain(words)));
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

function attachments(taken: TakenAnswer, decision: Decision, loaded: LoadedCase): Attachments {
  const { answer } = taken;
  const before = stepOf(loaded.state.steps, taken.stepId);
  const after = stepOf(decision.state.steps, taken.stepId);
  const isOwnGeneration = taken.generation === null || taken.generation === before.generation;
  return {
    secrets: isOwnGeneration ? secrets(taken, decision, loaded) : [],
    sections: [
      ...results(taken, before, after),
      ...olderResults(taken, before, decision, loaded),
      ...heldWrites(loaded, decision, {
        said: () => ({ event: eventOf(taken, loaded), text: textOf(answer, before, loaded) }),
        before,
        after,
      }),
    ],
    exchanges: taken.exchanges ?? [],
    ...(answer.waybill === undefined ? {} : { waybill: answer.waybill }),
    receiptTokens: receiptTokens(taken, before),
    openTasks:
      taken.openTask !== undefined && before.state !== after.state ? [taken.openTask(after, decision.state)] : [],
  };
}

function secrets(taken: TakenAnswer, decision: Decision, loaded: LoadedCase): StepSecretWrite[] {
  const before = stepOf(loaded.state.steps, taken.stepId);
  const { receipt, agencyText } = loaded.openStep(before.id);
  const isNewReceipt = taken.answer.receipt !== undefined && receipt === null;
  const after = stepOf(decision.state.steps, taken.stepId);
  const isHeld = supervisionOf(decision, before).length > 0;
  const text = decision.disposition === 'applied' ? wordsAfter(taken, { before, after, isHeld }, loaded) : agencyText;
  if (!isNewReceipt && text === agencyText) return [];
  return [{ stepId: before.id, ...(isNewReceipt ? { receipt: taken.answer.receipt } : {}), agencyText: text }];
}

/** The words of the present state, never those that are kept back; what was asked of the family is still asked after a withdrawal was refused. */
function wordsAfter(
  { answer }: TakenAnswer,
  { before, after, isHeld }: { before: StepRecord; after: StepRecord; isHeld: boolean },
  loaded: LoadedCase,
) {
  const text = textOf(answer, before, loaded);
  const stored = loaded.openStep(before.id).agencyText;
  if (isHeld) return before.state === after.state ? stored : null;
  if (before.state !== after.state) return text;
  return answer.kind === 'withdrawal_refused' ? (stored ?? text) : (text ?? stored);
}

/** A correction names what this family can change; the agency's text says what else is meant. */
function textOf(answer: AgencyAnswer, { id, newbornIndex }: StepRecord, loaded: LoadedCase): AgencyText | null {
  const text = agencyTextOf(answer);
  if (text !== null && answer.kind === 'action_needed' && answer.payment !== undefined) {
    return { ...text, payment: paymentText(answer.payment, loaded.openStep(id).agencyText) };
  }
  if (text?.fields === undefined) return text;
  return { ...text, fields: correctableFields(text.fields, loaded.open(newbornIndex, CORRECTABLE)) };
}

/** Results grow with the step that brought them; dependants read them from there. */
function results({ answer }: TakenAnswer, before: StepRecord, after: StepRecord): SectionWrite[] {
  const hasCompleted = after.state === 'completed' && before.state !== 'completed';
  if (!hasCompleted || answer.kind !== 'completed') return [];
  return [{ newbornIndex: after.newbornIndex, section: 'results', value: answer.results }];
}

/** Done under an earlier generation, or of another child than the case's: kept for the clerk who compares. */
function olderResults(
  { answer, generation }: TakenAnswer,
  before: StepRecord,
  { disposition, state }: Decision,
  loaded: LoadedCase,
): SectionWrite[] {
  if (answer.kind !== 'completed') return [];
  const isOlder = disposition === 'conflict' && generation !== null && generation < before.generation;
  const isOfOther = disposition === 'applied' && isHeldByMismatch(stepOf(state.steps, before.id));
  if (!isOlder && !isOfOther) return [];
  const known = loaded.open(before.newbornIndex, ['olderResults']).olderResults;
  const older: OlderResult = {
    generation: generation ?? before.generation,
    receipt: answer.receipt ?? null,
    results: answer.results,
    ...(answer.registered === undefined ? {} : { registered: answer.registered }),
  };
  return [{ newbornIndex: before.newbornIndex, section: 'olderResults', value: { ...known, [before.id]: older } }];
}

function receiptTokens({ answer, generation }: TakenAnswer, step: StepRecord): Attachments['receiptTokens'] & object {
  if (answer.receipt === undefined) return [];
  const { id: stepId, agency } = step;
  return [{ stepId, agency, receipt: answer.receipt, generation: generation ?? step.generation }];
}
