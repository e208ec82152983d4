import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformKeys } from '../keys/platform-keys';
import { PlatformSignature } from '../wire/platform-signature';
import { json, send } from '../wire/wire-reply';
import { PortalFiles } from './portal-files';

/** Papers by reference, for the platform alone. */
@Controller('government-portal/materials')
export class PortalMaterialsController {
  private readonly signature: PlatformSignature;

  constructor(
    keys: PlatformKeys,
    private readonly files: PortalFiles,
  ) {
    this.signature = new PlatformSignature(keys);
  }

  @Get(':reference')
  fetch(@Param('reference') reference: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    if (!this.signature.isSigned(request)) return send(reply, json(401, { message: '签名无效' }));
    const bytes = this.files.get(reference);
    if (bytes === undefined) return send(reply, json(404, { message: '材料不存在' }));
    send(reply, { status: 200, contentType: 'application/octet-stream', body: bytes });
  }
}
