import { FertilityClerkShape, FertilityPageShape, FertilityRegistrations } from '@birth/application';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, Refuses } from '../documents/contract-notes';
import { FertilityJudgementDto, FertilityQuery } from '../forms/fertility.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody, ValidQuery } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_ACT, MAY_LOOK } from '../http/policy';

@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1/fertility-registrations')
export class ClerkFertilityController {
  constructor(private readonly registrations: FertilityRegistrations) {}

  @Answers(200, FertilityPageShape)
  @ApiOperation({ summary: 'Declarations of the offices in the clerk’s scope' })
  @Get()
  list(
    @CurrentClerk() { scope }: ClerkCaller,
    @ValidQuery(FertilityQuery) { state, cursor, limit }: FertilityQuery,
  ): Promise<unknown> {
    return this.registrations.ofClerk(scope, state, { cursor: cursor ?? null, limit });
  }

  @Answers(200, FertilityClerkShape)
  @ApiOperation({ summary: 'One declaration, people masked' })
  @Get(':id')
  one(@CurrentClerk() { scope }: ClerkCaller, @Param('id', IdParam) id: string): Promise<unknown> {
    return this.registrations.forClerk(scope, id);
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, FertilityClerkShape)
  @Refuses('version_conflict', 'registration_has_ended', 'decision_not_possible_now')
  @ApiOperation({ summary: 'The office’s decision; 412 when somebody was faster' })
  @HttpCode(200)
  @Post(':id/decisions')
  judge(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @ValidBody(FertilityJudgementDto) body: FertilityJudgementDto,
  ): Promise<unknown> {
    return this.registrations.judge(clerk, id, { ...body });
  }
}
