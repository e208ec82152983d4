import { readStage, type StageReaders } from '../cases/read-stage';
import type { Stage } from '../cases/stage';

type Answer = Record<string, unknown> | null;

const READERS: StageReaders<Answer> = {
  received: () => ({ kind: 'accepted' }),
  working: () => ({ kind: 'accepted' }),
  done: ({ results }) => ({ kind: 'completed', results }),
  correction: ({ fields, text }) => ({ kind: 'correction_needed', fields, text }),
  action: ({ text }) => ({ kind: 'action_needed', text }),
  special: ({ coordinated, text, until }) => {
    const procedure = coordinated ? 'coordinated_check' : 'special_procedure';
    return { kind: 'suspended', procedure, text, until };
  },
  refused: ({ refusal }) => ({ kind: 'rejected', refusal }),
  withdrawn: () => null,
};

/** docs/agencies/wire/worklist.md, answers; null where there is nothing to say. */
export const answerOf = (stage: Stage): Answer => readStage(stage, READERS);
