import type { StepCode } from '@birth/domain';
import { checkResidentId, isBirthCertificateNumber, isDate } from '@birth/standards';
import { applyDecorators } from '@nestjs/common';
import { IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, Min, ValidateBy } from 'class-validator';

/** A hundred thousand yuan: more is a slip of the pen. */
export const MAX_FEN = 100_000_00;

const Text = (max: number) => applyDecorators(IsString(), Length(1, max));
const Checked = (name: string, isGood: (text: string) => boolean) =>
  ValidateBy({ name, validator: { validate: (value) => typeof value === 'string' && isGood(value) } });
export const Day = () => Checked('day', isDate);

class CertificateResults {
  @Checked('certificateNumber', isBirthCertificateNumber) certificateNumber: string;
  @Day() issuedOn: string;
  @Text(200) issuer: string;
  @IsOptional() @Text(50) registeredName?: string;
}

class VaccinationResults {
  @Text(40) childCode: string;
  @Text(40) bookNumber: string;
  @Text(200) unitName: string;
}

class RegistrationResults {
  /** GB 11643. */
  @Checked('residentIdNumber', (number) => checkResidentId(number).valid) residentIdNumber: string;
  @Text(50) registeredName: string;
  @Text(40) householdNumber: string;
  @Text(200) address: string;
  @Text(200) stationName: string;
  @Day() registeredOn: string;
}

class InsuranceResults {
  @Text(40) personNumber: string;
  @Day() insuredOn: string;
  @Matches(/^\d{6}$/) areaCode: string;
}

class CardResults {
  @Text(40) applicationNumber: string;
  @Text(40) batchNumber: string;
}

class NameResults {
  @Text(40) childCode: string;
  @Text(50) registeredName: string;
}

class IdentityUpdateResults {
  @Text(40) personNumber: string;
  @Day() updatedOn: string;
}

class PaymentResults {
  @IsISO8601({ strict: true }) @Matches(/T.*(Z|[+-]\d{2}:\d{2})$/) paidAt: string;
  @Text(40) voucherNumber: string;
  @IsInt() @Min(0) @Max(MAX_FEN) amountFen: number;
  @Day() coveredFrom: string;
  @Day() coveredTo: string;
}

class HandedOut {
  @Day() receivedOn: string;
}

/** What an office that works by hand writes of a finished step (docs/agencies/wire/worklist.md). */
export const RESULT_SHAPES: Readonly<Record<StepCode, new () => object>> = {
  birth_certificate: CertificateResults,
  vaccination: VaccinationResults,
  household_registration: RegistrationResults,
  medical_insurance: InsuranceResults,
  social_security_card: CardResults,
  identity_backfill: NameResults,
  insurance_identity_update: IdentityUpdateResults,
  insurance_payment: PaymentResults,
  delivery: HandedOut,
};
