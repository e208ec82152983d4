import { KeepRefused, MessageTakenShape, type RawMessage, ReceiverDesk, SharedPageShape } from '@birth/application';
import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { Answers, Refuses } from '../documents/contract-notes';
import { SharedRequestQuery } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { UNREADABLE_JSON, ValidQuery } from '../forms/valid-body';
import type { BirthRequest } from '../http/authenticated';
import { Policy } from '../http/policy';
import { SignedRequest, written } from './signed-request';

/** Receivers of population information (policy P19); each request is signed by the receiver that it is of. */
@ApiTags('agencies')
@ApiSecurity('signature')
@Policy('signed')
@Controller('agency/v1/deliveries')
export class SharingController {
  constructor(
    private readonly signed: SignedRequest,
    private readonly desk: ReceiverDesk,
    private readonly refusals: KeepRefused,
  ) {}

  @Answers(200, SharedPageShape)
  @Refuses('signature_invalid')
  @ApiOperation({ summary: 'What a receiver is told: in order, from after a place or from a moment on' })
  @Get()
  list(@Req() request: BirthRequest, @ValidQuery(SharedRequestQuery) query: SharedRequestQuery): Promise<unknown> {
    return this.heard(query.receiver, request, (raw) => this.desk.list(raw, { ...query }));
  }

  @written('sharing')
  @Answers(200, MessageTakenShape)
  @Refuses('signature_invalid', 'bad_message', 'body_too_large', ...UNREADABLE_JSON)
  @ApiOperation({ summary: 'The receiver has it' })
  @HttpCode(200)
  @Post(':deliveryId/receipts')
  receipt(@Param('deliveryId', IdParam) id: string, @Req() request: BirthRequest): Promise<unknown> {
    return this.heard('', request, (raw) => this.desk.receipt(raw, id));
  }

  @written('sharing')
  @Answers(200, MessageTakenShape)
  @Refuses('signature_invalid', 'bad_message', 'body_too_large', ...UNREADABLE_JSON)
  @ApiOperation({ summary: 'The receiver asks for one again: it comes once more at the end' })
  @HttpCode(200)
  @Post(':deliveryId/resends')
  resend(@Param('deliveryId', IdParam) id: string, @Req() request: BirthRequest): Promise<unknown> {
    return this.heard('', request, (raw) => this.desk.resend(raw, id));
  }

  @written('sharing')
  @Answers(200, MessageTakenShape)
  @Refuses('signature_invalid', 'bad_message', 'body_too_large', 'nothing_to_dispute', ...UNREADABLE_JSON)
  @ApiOperation({ summary: 'The receiver says that it is wrong (数据异议): a task for the office that made the data' })
  @HttpCode(200)
  @Post(':deliveryId/disputes')
  dispute(@Param('deliveryId', IdParam) id: string, @Req() request: BirthRequest): Promise<unknown> {
    return this.heard('', request, (raw) => this.desk.dispute(raw, id));
  }

  private heard(
    receiver: string,
    request: BirthRequest,
    work: (raw: RawMessage) => Promise<unknown>,
  ): Promise<unknown> {
    const raw = this.signed.of(request);
    return this.refusals.around('deliveries', receiver, raw, () => work(raw));
  }
}
