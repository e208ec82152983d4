import { IsBoolean, IsUrl } from 'class-validator';

export class PublicSecurityConfig {
  @IsUrl({ require_tld: false })
  PUBLIC_SECURITY_URL: string;

  /** false only where the interface agreement says that the front-end machine cannot sign. */
  @IsBoolean()
  PUBLIC_SECURITY_SIGNED_REPLIES: boolean = true;
}
