import { IsBoolean, IsUrl, Matches } from 'class-validator';

export class MedicalInsuranceConfig {
  @IsUrl({ require_tld: false })
  MEDICAL_INSURANCE_URL: string;

  @Matches(/^[0-9a-f]{32}$/)
  MEDICAL_INSURANCE_SM4_KEY: string;

  /** SM4 on the payload, where the interface agreement asks for it. */
  @IsBoolean()
  MEDICAL_INSURANCE_ENCRYPTS: boolean = true;
}
