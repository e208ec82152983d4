import { IsBoolean } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class PublicSecurityConfig {
  @IsAgencyUrl()
  PUBLIC_SECURITY_URL: string;

  /** false only where the interface agreement says that the front-end machine cannot sign. */
  @IsBoolean()
  PUBLIC_SECURITY_SIGNED_REPLIES: boolean = true;
}
