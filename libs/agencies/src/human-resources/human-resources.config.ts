import { IsAgencyUrl } from '../kit/agency-url';

export class HumanResourcesConfig {
  @IsAgencyUrl()
  HUMAN_RESOURCES_URL: string;
}
