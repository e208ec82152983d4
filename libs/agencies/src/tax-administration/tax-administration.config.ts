import { IsString, IsUrl } from 'class-validator';

export class TaxAdministrationConfig {
  @IsUrl({ require_tld: false })
  TAX_ADMINISTRATION_URL: string;

  @IsString()
  TAX_ADMINISTRATION_PAASID: string = 'birth-one-thing';

  @IsString()
  TAX_ADMINISTRATION_TOKEN: string;
}
