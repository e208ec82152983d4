import { CHECK_OUTCOMES, type CheckOutcome } from '@birth/domain';
import { Choice, DATE, Pattern, Text } from './fields';
import { ClerkActionDto } from './requests.dto';

/** What another place answered to a coordinated check. */
export class CheckAnswerDto extends ClerkActionDto {
  @Choice(CHECK_OUTCOMES) outcome: CheckOutcome;
  @Text(500, { min: 2, description: 'What the other place wrote; the family reads it' }) text: string;
  @Pattern(DATE, { optional: true, description: 'Of a verified certificate' }) issuedOn?: string;
  @Text(100, { optional: true, min: 2, description: 'Of a verified certificate' }) issuer?: string;
}
