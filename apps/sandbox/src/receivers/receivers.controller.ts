import { setTimeout as pause } from 'node:timers/promises';
import { BadRequestException, Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebhookSecrets } from '../keys/webhook-secrets';
import { isObject, parseJson } from '../wire/field-check';
import { json, send, type WireReply } from '../wire/wire-reply';
import { ReceiverBook } from './receiver-book';
import { isFromPlatform } from './webhook-check';

const FAULTS = ['down', 'lost', 'refuse', 'gone', 'slowMs'] as const;
/** How often each still happens: 503; kept without a reply that says so; 400; 410. `slowMs`: before each reply. */
type Behaviour = Record<(typeof FAULTS)[number], number>;
const WELL: Behaviour = { down: 0, lost: 0, refuse: 0, gone: 0, slowMs: 0 };

/** Departments that are pushed to; control: how each behaves, and what it has. */
@Controller()
export class ReceiversController {
  private readonly behaviours = new Map<string, Behaviour>();

  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly book: ReceiverBook,
  ) {}

  @Post('receivers/:receiver/webhooks')
  async take(
    @Param('receiver') receiver: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { slowMs } = this.of(receiver);
    if (slowMs > 0) await pause(slowMs, undefined, { ref: false });
    send(reply, this.answer(receiver, request));
  }

  @Get('_sandbox/receivers/:receiver/deliveries')
  show(@Param('receiver') receiver: string): ReturnType<ReceiverBook['show']> {
    return this.book.show(receiver);
  }

  @Put('_sandbox/receivers/:receiver/behaviour')
  @HttpCode(200)
  behave(@Param('receiver') receiver: string, @Body() body: unknown): Behaviour {
    const wish = parseJson(body);
    if (!isObject(wish)) throw new BadRequestException('an object');
    const unknown = Object.entries(wish).find(
      ([name, value]) => !(FAULTS as readonly string[]).includes(name) || !Number.isInteger(value),
    );
    if (unknown !== undefined) throw new BadRequestException(unknown[0]);
    const behaviour = { ...WELL, ...wish };
    this.behaviours.set(receiver, behaviour);
    return behaviour;
  }

  private answer(receiver: string, request: FastifyRequest): WireReply {
    if (this.happens(receiver, 'down')) return json(503, {});
    if (this.happens(receiver, 'gone')) return json(410, {});
    if (!isFromPlatform(request, this.secrets.of(receiver))) return json(401, {});
    const message = parseJson(request.body);
    if (!isObject(message) || this.happens(receiver, 'refuse')) return json(400, {});
    this.book.take(receiver, String(request.headers['webhook-id']), message);
    return this.happens(receiver, 'lost') ? json(502, {}) : json(200, {});
  }

  private of(receiver: string): Behaviour {
    return this.behaviours.get(receiver) ?? WELL;
  }

  private happens(receiver: string, fault: 'down' | 'lost' | 'refuse' | 'gone'): boolean {
    const behaviour = this.of(receiver);
    if (behaviour[fault] === 0) return false;
    this.behaviours.set(receiver, { ...behaviour, [fault]: behaviour[fault] - 1 });
    return true;
  }
}
