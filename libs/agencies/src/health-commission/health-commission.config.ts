import { IsString, IsUrl } from 'class-validator';

export class HealthCommissionConfig {
  @IsUrl({ require_tld: false })
  HEALTH_COMMISSION_URL: string;

  @IsString()
  HEALTH_COMMISSION_PAASID: string = 'birth-one-thing';

  @IsString()
  HEALTH_COMMISSION_TOKEN: string;
}
