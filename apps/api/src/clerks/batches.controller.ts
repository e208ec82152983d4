import {
  BatchExportedShape,
  BatchImportedShape,
  BatchNumbersShape,
  ExportBatch,
  ImportBatch,
} from '@birth/application';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, Refuses } from '../documents/contract-notes';
import { BatchFileDto } from '../forms/office.dto';
import { ValidBody } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_ACT } from '../http/policy';

/** Files for offices that answer in batches; carried by hand where a network ends (docs/agencies/batch.md). */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_ACT)
@Controller('clerk/v1/offices/:officeCode/batches')
export class BatchesController {
  constructor(
    private readonly exports: ExportBatch,
    private readonly imports: ImportBatch,
  ) {}

  @Answers(200, BatchNumbersShape)
  @Refuses('not_found')
  @ApiOperation({ summary: 'Which numbers the next files have, and the key that signs ours' })
  @Get()
  numbers(@CurrentClerk() clerk: ClerkCaller, @Param('officeCode') officeCode: string): Promise<unknown> {
    return this.exports.numbers(clerk, officeCode);
  }

  @Answers(200, BatchExportedShape)
  @Refuses('not_found', 'version_conflict')
  @ApiOperation({ summary: 'The next numbered and signed file with all that waits for the office’s answer' })
  @HttpCode(200)
  @Post('exports')
  export(@CurrentClerk() clerk: ClerkCaller, @Param('officeCode') officeCode: string): Promise<unknown> {
    return this.exports.execute(clerk, officeCode);
  }

  @Answers(200, BatchImportedShape)
  @Refuses('not_found', 'batch_refused', 'batch_number_used', 'batch_number_gap')
  @ApiOperation({ summary: 'Takes a file of answers, line by line; the same file again changes nothing' })
  @HttpCode(200)
  @Post('imports')
  import(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('officeCode') officeCode: string,
    @ValidBody(BatchFileDto) { file }: BatchFileDto,
  ): Promise<unknown> {
    return this.imports.execute(clerk, officeCode, Buffer.from(file, 'base64'));
  }
}
