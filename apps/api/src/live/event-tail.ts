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
  private watch: Watch | null = null;

  constructor(@Inject(CASE_READS) private readonly reads: CaseReads) {}

  /** Every event that is committed after this resolves; returns how to stop. */
  async subscribe(listener: Listener): Promise<() => void> {
    this.listeners.add(listener);
    try {
      // who comes while the first one still learns where the tail stands waits for the same place
      await (this.watch ??= this.start()).place;
    } catch (error) {
      this.leave(listener);
      throw error;
    }
    return () => this.leave(listener);
  }

  onModuleDestroy(): void {
    this.listeners.clear();
    this.stop();
  }

  private leave(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size === 0) this.stop();
  }

  private start(): Watch {
    const place = this.reads.tail(null, 0).then(({ cursor }) => cursor);
    const watch: Watch = { place, timer: null, isOver: false };
    place.then(
      (cursor) => this.again(watch, cursor),
      () => undefined,
    );
    return watch;
  }

  private stop(): void {
    if (this.watch === null) return;
    this.watch.isOver = true;
    if (this.watch.timer !== null) clearTimeout(this.watch.timer);
    this.watch = null;
  }

  private again(watch: Watch, cursor: string): void {
    if (!watch.isOver) watch.timer = setTimeout(() => void this.look(watch, cursor), PAUSE_MS);
  }

  private async look(watch: Watch, cursor: string): Promise<void> {
    try {
      const { events, cursor: next } = await this.reads.tail(cursor, PAGE);
      if (events.length > 0 && !watch.isOver) for (const listener of [...this.listeners]) listener(events);
      this.again(watch, next);
    } catch (error) {
      this.logger.warn(`tail: ${error instanceof Error ? error.name : 'failed'}`);
      this.again(watch, cursor);
    }
  }
}

/** From the first listener to the last one. */
interface Watch {
  place: Promise<string>;
  timer: NodeJS.Timeout | null;
  isOver: boolean;
}
