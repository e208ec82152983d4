import { Logger } from '@nestjs/common';
import { IsString } from 'class-validator';
import { KeyFile } from './kit/key-file';
import { AgencyKeyBook, OwnKeyBook } from './kit/signing-keys';

const onTrouble = (message: string): void => new Logger('keys').error(message);

export class MessageKeysConfig {
  /** JSON: [{ keyId, owner, algorithm, publicKeyPem, validUntil? }]; several keys of an owner may be valid at once. */
  @IsString()
  AGENCY_KEYS_FILE: string;

  /** JSON: [{ keyId, algorithm, privateKeyPem }] of the platform; the first of an algorithm signs. */
  @IsString()
  PLATFORM_KEYS_FILE: string;

  agencyKeys(): KeyFile<AgencyKeyBook> {
    const { AGENCY_KEYS_FILE: path } = this;
    return new KeyFile({ path, parse: (text) => AgencyKeyBook.parse(text), nothing: new AgencyKeyBook([]), onTrouble });
  }

  ownKeys(): KeyFile<OwnKeyBook> {
    const { PLATFORM_KEYS_FILE: path } = this;
    return new KeyFile({ path, parse: (text) => OwnKeyBook.parse(text), nothing: new OwnKeyBook([]), onTrouble });
  }
}
