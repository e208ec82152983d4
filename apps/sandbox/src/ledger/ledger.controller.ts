import { BadRequestException, Controller, Get, Query } from '@nestjs/common';
import { AGENCIES, isAgency, type Agency } from '../agencies';
import { summarise, type EffectSummary } from './effects';
import type { LedgerEntry } from './ledger-entry';
import { Ledgers } from './ledgers';

@Controller('_sandbox/ledger')
export class LedgerController {
  constructor(private readonly ledgers: Ledgers) {}

  @Get()
  read(@Query('agency') agency?: string): { entries: LedgerEntry[]; effects: Partial<Record<Agency, EffectSummary>> } {
    if (agency !== undefined && !isAgency(agency)) throw new BadRequestException('unknown agency');
    const wanted = agency === undefined ? AGENCIES : [agency];
    return {
      entries: wanted.flatMap((one) => [...this.ledgers.of(one).entries()]),
      effects: Object.fromEntries(wanted.map((one) => [one, summarise(this.ledgers.of(one).entries())])),
    };
  }
}
