export * from './bull-hint-queue';
export * from './queue-backend';
export * from './queue.config';
export * from './queue.module';
