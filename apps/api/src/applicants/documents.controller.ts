import {
  type Caller,
  DocumentListShape,
  EntitlementListShape,
  ReceiptCheckShape,
  ReceiptKeysShape,
  ShowDocuments,
} from '@birth/application';
import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { EntitlementsQuery, ReceiptCodeDto } from '../forms/requests.dto';
import { DocumentParam, IdParam } from '../forms/uuid-param';
import { ValidBody, ValidQuery } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { Policy } from '../http/policy';

/** Pages as they leave the press. */
const PAPER = { description: 'The paper', content: { 'application/pdf': {} } };

/** Papers of ours: never a licence. Official e-licences come from their issuers. */
@ApiTags('applicants')
@Controller('v1')
export class DocumentsController {
  constructor(private readonly documents: ShowDocuments) {}

  @Policy('applicant')
  @ApiBearerAuth()
  @Answers(200, DocumentListShape)
  @ApiOperation({
    summary: 'The papers of an application: receipt, completion list once every step has ended, issuers’ e-licences',
  })
  @Get('applications/:id/documents')
  list(@CurrentCaller() caller: Caller, @Param('id', IdParam) id: string): Promise<unknown> {
    return this.documents.list(caller, id);
  }

  @Policy('applicant')
  @ApiBearerAuth()
  @ApiOkResponse(PAPER)
  @Refuses('document_not_ready', 'issuer_unavailable')
  @ApiOperation({
    summary: 'One of them: ours as PDF in Chinese with a signed code, without names; a licence as its issuer made it',
  })
  @Get('applications/:id/documents/:documentId')
  async open(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Param('documentId', DocumentParam) documentId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { fileName, mediaType, bytes } = await this.documents.open(caller, id, documentId);
    const disposition = `attachment; filename="${fileName}"`;
    void reply.header('content-type', mediaType).header('content-disposition', disposition).send(bytes);
  }

  @Policy('public')
  @Answers(200, ReceiptCheckShape)
  @ApiOperation({ summary: 'Whether a receipt’s code is genuine, and what it says: case number, date, results' })
  @HttpCode(200)
  @Post('receipt-checks')
  check(@ValidBody(ReceiptCodeDto) { code }: ReceiptCodeDto): Promise<unknown> {
    return this.documents.check(code);
  }

  @Policy('public')
  @Answers(200, ReceiptKeysShape)
  @ApiOperation({ summary: 'The public key of receipts’ codes, for checks without asking (JWK Set, RFC 7517)' })
  @Get('receipt-keys')
  keys(): unknown {
    return this.documents.keys();
  }

  @Policy('public')
  @Answers(200, EntitlementListShape)
  @ApiOperation({ summary: 'What else a family may claim, with office, deadline and source; information only' })
  @Get('entitlements')
  owed(@ValidQuery(EntitlementsQuery) { bornOn }: EntitlementsQuery): unknown {
    return this.documents.owed(bornOn ?? null);
  }
}
