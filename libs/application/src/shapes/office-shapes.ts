import { ANSWER_MODES } from '@birth/domain';
import { list, moment, named, object, type Of, oneOf, text } from '@birth/platform';

export const AnswerModesShape = named(
  'AnswerModes',
  object({
    officeCode: text(),
    answerMode: oneOf(ANSWER_MODES),
    changes: list(
      named(
        'AnswerModeChange',
        object({
          answerMode: oneOf(ANSWER_MODES),
          previous: oneOf(ANSWER_MODES),
          changedBy: text('The clerk’s subject'),
          reason: text(),
          changedAt: moment(),
        }),
      ),
    ),
  }),
);
export type AnswerModes = Of<typeof AnswerModesShape>;
