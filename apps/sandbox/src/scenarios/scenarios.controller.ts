import { BadRequestException, Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { isAgency } from '../agencies';
import { isObject, parseJson } from '../wire/field-check';
import type { AgencyScript, ScriptState } from './agency-script';
import { readScenario, type Scenario } from './scenario';
import { ScenarioBook } from './scenario-book';

@Controller('_sandbox/scenarios/:agency')
export class ScenariosController {
  constructor(private readonly book: ScenarioBook) {}

  @Get()
  show(@Param('agency') agency: string): ScriptState {
    return this.script(agency).show();
  }

  @Put()
  merge(@Param('agency') agency: string, @Body() body: Buffer): ScriptState {
    const script = this.script(agency);
    const { all, byName } = readScript(parseJson(body));
    script.merge(all, byName);
    return script.show();
  }

  @Delete()
  @HttpCode(204)
  clear(@Param('agency') agency: string): void {
    this.script(agency).clear();
  }

  private script(agency: string): AgencyScript {
    if (!isAgency(agency)) throw new BadRequestException('unknown agency');
    return this.book.of(agency);
  }
}

function readScript(value: unknown): { all: Scenario | undefined; byName: Record<string, Scenario> } {
  if (!isObject(value)) throw new BadRequestException('an object with all and/or byName');
  for (const name of Object.keys(value)) {
    if (name !== 'all' && name !== 'byName') throw new BadRequestException('only all and byName');
  }
  const named = value['byName'] ?? {};
  if (!isObject(named)) throw new BadRequestException('byName is an object');
  return {
    all: value['all'] === undefined ? undefined : known(value['all']),
    byName: Object.fromEntries(Object.entries(named).map(([name, scenario]) => [name, known(scenario)])),
  };
}

function known(value: unknown): Scenario {
  const scenario = readScenario(value);
  if (typeof scenario === 'string') throw new BadRequestException(scenario);
  return scenario;
}
