import { IsString } from 'class-validator';
import { IsAgencyUrl } from '../kit/agency-url';

export class DiseaseControlConfig {
  @IsAgencyUrl()
  DISEASE_CONTROL_URL: string;

  @IsString()
  DISEASE_CONTROL_PAASID: string = 'birth-one-thing';

  @IsString()
  DISEASE_CONTROL_TOKEN: string;
}
