import { IsOptional, ValidateIf, IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class GovernmentPortalConfig {
  /** Of the portal's own interface; empty: this county has none. */
  @ValidateIf(({ GOVERNMENT_PORTAL_URL: url }: GovernmentPortalConfig) => url !== '')
  @IsAgencyUrl()
  GOVERNMENT_PORTAL_URL: string = '';

  /** PEM: the authorities that vouch for it, and no others; empty: the system's. */
  @IsOptional()
  @IsString()
  GOVERNMENT_PORTAL_CA_FILE?: string;
}
