import { IsOptional, IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class DiseaseControlConfig {
  @IsAgencyUrl()
  DISEASE_CONTROL_URL: string;

  /** PEM: the authorities that vouch for it, and no others; empty: the system's. */
  @IsOptional()
  @IsString()
  DISEASE_CONTROL_CA_FILE?: string;

  @IsString()
  DISEASE_CONTROL_PAASID: string = 'birth-one-thing';

  @IsString()
  DISEASE_CONTROL_TOKEN: string;
}
