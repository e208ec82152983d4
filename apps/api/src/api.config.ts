import { IsInt, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';

export class ApiConfig {
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT: number = 3000;

  @IsString()
  HOST: string = '127.0.0.1';

  /** As agencies and hospitals write it when they sign: scheme, host, port. */
  @IsUrl({ require_tld: false })
  PUBLIC_URL: string = 'http://127.0.0.1:3000';

  @IsString()
  TOKEN_ISSUER: string;

  @IsUrl({ require_tld: false })
  JWKS_URL: string;

  @IsOptional()
  @IsString()
  LOG_LEVEL: string = 'info';
}
