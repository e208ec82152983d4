import { PortalCasePageShape, PortalRecords, PortalRecordsShape } from '@birth/application';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, Refuses } from '../documents/contract-notes';
import { PageQuery } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { NoBody, ValidQuery } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_ACT, MAY_LOOK } from '../http/policy';

/** What the city's portal is told of the cases that were filed there. */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1')
export class PortalRecordsController {
  constructor(private readonly records: PortalRecords) {}

  @Answers(200, PortalCasePageShape)
  @ApiOperation({ summary: 'Cases filed at the city’s portal, newest first: which records it is owed, was sent, has' })
  @Get('portal-cases')
  cases(@CurrentClerk() { scope }: ClerkCaller, @ValidQuery(PageQuery) query: PageQuery): Promise<unknown> {
    return this.records.cases(scope, query);
  }

  @Answers(200, PortalRecordsShape)
  @Refuses('not_found')
  @ApiOperation({ summary: 'The records of one case, in order' })
  @Get('applications/:id/portal-records')
  ofCase(@CurrentClerk() { scope }: ClerkCaller, @Param('id', IdParam) id: string): Promise<unknown> {
    return this.records.ofCase(scope, id);
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, PortalRecordsShape)
  @Refuses('not_found')
  @ApiOperation({ summary: 'Sends one record once more, under the same key; any number of times' })
  @HttpCode(200)
  @Post('applications/:id/portal-records/:recordId/resends')
  resend(
    @CurrentClerk() { scope }: ClerkCaller,
    @Param('id', IdParam) applicationId: string,
    @Param('recordId', IdParam) id: string,
    @NoBody() _nothing: void,
  ): Promise<unknown> {
    return this.records.resend(scope, { applicationId, id });
  }
}
