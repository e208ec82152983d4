import { type Locale, PaperMovedShape, PaperTrailsShape, RecordPaper, ShowPapers } from '@birth/application';
import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { PaperRecordedDto } from '../forms/papers.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { CurrentLocale } from '../http/locale';
import { ClerkPolicy, MAY_ACT, MAY_LOOK } from '../http/policy';
import { sendReply } from '../http/send-reply';

@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1/applications/:id/papers')
export class ClerkPapersController {
  constructor(
    private readonly show: ShowPapers,
    private readonly record: RecordPaper,
  ) {}

  @Answers(200, PaperTrailsShape)
  @ApiOperation({ summary: 'The way of the papers that offices in scope have, had or get' })
  @Get()
  trails(
    @CurrentClerk() { scope }: ClerkCaller,
    @Param('id', IdParam) id: string,
    @CurrentLocale() locale: Locale,
  ): Promise<unknown> {
    return this.show.forClerk(scope, id, locale);
  }

  @ClerkPolicy(...MAY_ACT)
  @Answers(200, PaperMovedShape)
  @Refuses(
    'version_conflict',
    'paper_elsewhere',
    'paper_on_its_way',
    'paper_not_posted',
    'paper_not_ready',
    'paper_arrived',
    'paper_is_lost',
    'waybill_missing',
    'not_done_to_paper',
  )
  @ApiOperation({ summary: 'An office has handed over, posted, received, cut, printed or lost a paper' })
  @HttpCode(200)
  @Post(':paperId/events')
  async tell(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @Param('paperId', IdParam) paperId: string,
    @ValidBody(PaperRecordedDto) body: PaperRecordedDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.record.execute(clerk, id, paperId, { ...body }));
  }
}
