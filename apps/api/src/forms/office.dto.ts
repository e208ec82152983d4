import { ANSWER_MODES, type AnswerMode } from '@birth/domain';
import { Choice, Pattern, Text } from './fields';

export class AnswerModeDto {
  @Choice(ANSWER_MODES) answerMode: AnswerMode;
  @Text(500, { min: 2, description: 'Why; names no family' }) reason: string;
}

export class BatchFileDto {
  @Pattern(/^[A-Za-z0-9+/]{4,900000}={0,2}$/, { description: 'Base64 of the file' }) file: string;
}
