import { BadRequestException, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { checkFields, parseJson } from '../wire/field-check';
import { CHILD_SHAPE, type ChildFields, parentFault } from './disease-control.fields';
import { VaccinationDesk } from './vaccination-desk';

/** Control call: a record that the unit opened itself, at the bedside or at its counter. */
@Controller('_sandbox/disease-control/children')
export class ChildrenControlController {
  constructor(private readonly desk: VaccinationDesk) {}

  @Post()
  @HttpCode(201)
  open(@Body() body: unknown): { childCode: string | null } {
    const value = parseJson(body);
    const fault = checkFields(CHILD_SHAPE, value);
    if (fault !== null) throw new BadRequestException(`${fault.field} is ${fault.kind}`);
    const missing = parentFault(value as ChildFields);
    if (missing !== null) throw new BadRequestException(`${missing} is missing`);
    const opened = this.desk.register(value as ChildFields);
    if (opened.outcome === 'unknown_supplement') throw new BadRequestException('supplementOf is unknown');
    const { stage } = opened.record;
    return { childCode: stage.kind === 'done' ? (stage.results['childCode'] ?? null) : null };
  }
}
