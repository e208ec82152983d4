import { Controller, Get } from '@nestjs/common';
import { type Acknowledged, Acknowledgements } from './acknowledgements';

@Controller('_sandbox/acknowledged')
export class AcknowledgementsController {
  constructor(private readonly acknowledgements: Acknowledgements) {}

  @Get()
  read(): { messages: Acknowledged[] } {
    return { messages: this.acknowledgements.all() };
  }
}
