import {
  type Caller,
  DeclareFertility,
  FertilityListShape,
  FertilityRegistrations,
  FertilityShape,
  type Locale,
  type Once,
} from '@birth/application';
import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { FertilityEvidenceDto, FertilityFormDto, toFertilityForm } from '../forms/fertility.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { CurrentCaller } from '../http/authenticated';
import { CurrentLocale } from '../http/locale';
import { CurrentOnce } from '../http/once';
import { Policy } from '../http/policy';
import { sendReply } from '../http/send-reply';

/** 生育登记 (policy P9): apart from the five services. */
@ApiTags('applicants')
@ApiBearerAuth()
@Policy('applicant')
@Controller('v1/fertility-registrations')
export class FertilityController {
  constructor(
    private readonly declaration: DeclareFertility,
    private readonly registrations: FertilityRegistrations,
  ) {}

  @Answers(201, FertilityShape, 'Declared')
  @Refuses('form_invalid', 'fertility_declared_before')
  @ApiOperation({ summary: 'Declares a fertility registration; 201 with its receipt number' })
  @Post()
  async declare(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @ValidBody(FertilityFormDto) form: FertilityFormDto,
    @CurrentLocale() locale: Locale,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.declaration.execute(caller, once, toFertilityForm(form), locale));
  }

  @Answers(200, FertilityListShape)
  @ApiOperation({ summary: 'The caller’s own declarations, newest first' })
  @Get()
  list(@CurrentCaller() caller: Caller): Promise<unknown> {
    return this.registrations.own(caller);
  }

  @Answers(200, FertilityShape)
  @ApiOperation({ summary: 'One declaration: where it stands, who has it, until when' })
  @Get(':id')
  one(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @CurrentLocale() locale: Locale,
  ): Promise<unknown> {
    return this.registrations.one(caller, id, locale);
  }

  @Answers(200, FertilityShape)
  @Refuses('form_invalid', 'registration_has_ended', 'no_evidence_asked')
  @ApiOperation({ summary: 'Documents that explain a difference, or none: then the place of origin is asked' })
  @HttpCode(200)
  @Post(':id/evidence')
  async evidence(
    @CurrentCaller() caller: Caller,
    @CurrentOnce() once: Once,
    @Param('id', IdParam) id: string,
    @ValidBody(FertilityEvidenceDto) { materials }: FertilityEvidenceDto,
    @CurrentLocale() locale: Locale,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.registrations.evidence(caller, once, { id, materials, locale }));
  }
}
