import { HINT_QUEUE, type HintQueue } from '@birth/application';
import { QUEUES } from '@birth/domain';
import { readConfig } from '@birth/platform';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { BullHintQueue } from './bull-hint-queue';
import { openBackend, type QueueBackend } from './queue-backend';
import { QueueConfig } from './queue.config';

const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');

@Global()
@Module({
  providers: [{ provide: QUEUE_BACKEND, useFactory: () => openBackend(readConfig(QueueConfig)) }],
  exports: [QUEUE_BACKEND],
})
class QueueBackendModule {}

/** Names of the queues in the order of QUEUES, as Nest injects them. */
const QUEUE_TOKENS = QUEUES.map((name) => getQueueToken(name));

/** Provides HINT_QUEUE on the backend that QUEUE_URL names. */
@Global()
@Module({
  imports: [
    QueueBackendModule,
    BullModule.forRootAsync({
      inject: [QUEUE_BACKEND],
      useFactory: (backend: QueueBackend) => ({ ...backend.options, streams: { events: { maxLen: 10 } } }),
    }),
    BullModule.registerQueue(...QUEUES.map((name) => ({ name }))),
  ],
  providers: [
    {
      provide: HINT_QUEUE,
      inject: [QUEUE_BACKEND, ...QUEUE_TOKENS],
      useFactory: async (backend: QueueBackend, ...queues: Queue[]) => {
        for (const queue of queues) queue.on('error', () => undefined);
        await backend.whenUsable(queues);
        return new BullHintQueue(new Map(QUEUES.map((name, index) => [name, queues[index] as Queue])), backend);
      },
    },
  ],
  exports: [HINT_QUEUE],
})
export class QueueModule implements OnApplicationShutdown {
  constructor(@Inject(HINT_QUEUE) private readonly queue: HintQueue) {}

  onApplicationShutdown(): Promise<void> {
    return this.queue.close();
  }
}
