import { BadRequestException, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { checkFields, matching, oneOf, parseJson, type Shape, text } from '../wire/field-check';
import { type InsuredPerson, InsuredPersons } from './insured-persons';

const PERSON: Shape = {
  certno: text(30),
  name: text(50),
  sex: oneOf('male', 'female'),
  bornOn: matching(/^\d{4}-\d{2}-\d{2}$/),
  areaCode: matching(/^\d{6}$/),
  insuredOn: matching(/^\d{4}-\d{2}-\d{2}$/),
};

/** Control call: somebody insured before, at another desk. */
@Controller('_sandbox/medical-insurance/persons')
export class InsuredPersonsController {
  constructor(private readonly persons: InsuredPersons) {}

  @Post()
  @HttpCode(201)
  enter(@Body() body: unknown): { psnNo: string } {
    const value = parseJson(body);
    const fault = checkFields(PERSON, value);
    if (fault !== null) throw new BadRequestException(`${fault.field} is ${fault.kind}`);
    const { psnNo } = this.persons.enter(value as Omit<InsuredPerson, 'psnNo'>);
    return { psnNo };
  }
}
