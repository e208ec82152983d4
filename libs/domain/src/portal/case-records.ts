import { SERVICE_CODES, type StepCode, type StepMode, type StepState } from '../vocabulary';

/** What the city's portal is told of a case (GB/T 39046): acceptance, handling, special procedure, result, rating. */
export const RECORD_KINDS = ['accept', 'process', 'special_procedure', 'result', 'rating'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** One change of a step, from the history, or that the family has rated the whole case. */
export interface StepChange {
  seq: number;
  /** null: of the whole case. */
  stepId: string | null;
  type: string;
  fromState: StepState | null;
  toState: StepState | null;
  at: number;
}

export interface CaseRecord extends Pick<StepChange, 'stepId' | 'seq' | 'at'> {
  /** Order within one change. */
  place: number;
  kind: RecordKind;
  /** Where the step stands; of a special procedure: whether it begins or ends. */
  about: RecordSubject;
}
export const RECORD_SUBJECTS = [
  'accepted',
  'correction_needed',
  'action_needed',
  'resumed',
  'suspended',
  'suspension_ended',
  'completed',
  'rejected',
  'withdrawn',
  'cancelled',
  'rated',
] as const;
export type RecordSubject = (typeof RECORD_SUBJECTS)[number];

/** One of the five services that an office of the county does: what is done elsewhere is no case of ours to tell of. */
export const isReported = ({ code, mode }: { code: StepCode; mode: StepMode }): boolean =>
  (SERVICE_CODES as readonly StepCode[]).includes(code) && mode !== 'external';

/** Ends that an acceptance goes before: what was decided had been taken up. */
const DECIDED: readonly StepState[] = ['completed', 'rejected', 'suspended', 'correction_needed', 'action_needed'];

/**
 * Records of the whole history of a case, oldest first: the same history gives the same records for ever. States that are
 * our own business (waiting, queued, stuck) and steps that do not apply are told to nobody.
 */
export function caseRecords(history: readonly StepChange[]): CaseRecord[] {
  const accepted = new Set<string>();
  return history.flatMap((change) => {
    const { stepId, seq, at } = change;
    const told = stepId === null ? toldOfCase(change) : toldOf(change, accepted.has(stepId));
    if (stepId !== null && told.some(({ kind }) => kind === 'accept')) accepted.add(stepId);
    return told.map((one, place) => ({ ...one, stepId, seq, at, place }));
  });
}

type Told = Pick<CaseRecord, 'kind' | 'about'>;

const toldOfCase = ({ type }: StepChange): Told[] => (type === 'rated' ? [{ kind: 'rating', about: 'rated' }] : []);

function toldOf({ fromState, toState }: StepChange, isAccepted: boolean): Told[] {
  if (toState === null || toState === fromState) return [];
  const told: Told[] = [];
  if (fromState === 'suspended') told.push({ kind: 'special_procedure', about: 'suspension_ended' });
  if (!isAccepted && (toState === 'accepted' || DECIDED.includes(toState))) {
    told.push({ kind: 'accept', about: 'accepted' });
  }
  return [...told, ...standing(toState, fromState, isAccepted)];
}

function standing(state: StepState, before: StepState | null, isAccepted: boolean): Told[] {
  switch (state) {
    case 'accepted':
      return isAccepted && before !== 'suspended' ? [{ kind: 'process', about: 'resumed' }] : [];
    case 'correction_needed':
    case 'action_needed':
      return [{ kind: 'process', about: state }];
    case 'suspended':
      return [{ kind: 'special_procedure', about: state }];
    case 'completed':
    case 'rejected':
    case 'withdrawn':
    case 'cancelled':
      return [{ kind: 'result', about: state }];
    case 'waiting':
    case 'queued':
    case 'stuck':
    case 'not_applicable':
      return [];
  }
}
