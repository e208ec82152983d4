import { decimal, integer, matching, oneOf, orNull, text, type Shape } from '../wire/field-check';
import {
  certificateNumber,
  ethnicity,
  nationality,
  optionalText,
  region6,
  sexCode,
  withdrawalReason,
} from '../wire/codes';

const parent: Shape = {
  name: text(),
  idType: oneOf('1', '3', '6', '7', '9'),
  idNo: text(30),
  nationality,
  ethnicityCode: ethnicity,
  address: text(),
};

/** The minimum field set of docs/agencies/wire/health-commission.md. */
export const ISSUE_SHAPE: Shape = {
  supplementOf: optionalText,
  officeCode: text(50),
  newborn: {
    name: text(50),
    sexCode,
    birthTime: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/),
    gestationWeeks: orNull(integer(15, 50)),
    gestationDays: orNull(integer(0, 6)),
    weight: orNull(integer(100, 10_000)),
    length: orNull(decimal(10, 100)),
    birthCount: integer(1, 9),
    birthOrder: integer(1, 9),
    birthPlaceRegion: region6,
    birthPlaceType: oneOf('1', '2', '3', '9'),
    deliveryRecordNo: optionalText,
  },
  mother: { orNull: parent },
  father: { orNull: parent },
  pickupMode: oneOf('1', '2'),
};

export const VERIFY_SHAPE: Shape = {
  supplementOf: optionalText,
  officeCode: text(50),
  certificateNo: certificateNumber,
  newbornName: text(50),
  motherIdNo: orNull(text(30)),
};

export const WITHDRAWAL_SHAPE: Shape = { reasonCode: withdrawalReason };

interface ParentFields {
  name: string;
  idNo: string;
}

export interface IssueFields {
  supplementOf: string | null;
  officeCode: string;
  newborn: { name: string; sexCode: string; birthTime: string; birthOrder: number };
  mother: ParentFields | null;
  father: ParentFields | null;
}

export interface VerifyFields {
  supplementOf: string | null;
  officeCode: string;
  certificateNo: string;
  newbornName: string;
  motherIdNo: string | null;
}
