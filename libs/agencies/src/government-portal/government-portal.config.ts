import { IsUrl, ValidateIf } from 'class-validator';

export class GovernmentPortalConfig {
  /** Of the portal's own interface; empty: this county has none. */
  @ValidateIf(({ GOVERNMENT_PORTAL_URL: url }: GovernmentPortalConfig) => url !== '')
  @IsUrl({ require_tld: false })
  GOVERNMENT_PORTAL_URL: string = '';
}
