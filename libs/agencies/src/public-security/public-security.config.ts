import { IsOptional, IsBoolean, IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class PublicSecurityConfig {
  @IsAgencyUrl()
  PUBLIC_SECURITY_URL: string;

  /** PEM: the authorities that vouch for it, and no others; empty: the system's. */
  @IsOptional()
  @IsString()
  PUBLIC_SECURITY_CA_FILE?: string;

  /** false only where the interface agreement says that the front-end machine cannot sign. */
  @IsBoolean()
  PUBLIC_SECURITY_SIGNED_REPLIES: boolean = true;
}
