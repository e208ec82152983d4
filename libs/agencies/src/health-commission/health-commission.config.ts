import { IsOptional, IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class HealthCommissionConfig {
  @IsAgencyUrl()
  HEALTH_COMMISSION_URL: string;

  /** PEM: the authorities that vouch for it, and no others; empty: the system's. */
  @IsOptional()
  @IsString()
  HEALTH_COMMISSION_CA_FILE?: string;

  @IsString()
  HEALTH_COMMISSION_PAASID: string = 'birth-one-thing';

  @IsString()
  HEALTH_COMMISSION_TOKEN: string;
}
