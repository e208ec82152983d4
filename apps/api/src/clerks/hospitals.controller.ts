import { HospitalsShape, ListHospitals } from '@birth/application';
import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../documents/contract-notes';
import { YearQuery } from '../forms/requests.dto';
import { ValidQuery } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_LOOK } from '../http/policy';

/** How hospitals tell of births (policy P3). */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1')
export class HospitalsController {
  constructor(private readonly list: ListHospitals) {}

  @Answers(200, HospitalsShape)
  @ApiOperation({
    summary:
      'Hospitals: births told of in a year, those told of after the limit, and newborns that wait for a record now',
  })
  @Get('hospitals')
  hospitals(@CurrentClerk() { scope }: ClerkCaller, @ValidQuery(YearQuery) { year }: YearQuery): Promise<unknown> {
    return this.list.execute(scope, year);
  }
}
