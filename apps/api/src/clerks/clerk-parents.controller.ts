import { CaseProtectedShape, LinkRecord, ProtectCase, RecordLinkedShape } from '@birth/application';
import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { newbornIndexOf } from '../forms/newborn-index';
import { ProtectionDto, RecordLinkDto } from '../forms/parents.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_ACT } from '../http/policy';
import { sendReply } from '../http/send-reply';

/** What clerks do about the people of a case. */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_ACT)
@Controller('clerk/v1')
export class ClerkParentsController {
  constructor(
    private readonly link: LinkRecord,
    private readonly protect: ProtectCase,
  ) {}

  @Answers(200, RecordLinkedShape)
  @Refuses('nothing_to_link', 'record_not_usable', 'record_differs', 'hospital_must_correct', 'child_has_case')
  @ApiOperation({
    summary: 'The desk of the hospital of birth links its record to a case whose mother died, is missing or not able',
  })
  @HttpCode(200)
  @Post('applications/:id/newborns/:index/birth-record')
  async linkRecord(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @Param('index') index: string,
    @ValidBody(RecordLinkDto) body: RecordLinkDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = { applicationId: id, newbornIndex: newbornIndexOf(index) };
    sendReply(reply, await this.link.execute(clerk, of, { ...body }));
  }

  @Answers(200, CaseProtectedShape)
  @ApiOperation({ summary: 'Keeps the other parent from the case, or no longer; told again, nothing changes' })
  @HttpCode(200)
  @Post('applications/:id/protection')
  async protectCase(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @ValidBody(ProtectionDto) body: ProtectionDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.protect.execute(clerk, id, { ...body }));
  }
}
