import { type Receiver, WEBHOOK_PATIENCE_MS, webhookOutcome, webhookPauseMs, type WebhookReply } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type County, COUNTY } from '../county';
import { WEBHOOK_SENDER, type WebhookSender } from '../ports/webhook-sender';
import { type OwedWebhook, WEBHOOK_STORE, type WebhookStore } from '../ports/webhook-store';
import { taskDueAt } from '../task-due';
import { backOffMs } from '../work/back-off';
import { RECEIVERS } from './load-receivers';
import { itemView } from './share-view';
import { isAnswered, type Tried, WebhookGate } from './webhook-gate';

/**
 * Pushes what receivers of mode `webhook` are owed until they have said that they have it (P19). An attempt keeps the
 * delivery's id, so that none has two effects; what nobody takes for days is a person's, and stays in the log.
 */
@Injectable()
export class SendWebhooks {
  private readonly logger = new Logger(SendWebhooks.name);
  private readonly running = new Map<string, Promise<void>>();
  private isEnding = false;

  constructor(
    @Inject(WEBHOOK_STORE) private readonly store: WebhookStore,
    @Inject(WEBHOOK_SENDER) private readonly sender: WebhookSender,
    @Inject(RECEIVERS) private readonly receivers: readonly Receiver[],
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly engine: EngineConfig,
    private readonly gate: WebhookGate,
  ) {}

  /** Goes on with every receiver by itself: one that is slow holds up nobody. */
  begin(): void {
    for (const { code, mode } of this.receivers) {
      if (mode !== 'webhook' || this.running.has(code) || !this.sender.hasAddress(code)) continue;
      const work = this.sendTo(code).catch((error: unknown) => this.tell(error));
      this.running.set(code, work);
      void work.finally(() => this.running.delete(code));
    }
  }

  /** Everybody who was begun with has been gone through. */
  async ended(): Promise<void> {
    await Promise.all(this.running.values());
  }

  async leave(): Promise<void> {
    this.isEnding = true;
    await this.ended();
  }

  async giveUp(): Promise<void> {
    const now = this.clock.now();
    const dueAt = taskDueAt(now, this.county.policyAt(now).settings);
    await this.store.giveUp(now - WEBHOOK_PATIENCE_MS, { now, dueAt });
  }

  private async sendTo(receiver: string): Promise<void> {
    let isGoingOn = true;
    while (isGoingOn && !this.isEnding) isGoingOn = await this.turn(receiver);
  }

  /** False: nothing is due, or some found nobody. */
  private async turn(receiver: string): Promise<boolean> {
    const entry = await this.gate.enter(receiver);
    if (entry === null) return false;
    const times = { now: this.clock.now(), leaseMs: this.engine.times.leaseMs };
    const due = await this.store.claim(receiver, entry.limit, times);
    const tried = await Promise.all(due.map((delivery) => this.attempt(delivery)));
    await this.gate.leave(receiver, entry, tried);
    return due.length > 0 && tried.every((one) => isAnswered(one) && one.outcome !== 'gone');
  }

  private async attempt(delivery: OwedWebhook): Promise<Tried> {
    const at = this.clock.now();
    const message = { id: delivery.id, body: bodyOf(delivery) };
    const reply = await this.sender.send(delivery.receiver, message, at + this.engine.times.callMs);
    const outcome = webhookOutcome(reply);
    const now = this.clock.now();
    const attempt = { at, durationMs: now - at, status: reply.status, outcome };
    await this.store.settle(delivery, attempt, now + this.pauseMs(delivery, reply));
    if (outcome === 'gone') await this.disable(delivery.receiver, now);
    return { outcome, isUnreached: reply.isUnreached };
  }

  private disable(receiver: string, now: number): Promise<void> {
    return this.store.disable(receiver, { now, dueAt: taskDueAt(now, this.county.policyAt(now).settings) });
  }

  private pauseMs({ attempts }: OwedWebhook, { retryAfterMs }: WebhookReply): number {
    const { backoffBaseMs, pauseCapMs } = this.engine.times;
    const own = backOffMs(attempts, { backoffBaseMs, backoffCapMs: pauseCapMs }, Math.random());
    return webhookPauseMs(retryAfterMs, own, pauseCapMs);
  }

  private tell(error: unknown): void {
    this.logger.warn(`webhooks: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}

/** The same bytes on every attempt: all of it is what was written down. */
function bodyOf(delivery: OwedWebhook): string {
  const data = itemView(delivery);
  return JSON.stringify({ type: `newborn.${data.event}`, timestamp: data.madeAt, data });
}
