// breaks: agencies-packages
import { Queue } from 'bullmq';

export const queued = Queue;
