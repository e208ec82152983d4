import { type Caller, KeepMaterial } from '@birth/application';
import { Problem } from '@birth/platform';
import type { MultipartFile } from '@fastify/multipart';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IdParam } from '../forms/uuid-param';
import { CurrentCaller } from '../http/authenticated';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';

type Upload = FastifyRequest & { isMultipart(): boolean; file(): Promise<MultipartFile | undefined> };

@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1/materials')
export class MaterialsController {
  constructor(private readonly materials: KeepMaterial) {}

  @ApiConsumes('multipart/form-data')
  @ApiOperation({ summary: 'One paper: JPEG, PNG or PDF, at most 5 MB' })
  @Post()
  async save(@CurrentCaller() caller: Caller, @Req() request: Upload, @Res() reply: FastifyReply): Promise<void> {
    if (!request.isMultipart()) throw new Problem(415, 'unsupported_media_type');
    const file = await request.file();
    if (file === undefined) throw new Problem(400, 'bad_file');
    sendReply(reply, await this.materials.save(caller, await file.toBuffer()));
  }

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
