import type { Stage } from '../cases/stage';

/** docs/agencies/wire/worklist.md, answers; null where there is nothing to say. */
export function answerOf(stage: Stage): Record<string, unknown> | null {
  switch (stage.kind) {
    case 'received':
    case 'working':
      return { kind: 'accepted' };
    case 'done':
      return { kind: 'completed', results: stage.results };
    case 'correction':
      return { kind: 'correction_needed', fields: stage.fields, text: stage.text };
    case 'action':
      return { kind: 'action_needed', text: stage.text };
    case 'special': {
      const procedure = stage.coordinated ? 'coordinated_check' : 'special_procedure';
      return { kind: 'suspended', procedure, text: stage.text, until: stage.until };
    }
    case 'refused':
      return { kind: 'rejected', refusal: stage.refusal };
    case 'withdrawn':
      return null;
  }
}
