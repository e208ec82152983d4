import { anything, named, Problem, record } from '@birth/platform';
import { Controller, Get, Injectable, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import { Policy } from '../http/policy';
import { CONTRACT_AUDIENCES, forAudience, isAudience } from './audiences';
import { Answers } from './contract-notes';

const ContractShape = named('Contract', record(anything()));

/** The document is made out of the running app, so it is handed in after the app was made. */
@Injectable()
export class ContractDocument {
  private made: OpenAPIObject | null = null;
  private make: () => OpenAPIObject = () => {
    throw new Error('no app to make the contract of');
  };

  comesFrom(make: () => OpenAPIObject): void {
    this.make = make;
  }

  get whole(): OpenAPIObject {
    return (this.made ??= this.make());
  }
}

@ApiTags('platform')
@Policy('public')
@Controller()
export class ContractController {
  constructor(private readonly contract: ContractDocument) {}

  @ApiOperation({ summary: 'This contract, whole' })
  @Answers(200, ContractShape)
  @Get('openapi.json')
  all(): OpenAPIObject {
    return this.contract.whole;
  }

  @ApiOperation({ summary: 'The part of this contract that is for one audience' })
  @ApiParam({ name: 'audience', schema: { type: 'string', enum: CONTRACT_AUDIENCES } })
  @Answers(200, ContractShape)
  @Get('openapi/:audience')
  part(@Param('audience') audience: string): OpenAPIObject {
    if (!isAudience(audience)) throw new Problem(404, 'not_found');
    return forAudience(this.contract.whole, audience);
  }
}
