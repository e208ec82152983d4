import { CASE_READS, type CaseReads, type TailEvent } from '@birth/application';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';

const PAUSE_MS = 300;
const PAGE = 500;
type Listener = (events: readonly TailEvent[]) => void;

/** One query a process every 300 ms while somebody watches; every stream of the process is fed from it. */
@Injectable()
export class EventTail implements OnModuleDestroy {
  private readonly logger = new Logger(EventTail.name);
  private readonly listeners = new Set<Listener>();
  private timer: NodeJS.Timeout | null = null;
  private cursor: string | null = null;

  constructor(@Inject(CASE_READS) private readonly reads: CaseReads) {}

  /** Events from now on; returns how to stop. */
  async subscribe(listener: Listener): Promise<() => void> {
    this.listeners.add(listener);
    if (this.timer === null) await this.start();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  onModuleDestroy(): void {
    this.listeners.clear();
    this.stop();
  }

  private async start(): Promise<void> {
    this.timer = setTimeout(() => void this.look(), PAUSE_MS);
    ({ cursor: this.cursor } = await this.reads.tail(null, 0));
  }

  private stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.cursor = null;
  }

  private async look(): Promise<void> {
    try {
      if (this.cursor !== null) {
        const { events, cursor } = await this.reads.tail(this.cursor, PAGE);
        this.cursor = cursor;
        if (events.length > 0) for (const listener of this.listeners) listener(events);
      }
    } catch (error) {
      this.logger.warn(`tail: ${error instanceof Error ? error.name : 'failed'}`);
    }
    if (this.timer !== null) this.timer = setTimeout(() => void this.look(), PAUSE_MS);
  }
}
