import {
  type Locale,
  type Once,
  ReconciliationAskedShape,
  Reconciliations,
  ReconciliationsShape,
} from '@birth/application';
import { Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers } from '../documents/contract-notes';
import { ReconciliationDto } from '../forms/reconciliation.dto';
import { ValidBody } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { CurrentLocale } from '../http/locale';
import { CurrentOnce } from '../http/once';
import { ClerkPolicy, MAY_LOOK } from '../http/policy';
import { sendReply } from '../http/send-reply';

/** What we have and what each agency has, compared at night and on demand. */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_LOOK)
@Controller('clerk/v1/reconciliations')
export class ReconciliationsController {
  constructor(private readonly reconciliations: Reconciliations) {}

  @Answers(200, ReconciliationsShape)
  @ApiOperation({
    summary: 'Comparisons with the agencies, the newest first, and open differences with what is proposed for each',
  })
  @Get()
  list(@CurrentClerk() { scope }: ClerkCaller, @CurrentLocale() locale: Locale): Promise<unknown> {
    return this.reconciliations.list(scope, locale);
  }

  @ClerkPolicy('supervisor')
  @Answers(202, ReconciliationAskedShape, 'Taken up by a worker within seconds')
  @ApiOperation({ summary: 'Compares with this agency now; while such a run is open, that one' })
  @HttpCode(202)
  @Post()
  async ask(
    @CurrentClerk() clerk: ClerkCaller,
    @CurrentOnce() once: Once,
    @ValidBody(ReconciliationDto) { agency }: ReconciliationDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.reconciliations.ask(clerk, once, agency));
  }
}
