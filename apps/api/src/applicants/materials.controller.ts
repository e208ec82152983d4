import { type Caller, KeepMaterial, MaterialShape, type Once } from '@birth/application';
import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { UploadedFile } from '../forms/uploaded-file';
import { IdParam } from '../forms/uuid-param';
import { CurrentCaller } from '../http/authenticated';
import { CurrentOnce } from '../http/once';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';

/** Byte by byte as it was sent. */
const FILE = {
  description: 'The file',
  content: { 'image/jpeg': {}, 'image/png': {}, 'application/pdf': {} },
};

@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1/materials')
export class MaterialsController {
  constructor(private readonly materials: KeepMaterial) {}

  @Answers(201, MaterialShape, 'Kept')
  @Refuses('bad_file', 'file_damaged', 'file_encrypted', 'image_too_large')
  @ApiOperation({ summary: 'One paper: JPEG, PNG or PDF, whole and without a password, at most 5 MB' })
  @Post()
  async save(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @UploadedFile() bytes: Buffer,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.materials.save(caller, once, bytes));
  }

  @ApiOkResponse(FILE)
  @ApiOperation({ summary: 'An own paper back, as a download' })
  @Get(':id')
  async open(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { mediaType, bytes } = await this.materials.open(caller, id);
    void reply.header('content-type', mediaType).header('content-disposition', 'attachment').send(bytes);
  }
}
