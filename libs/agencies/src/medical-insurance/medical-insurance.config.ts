import { IsOptional, IsBoolean, Matches, IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class MedicalInsuranceConfig {
  @IsAgencyUrl()
  MEDICAL_INSURANCE_URL: string;

  /** PEM: the authorities that vouch for it, and no others; empty: the system's. */
  @IsOptional()
  @IsString()
  MEDICAL_INSURANCE_CA_FILE?: string;

  @Matches(/^[0-9a-f]{32}$/)
  MEDICAL_INSURANCE_SM4_KEY: string;

  /** SM4 on the payload, where the interface agreement asks for it. */
  @IsBoolean()
  MEDICAL_INSURANCE_ENCRYPTS: boolean = true;
}
