import { Injectable } from '@nestjs/common';
import { isAgency, type Agency } from '../agencies';
import { SandboxConfig } from '../sandbox.config';

/** How staff of an office without an interface hear of their tasks and answer them. */
export type Way = 'worklist' | 'batch' | 'exchange_table';

export interface Desk {
  agency: Agency;
  office: string;
}

/** Which offices work by hand, and how. */
@Injectable()
export class Desks {
  private readonly desks: Readonly<Record<Way, readonly Desk[]>>;

  constructor(config: SandboxConfig) {
    this.desks = {
      worklist: desksOf('SANDBOX_WORKLIST', config.SANDBOX_WORKLIST),
      batch: desksOf('SANDBOX_BATCH', config.SANDBOX_BATCH),
      exchange_table: desksOf('SANDBOX_EXCHANGE_TABLE', config.SANDBOX_EXCHANGE_TABLE),
    };
  }

  of(way: Way): readonly Desk[] {
    return this.desks[way];
  }
}

function desksOf(name: string, pairs: string): Desk[] {
  if (pairs === '') return [];
  return pairs.split(',').map((pair) => {
    const [agency = '', office = ''] = pair.split(':');
    if (!isAgency(agency)) throw new Error(`${name} names an unknown agency`);
    return { agency, office };
  });
}
