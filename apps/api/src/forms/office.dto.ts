import { ANSWER_MODES, type AnswerMode } from '@birth/domain';
import { Choice, Text } from './fields';

export class AnswerModeDto {
  @Choice(ANSWER_MODES) answerMode: AnswerMode;
  @Text(500, { min: 2, description: 'Why; names no family' }) reason: string;
}
