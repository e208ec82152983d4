import { type Demand, DEMAND_DECISIONS, type DemandDecision, DEMANDS } from '@birth/domain';
import { Choice, Text } from './fields';
import { ClerkActionDto } from './requests.dto';

export class DemandReportDto {
  @Choice(DEMANDS) demand: Demand;
  @Text(500, { optional: true }) note?: string;
}

export class DemandDecisionDto extends ClerkActionDto {
  @Choice(DEMAND_DECISIONS) decision: DemandDecision;
}
