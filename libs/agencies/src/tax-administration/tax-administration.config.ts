import { IsOptional, IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class TaxAdministrationConfig {
  @IsAgencyUrl()
  TAX_ADMINISTRATION_URL: string;

  /** PEM: the authorities that vouch for it, and no others; empty: the system's. */
  @IsOptional()
  @IsString()
  TAX_ADMINISTRATION_CA_FILE?: string;

  @IsString()
  TAX_ADMINISTRATION_PAASID: string = 'birth-one-thing';

  @IsString()
  TAX_ADMINISTRATION_TOKEN: string;
}
