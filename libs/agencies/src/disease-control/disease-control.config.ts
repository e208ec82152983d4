import { IsString, IsUrl } from 'class-validator';

export class DiseaseControlConfig {
  @IsUrl({ require_tld: false })
  DISEASE_CONTROL_URL: string;

  @IsString()
  DISEASE_CONTROL_PAASID: string = 'birth-one-thing';

  @IsString()
  DISEASE_CONTROL_TOKEN: string;
}
