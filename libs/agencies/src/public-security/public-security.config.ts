import { IsUrl } from 'class-validator';

export class PublicSecurityConfig {
  @IsUrl({ require_tld: false })
  PUBLIC_SECURITY_URL: string;
}
