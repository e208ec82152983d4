import { AnswerModesShape, ChangeAnswerMode } from '@birth/application';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, Refuses } from '../documents/contract-notes';
import { AnswerModeDto } from '../forms/office.dto';
import { ValidBody } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_LOOK } from '../http/policy';

/** How the offices answer (policy P2). */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1/offices')
export class OfficesController {
  constructor(private readonly modes: ChangeAnswerMode) {}

  @Answers(200, AnswerModesShape)
  @Refuses('not_found')
  @ApiOperation({ summary: 'How an office answers, and who changed that when and why' })
  @Get(':officeCode/answer-modes')
  show(@CurrentClerk() { scope }: ClerkCaller, @Param('officeCode') officeCode: string): Promise<unknown> {
    return this.modes.show(scope, officeCode);
  }

  @ClerkPolicy('supervisor')
  @Answers(200, AnswerModesShape)
  @Refuses('not_found', 'answer_mode_unchanged', 'version_conflict')
  @ApiOperation({
    summary: 'An office answers another way from now on; what was sent already keeps its way',
  })
  @HttpCode(200)
  @Post(':officeCode/answer-modes')
  change(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('officeCode') officeCode: string,
    @ValidBody(AnswerModeDto) body: AnswerModeDto,
  ): Promise<unknown> {
    return this.modes.execute(clerk, officeCode, { ...body });
  }
}
