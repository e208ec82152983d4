import { EvidenceExportsShape, ExportEvidence } from '@birth/application';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers } from '../documents/contract-notes';
import { EvidenceQuery } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidQuery } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy } from '../http/policy';

const PACK = {
  description: 'Two lines: the evidence as JSON, and its seal',
  content: { 'application/octet-stream': {} },
};

/** What was said in a case and that it was not changed since, for those who audit all of it (docs/evidence.md). */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy('auditor')
@Controller('clerk/v1/applications/:id')
export class EvidenceController {
  constructor(private readonly evidence: ExportEvidence) {}

  @ApiOkResponse(PACK)
  @ApiOperation({
    summary: 'The evidence of a case for the offline verifier, without what was said; that it was taken is noted',
  })
  @Get('evidence')
  async pack(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @ValidQuery(EvidenceQuery) { rootsSince }: EvidenceQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { caseNumber, text } = await this.evidence.forAuditor(clerk, id, rootsSince ?? null);
    const disposition = `attachment; filename="${caseNumber}.evidence"`;
    void reply.header('content-type', 'application/octet-stream').header('content-disposition', disposition).send(text);
  }

  @Answers(200, EvidenceExportsShape)
  @ApiOperation({ summary: 'Who took the evidence of a case, by the API or at the machine; the latest first' })
  @Get('evidence-exports')
  exports(@CurrentClerk() clerk: ClerkCaller, @Param('id', IdParam) id: string): Promise<unknown> {
    return this.evidence.list(clerk, id);
  }
}
