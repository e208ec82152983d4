import { integer, matching, oneOf, orNull, text, type Shape } from '../wire/field-check';
import { certificateNumber, optionalText, region, residentId, sexCode } from '../wire/codes';

const idType = orNull(oneOf('01', '03', '06', '07', '99'));

/** The minimum field set of docs/agencies/wire/disease-control.md. */
export const CHILD_SHAPE: Shape = {
  supplementOf: optionalText,
  unitCode: text(50),
  childName: text(60),
  sexCode,
  birthTime: matching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  birthCount: integer(1, 9),
  birthOrder: integer(1, 9),
  birthWeight: orNull(integer(100, 10_000)),
  birthHospitalCode: optionalText,
  birthCertificateNo: orNull(certificateNumber),
  personId: orNull(residentId),
  motherName: optionalText,
  motherIdType: idType,
  motherIdNo: optionalText,
  fatherName: optionalText,
  fatherIdType: idType,
  fatherIdNo: optionalText,
  guardianMobile: text(30),
  residenceRegion: region,
  residenceAddress: text(),
};

export const FOLLOW_SHAPE: Shape = {
  childName: text(60),
  birthCertificateNo: orNull(certificateNumber),
  personId: orNull(residentId),
};

export interface ChildFields {
  supplementOf: string | null;
  unitCode: string;
  childName: string;
  sexCode: string;
  birthTime: string;
  birthOrder: number;
  birthCertificateNo: string | null;
  personId: string | null;
  motherName: string | null;
  motherIdType: string | null;
  motherIdNo: string | null;
  fatherName: string | null;
  fatherIdType: string | null;
  fatherIdNo: string | null;
}

export interface FollowFields {
  childName: string;
  birthCertificateNo: string | null;
  personId: string | null;
}

/** A parent is there with all three fields or with none; one parent is needed. */
export function parentFault(child: ChildFields): string | null {
  const mother = [child.motherName, child.motherIdType, child.motherIdNo];
  const father = [child.fatherName, child.fatherIdType, child.fatherIdNo];
  if (!together(mother)) return 'motherName';
  if (!together(father)) return 'fatherName';
  return child.motherIdNo === null && child.fatherIdNo === null ? 'motherIdNo' : null;
}

const together = (values: readonly (string | null)[]): boolean =>
  values.every((one) => one === null) || values.every((one) => one !== null);
