import { CUSTODY_EVENTS, type CustodyEvent } from '@birth/domain';
import { FAMILY_PAPER_EVENTS, type PaperTold } from '@birth/application';
import { Choice, Flag, Pattern } from './fields';
import { ClerkActionDto } from './requests.dto';

/** 邮件号 of the national post has 13 characters, other carriers’ up to 20. */
const WAYBILL = /^[0-9A-Z]{8,20}$/;
const OF_WHAT_WAS_POSTED = { optional: true, description: 'The carrier’s number of what was posted' } as const;

export class PaperToldDto {
  @Choice(FAMILY_PAPER_EVENTS) event: PaperTold['event'];
  @Pattern(WAYBILL, OF_WHAT_WAS_POSTED) waybill?: string;
}

export class PaperRecordedDto extends ClerkActionDto {
  @Choice(CUSTODY_EVENTS) event: CustodyEvent;
  @Pattern(WAYBILL, OF_WHAT_WAS_POSTED) waybill?: string;
  @Flag({ optional: true, description: 'To the family, which takes it on to the office itself' })
  isByFamily?: boolean;
}
