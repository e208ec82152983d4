import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Environment of the queue. */
export class QueueConfig {
  /** redis://… or postgres://…: chooses BullMQ's backend; everything else is one code path. */
  @Matches(/^(rediss?|postgres(ql)?):\/\//)
  QUEUE_URL: string;

  @IsOptional()
  @IsInt()
  @Min(2)
  @Max(100)
  QUEUE_POOL_MAX: number = 12;

  /**
   * Milliseconds after which a hint of a worker that died is handed to another; renewed while the worker lives. Hints
   * may double, so a short time is safe.
   */
  @IsOptional()
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  QUEUE_LOCK_MS: number = 30_000;

  get isRedis(): boolean {
    return this.QUEUE_URL.startsWith('redis');
  }
}
