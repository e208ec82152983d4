import { AGENCIES, type AgencyCode } from '@birth/domain';
import { IsIn } from 'class-validator';

export class ReconciliationDto {
  @IsIn(AGENCIES)
  agency: AgencyCode;
}
