import { type Caller, type Once, RateCase, RatedCaseShape } from '@birth/application';
import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { RatingDto } from '../forms/rating.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { CurrentOnce } from '../http/once';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';

@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1')
export class RatingController {
  constructor(private readonly ratings: RateCase) {}

  @Answers(200, RatedCaseShape)
  @Refuses('already_rated', 'nothing_to_rate')
  @ApiOperation({ summary: 'How it went (好差评), once a case, when something of it has ended' })
  @HttpCode(200)
  @Post('applications/:id/rating')
  async rate(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @ValidBody(RatingDto) given: RatingDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.ratings.execute(caller, once, id, given));
  }
}
