import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

export class QueueConfig {
  /** redis://… or postgres://…: chooses BullMQ's backend; everything else is one code path. */
  @Matches(/^(rediss?|postgres(ql)?):\/\//)
  QUEUE_URL: string;

  @IsOptional()
  @IsInt()
  @Min(2)
  @Max(100)
  QUEUE_POOL_MAX: number = 12;

  get isRedis(): boolean {
    return this.QUEUE_URL.startsWith('redis');
  }
}
