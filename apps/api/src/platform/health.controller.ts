import { Database } from '@birth/persistence';
import { named, object, oneOf, Problem } from '@birth/platform';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../documents/contract-notes';
import { Policy } from '../http/policy';

const HealthShape = named('Health', object({ status: oneOf(['up', 'ready']) }));

@ApiTags('platform')
@Policy('public')
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Answers(200, HealthShape)
  @ApiOperation({ summary: 'The process runs' })
  @Get('live')
  live(): { status: string } {
    return { status: 'up' };
  }

  /** PostgreSQL alone: without the queue's storage applications are still taken. */
  @Answers(200, HealthShape)
  @ApiOperation({ summary: 'The process can take applications' })
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    try {
      await this.database.query({ name: 'health', text: 'select 1', values: [] });
    } catch {
      throw new Problem(503, 'unavailable', { retryAfterSeconds: 2 });
    }
    return { status: 'ready' };
  }
}
