import { IsString } from 'class-validator';
import { readFileSync } from 'node:fs';
import type { AgencyKey } from './kit/http-message-signature';

export class MessageKeysConfig {
  /** JSON: [{ keyId, owner, algorithm, publicKeyPem }]; two keys of an owner may be valid at once. */
  @IsString()
  AGENCY_KEYS_FILE: string;

  read(): AgencyKey[] {
    return JSON.parse(readFileSync(this.AGENCY_KEYS_FILE, 'utf8')) as AgencyKey[];
  }
}
