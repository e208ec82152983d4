import { IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class TaxAdministrationConfig {
  @IsAgencyUrl()
  TAX_ADMINISTRATION_URL: string;

  @IsString()
  TAX_ADMINISTRATION_PAASID: string = 'birth-one-thing';

  @IsString()
  TAX_ADMINISTRATION_TOKEN: string;
}
