import {
  ParentDeathRecordedShape,
  ParentDeathRetractedShape,
  RecordParentDeath,
  RetractParentDeath,
} from '@birth/application';
import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { parentOf } from '../forms/parent-of';
import { ClerkReasonDto } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_ACT } from '../http/policy';
import { sendReply } from '../http/send-reply';

/** A parent's death, as clerks are told of it. */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_ACT)
@Controller('clerk/v1')
export class ClerkParentDeathController {
  constructor(
    private readonly record: RecordParentDeath,
    private readonly retract: RetractParentDeath,
  ) {}

  @Answers(200, ParentDeathRecordedShape)
  @ApiOperation({ summary: 'A parent died: asked for nothing any more, and a task until it is clear who goes on' })
  @HttpCode(200)
  @Post('applications/:id/parents/:parent/death')
  async recordDeath(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @Param('parent') parent: string,
    @ValidBody(ClerkReasonDto) { reason }: ClerkReasonDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.record.execute(clerk, id, parentOf(parent), reason));
  }

  @Answers(200, ParentDeathRetractedShape)
  @Refuses('no_death_reported')
  @ApiOperation({ summary: 'A parent’s death was reported by mistake: what has not begun goes on as before' })
  @HttpCode(200)
  @Post('applications/:id/parents/:parent/death-retractions')
  async retractDeath(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @Param('parent') parent: string,
    @ValidBody(ClerkReasonDto) { reason }: ClerkReasonDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.retract.execute(clerk, id, parentOf(parent), reason));
  }
}
