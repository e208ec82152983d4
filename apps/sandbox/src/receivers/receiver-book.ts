import { join } from 'node:path';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LineFile } from '../ledger/line-file';
import { SandboxConfig } from '../sandbox.config';

interface Line {
  receiver: string;
  /** `webhook-id`: what came under it before is no second news. */
  id: string;
  message: unknown;
  isRepeated: boolean;
}

/** What receivers of population information have, each delivery once; kept over a restart. */
@Injectable()
export class ReceiverBook implements OnApplicationShutdown {
  private readonly file: LineFile<Line> | null;
  private readonly lines: Line[];
  private readonly known: Set<string>;

  constructor({ SANDBOX_LEDGER: kind, SANDBOX_DATA_DIR: folder }: SandboxConfig) {
    this.file = kind === 'memory' ? null : new LineFile<Line>(join(folder, 'receivers.jsonl'));
    this.lines = [...(this.file?.loaded ?? [])];
    this.known = new Set(this.lines.map(keyOf));
  }

  take(receiver: string, id: string, message: unknown): void {
    const line = { receiver, id, message, isRepeated: this.known.has(keyOf({ receiver, id })) };
    this.file?.append(line);
    this.lines.push(line);
    this.known.add(keyOf(line));
  }

  show(receiver: string): { deliveries: Pick<Line, 'id' | 'message'>[]; repeated: number } {
    const own = this.lines.filter((line) => line.receiver === receiver);
    const first = own.filter(({ isRepeated }) => !isRepeated);
    const deliveries = first.map(({ id, message }) => ({ id, message }));
    return { deliveries, repeated: own.length - first.length };
  }

  onApplicationShutdown(): void {
    this.file?.close();
  }
}

const keyOf = ({ receiver, id }: Pick<Line, 'receiver' | 'id'>): string => `${receiver} ${id}`;
