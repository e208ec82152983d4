// breaks: persistence-packages
import { Queue } from 'bullmq';

export const store = Queue;
