import { DecideDemand, DemandsShape, ListDemands, type Locale, StepActedShape } from '@birth/application';
import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { DemandDecisionDto } from '../forms/demand.dto';
import { YearQuery } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody, ValidQuery } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { CurrentLocale } from '../http/locale';
import { ClerkPolicy, MAY_LOOK } from '../http/policy';
import { sendReply } from '../http/send-reply';

/** Demands for papers that nobody may ask for (policy P8). */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1')
export class DemandsController {
  constructor(
    private readonly list: ListDemands,
    private readonly decide: DecideDemand,
  ) {}

  @Answers(200, DemandsShape)
  @ApiOperation({
    summary: 'Demands for forbidden papers: those of a year by office, and those that wait for the county coordinator',
  })
  @Get('demands')
  demands(
    @CurrentClerk() { scope }: ClerkCaller,
    @ValidQuery(YearQuery) { year }: YearQuery,
    @CurrentLocale() locale: Locale,
  ): Promise<unknown> {
    return this.list.execute(scope, year, locale);
  }

  @ClerkPolicy('supervisor')
  @Answers(200, StepActedShape)
  @Refuses('coordinator_only', 'version_conflict', 'no_demand_held')
  @ApiOperation({
    summary: 'The county coordinator lets the agency’s words count, or overrules them: the step goes on',
  })
  @HttpCode(200)
  @Post('steps/:stepId/demand-decisions')
  async decideOne(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('stepId', IdParam) stepId: string,
    @ValidBody(DemandDecisionDto) body: DemandDecisionDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.decide.execute(clerk, stepId, { ...body }));
  }
}
