import { ValidateIf } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class GovernmentPortalConfig {
  /** Of the portal's own interface; empty: this county has none. */
  @ValidateIf(({ GOVERNMENT_PORTAL_URL: url }: GovernmentPortalConfig) => url !== '')
  @IsAgencyUrl()
  GOVERNMENT_PORTAL_URL: string = '';
}
