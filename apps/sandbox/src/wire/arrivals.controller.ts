import { BadRequestException, Controller, Get, Query } from '@nestjs/common';
import { isAgency } from '../agencies';
import { type Arrival, Arrivals } from './arrivals';

@Controller('_sandbox/arrivals')
export class ArrivalsController {
  constructor(private readonly arrivals: Arrivals) {}

  @Get()
  read(@Query('agency') agency?: string): { arrivals: readonly Arrival[] } {
    if (agency === undefined || !isAgency(agency)) throw new BadRequestException('unknown agency');
    return { arrivals: this.arrivals.of(agency) };
  }
}
