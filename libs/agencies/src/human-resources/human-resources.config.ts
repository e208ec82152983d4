import { IsUrl } from 'class-validator';

export class HumanResourcesConfig {
  @IsUrl({ require_tld: false })
  HUMAN_RESOURCES_URL: string;
}
