import type { ExchangeRecord, ExchangeSink } from '../ports/agency-adapter';
import type { StepExchange } from '../ports/evidence';
import type { CallPass } from '../traffic/call-pass';

/** Collects the requests and replies of one claim, failed ones too. */
export class Evidence implements ExchangeSink {
  readonly exchanges: ExchangeRecord[] = [];

  constructor(private readonly pass: CallPass) {}

  admit(deadlineAt: number): Promise<void> {
    return this.pass.admit(deadlineAt);
  }

  record(exchange: ExchangeRecord): void {
    this.exchanges.push(exchange);
  }

  of(stepId: string, generation: number): StepExchange[] {
    return this.exchanges.map((exchange) => ({ ...exchange, stepId, generation }));
  }
}
