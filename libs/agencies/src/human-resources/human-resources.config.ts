import { IsOptional, IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class HumanResourcesConfig {
  @IsAgencyUrl()
  HUMAN_RESOURCES_URL: string;

  /** PEM: the authorities that vouch for it, and no others; empty: the system's. */
  @IsOptional()
  @IsString()
  HUMAN_RESOURCES_CA_FILE?: string;
}
