import type { AnswerKind } from '../vocabulary';

/** What an agency's code means for the step; `progress` is no objection at all. */
export const CODE_CLASSES = [
  'progress',
  'correctable',
  'family_action',
  'data_mismatch',
  'business_conflict',
  'policy_route',
  'policy_refusal',
  'illegal_ground',
  'technical',
] as const;
export type CodeClass = (typeof CODE_CLASSES)[number];

/** The answers that a code of a class may bring. `technical` brings none: a person looks at it. */
export const ANSWERS_OF: Readonly<Record<CodeClass, readonly AnswerKind[]>> = {
  progress: ['accepted', 'completed', 'withdrawn'],
  correctable: ['correction_needed'],
  family_action: ['action_needed'],
  data_mismatch: ['correction_needed', 'suspended'],
  business_conflict: ['action_needed', 'withdrawal_refused'],
  policy_route: ['suspended', 'action_needed'],
  policy_refusal: ['rejected'],
  illegal_ground: ['rejected'],
  technical: [],
};
