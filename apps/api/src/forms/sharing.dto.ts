import { Pattern, Choice, Text } from './fields';
import { PageQuery } from './requests.dto';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

export class ShareLogQuery extends PageQuery {
  @Pattern(/^[a-z-]{3,40}$/) receiver: string;
  @Choice(['owed', 'given_up'], { optional: true, description: 'Only what is pushed and stands so' })
  state?: 'owed' | 'given_up';
}

export class ShareResendDto {
  @Text(500, { min: 2 }) reason: string;
}

export class ShareRecoveryDto {
  @Pattern(MOMENT, { optional: true, description: 'Everything told since this moment, once more (RFC 3339)' })
  since?: string;
  @Text(500, { min: 2 }) reason: string;
}
