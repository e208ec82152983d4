import { IsIn, IsInt, IsNotEmpty, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { DEFECTS, type DefectName } from './wire/defects';
import { MESSAGE_DEFECTS, type MessageDefectName } from './wire/message-defects';

/** Environment of the sandbox. The secrets' defaults are for development only and written in docs/agencies/wire. */
export class SandboxConfig {
  @IsInt()
  @Min(0)
  @Max(65_535)
  SANDBOX_PORT: number = 4100;

  @IsNotEmpty()
  SANDBOX_HOST: string = '127.0.0.1';

  /** Where the platform finds the sandbox, as it is written into `webhooks.json`; empty: this machine. */
  @IsString()
  SANDBOX_URL: string = '';

  /** Where callbacks, birth notifications and worklist calls go. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  PLATFORM_URL: string = 'http://127.0.0.1:3000';

  @IsNotEmpty()
  SANDBOX_DATA_DIR: string = '.data/sandbox';

  @IsNotEmpty()
  SANDBOX_KEYS_DIR: string = '.data/sandbox-keys';

  @IsIn(['paced', 'instant'])
  SANDBOX_MODE: 'paced' | 'instant' = 'paced';

  /** Milliseconds between two stages of a case. */
  @IsInt()
  @Min(1)
  SANDBOX_PACE_MS: number = 300;

  @IsIn(['file', 'memory'])
  SANDBOX_LEDGER: 'file' | 'memory' = 'file';

  /** `agency:office` pairs, comma-separated, whose worklist the sandbox answers; empty = none. */
  @IsString()
  @Matches(/^$|^[a-z-]+:[^,:]+(,[a-z-]+:[^,:]+)*$/)
  SANDBOX_WORKLIST: string = '';

  /** The same of offices whose tasks leave in files and whose answers come in them. */
  @IsString()
  @Matches(/^$|^[a-z-]+:[^,:]+(,[a-z-]+:[^,:]+)*$/)
  SANDBOX_BATCH: string = '';

  /** The same of offices that read and write the exchange table. */
  @IsString()
  @Matches(/^$|^[a-z-]+:[^,:]+(,[a-z-]+:[^,:]+)*$/)
  SANDBOX_EXCHANGE_TABLE: string = '';

  /** Where that table is, with the role that the agencies' side has of its own. */
  @IsString()
  SANDBOX_EXCHANGE_URL: string = '';

  /** `on`: staff of every office hand out what is done, over the worklist. */
  @IsIn(['on', 'off'])
  SANDBOX_DELIVERIES: 'on' | 'off' = 'off';

  /** `iss` of the access tokens. */
  @IsNotEmpty()
  SANDBOX_ISSUER: string = 'https://identity.sandbox.invalid';

  @IsNotEmpty()
  SANDBOX_GATEWAY_PAASID: string = 'birth-one-thing';

  @IsNotEmpty()
  SANDBOX_GATEWAY_TOKEN: string = 'sandbox-gateway-token';

  @Matches(/^[0-9a-f]{32}$/i)
  SANDBOX_INSURANCE_SM4_KEY: string = '0123456789abcdeffedcba9876543210';

  /** JSON: [{ keyId, algorithm, publicKeyPem }] of the platform; empty = made for a trial in SANDBOX_KEYS_DIR. */
  @IsString()
  SANDBOX_PLATFORM_KEYS_FILE: string = '';

  /** One thing that an agency gets wrong in every case, for trials of the conformance kit; empty = none. */
  @IsIn(['', ...Object.keys(DEFECTS), ...Object.keys(MESSAGE_DEFECTS)])
  SANDBOX_DEFECT: DefectName | MessageDefectName | '' = '';
}
