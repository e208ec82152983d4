import { ListSharing, ShareLog, ShareLogShape, ShareRecoveryShape, SharingShape } from '@birth/application';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, Refuses } from '../documents/contract-notes';
import { YearQuery } from '../forms/requests.dto';
import { ShareLogQuery, ShareRecoveryDto, ShareResendDto } from '../forms/sharing.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody, ValidQuery } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_ACT, MAY_LOOK } from '../http/policy';

/** Who else is told of births, and what became of it (policy P19). */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1/sharing')
export class ClerkSharingController {
  constructor(
    private readonly shared: ListSharing,
    private readonly log: ShareLog,
  ) {}

  @Answers(200, SharingShape)
  @ApiOperation({
    summary: 'Receivers of population information: basis, fields, what they were told in a year, doors and open tasks',
  })
  @Get()
  sharing(@CurrentClerk() { scope }: ClerkCaller, @ValidQuery(YearQuery) { year }: YearQuery): Promise<unknown> {
    return this.shared.execute(scope, year);
  }

  @Answers(200, ShareLogShape)
  @ApiOperation({ summary: 'What a receiver was told, newest first, with each attempt to push it' })
  @Get('deliveries')
  deliveries(
    @CurrentClerk() { scope }: ClerkCaller,
    @ValidQuery(ShareLogQuery) query: ShareLogQuery,
  ): Promise<unknown> {
    return this.log.page(scope, { ...query });
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, ShareRecoveryShape)
  @Refuses('not_found')
  @ApiOperation({ summary: 'One delivery goes to its receiver once more, with a reason that stays' })
  @HttpCode(200)
  @Post('deliveries/:deliveryId/resends')
  resend(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('deliveryId', IdParam) id: string,
    @ValidBody(ShareResendDto) body: ShareResendDto,
  ): Promise<unknown> {
    return this.log.resend(clerk, id, { ...body });
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, ShareRecoveryShape)
  @Refuses('not_found')
  @ApiOperation({
    summary: 'A receiver is pushed to again: what it did not get, and all that it was told since a moment',
  })
  @HttpCode(200)
  @Post('receivers/:receiverCode/recoveries')
  recover(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('receiverCode') code: string,
    @ValidBody(ShareRecoveryDto) body: ShareRecoveryDto,
  ): Promise<unknown> {
    return this.log.recover(clerk, code, { ...body });
  }
}
