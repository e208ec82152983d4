import { optionalText, region6, withdrawalReason } from '../wire/codes';
import { integer, matching, oneOf, text, type Shape } from '../wire/field-check';

/** The minimum field set of docs/agencies/wire/tax-administration.md. */
export const NOTICE_SHAPE: Shape = {
  supplementOf: optionalText,
  officeCode: text(50),
  personNo: optionalText,
  certType: oneOf('01', '15'),
  certNo: text(30),
  name: text(50),
  feeType: oneOf('10210'),
  feeYear: matching(/^\d{4}$/),
  payLevel: oneOf('1', '2'),
  regionCode: region6,
  subsidyCode: optionalText,
};

export const CANCELLATION_SHAPE: Shape = { reasonCode: withdrawalReason };

/** Control call: what somebody pays at the counter or with a phone. */
export const PAYMENT_SHAPE: Shape = { noticeNo: text(40), amount: integer(1, 100_000_000) };

export interface NoticeFields {
  supplementOf: string | null;
  personNo: string | null;
  certNo: string;
  name: string;
  feeYear: string;
  payLevel: '1' | '2';
  subsidyCode: string | null;
}
