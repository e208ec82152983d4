import {
  BirthRecordPageShape,
  type Caller,
  CheckApplication,
  CheckShape,
  ListServices,
  type Locale,
  OwnBirthRecords,
  ServicesShape,
  ShowApplication,
  TrackedCaseShape,
} from '@birth/application';
import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, Refuses } from '../documents/contract-notes';
import { ApplicationFormDto, toForm } from '../forms/application-form.dto';
import { TrackDto } from '../forms/requests.dto';
import { ValidBody } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { CurrentLocale } from '../http/locale';
import { Policy } from '../http/policy';

@ApiTags('applicants')
@Controller('v1')
export class ServicesController {
  constructor(
    private readonly services: ListServices,
    private readonly check: CheckApplication,
    private readonly records: OwnBirthRecords,
    private readonly show: ShowApplication,
  ) {}

  @Policy('public')
  @Answers(200, ServicesShape)
  @ApiOperation({ summary: 'What is offered: steps, agencies, promises, deadlines, materials, offices' })
  @Get('services')
  list(@CurrentLocale() locale: Locale): unknown {
    return this.services.execute(locale);
  }

  @Policy('applicant')
  @ApiBearerAuth()
  @Answers(200, BirthRecordPageShape)
  @ApiOperation({ summary: 'The applicant’s own birth records known from hospitals' })
  @Get('birth-records')
  birthRecords(@CurrentCaller() caller: Caller): Promise<unknown> {
    return this.records.execute(caller);
  }

  @Policy('applicant')
  @ApiBearerAuth()
  @Answers(200, CheckShape)
  @ApiOperation({ summary: 'Pre-check of a whole form; nothing is stored' })
  @HttpCode(200)
  @Post('checks')
  precheck(
    @CurrentCaller() caller: Caller,
    @ValidBody(ApplicationFormDto) form: ApplicationFormDto,
    @CurrentLocale() locale: Locale,
  ): Promise<unknown> {
    return this.check.execute(caller, toForm(form), locale);
  }

  @Policy('public')
  @Answers(200, TrackedCaseShape)
  @Refuses('not_found', 'tracking_locked')
  @ApiOperation({ summary: 'State without login: case number and query password; locked after five wrong tries' })
  @HttpCode(200)
  @Post('track')
  track(
    @ValidBody(TrackDto) { caseNumber, queryPassword }: TrackDto,
    @CurrentLocale() locale: Locale,
  ): Promise<unknown> {
    return this.show.track(caseNumber, queryPassword, locale);
  }
}
