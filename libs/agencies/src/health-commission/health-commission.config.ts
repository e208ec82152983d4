import { IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class HealthCommissionConfig {
  @IsAgencyUrl()
  HEALTH_COMMISSION_URL: string;

  @IsString()
  HEALTH_COMMISSION_PAASID: string = 'birth-one-thing';

  @IsString()
  HEALTH_COMMISSION_TOKEN: string;
}
