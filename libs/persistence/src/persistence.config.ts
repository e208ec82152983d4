import { IsBoolean, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

export class PersistenceConfig {
  @Matches(/^postgres(ql)?:\/\//)
  DATABASE_URL: string;

  @IsOptional()
  @IsInt()
  @Min(2)
  @Max(100)
  DB_POOL_MAX: number = 12;

  /** 32 bytes, hex or base64; wraps the data key of each case. One of the two is needed. */
  @IsOptional()
  @IsString()
  MASTER_KEY?: string;

  @IsOptional()
  @IsString()
  MASTER_KEY_FILE?: string;

  /** 32 bytes, hex or base64; keys the blind indexes and the idempotency digests. One of the two is needed. */
  @IsOptional()
  @IsString()
  LOOKUP_KEY?: string;

  @IsOptional()
  @IsString()
  LOOKUP_KEY_FILE?: string;

  /** Runs the migrations at start, under an advisory lock. */
  @IsOptional()
  @IsBoolean()
  DB_MIGRATE: boolean = true;
}
