import {
  CaseProtectedShape,
  DeathRetractedShape,
  GuardianNamedShape,
  LinkRecord,
  NameGuardian,
  ProtectCase,
  RecordLinkedShape,
  RetractDeath,
} from '@birth/application';
import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Refuses } from '../documents/contract-notes';
import { newbornIndexOf } from '../forms/newborn-index';
import { GuardianDto, ProtectionDto, RecordLinkDto } from '../forms/parents.dto';
import { ClerkReasonDto } from '../forms/requests.dto';
import { IdParam } from '../forms/uuid-param';
import { ValidBody } from '../forms/valid-body';
import { type ClerkCaller, CurrentClerk } from '../http/authenticated';
import { ClerkPolicy, MAY_ACT } from '../http/policy';
import { sendReply } from '../http/send-reply';

/** What clerks do about the people of a case. */
@ApiTags('clerks')
@ApiBearerAuth()
@ClerkPolicy(...MAY_ACT)
@Controller('clerk/v1')
export class ClerkParentsController {
  constructor(
    private readonly link: LinkRecord,
    private readonly protect: ProtectCase,
    private readonly retract: RetractDeath,
    private readonly guardians: NameGuardian,
  ) {}

  @Answers(200, RecordLinkedShape)
  @Refuses('nothing_to_link', 'record_not_usable', 'record_differs', 'hospital_must_correct', 'child_has_case')
  @ApiOperation({
    summary: 'The desk of the hospital of birth links its record to a case whose mother died, is missing or not able',
  })
  @HttpCode(200)
  @Post('applications/:id/newborns/:index/birth-record')
  async linkRecord(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @Param('index') index: string,
    @ValidBody(RecordLinkDto) body: RecordLinkDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = { applicationId: id, newbornIndex: newbornIndexOf(index) };
    sendReply(reply, await this.link.execute(clerk, of, { ...body }));
  }

  @Answers(200, CaseProtectedShape)
  @ApiOperation({ summary: 'Keeps the other parent from the case, or no longer; told again, nothing changes' })
  @HttpCode(200)
  @Post('applications/:id/protection')
  async protectCase(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @ValidBody(ProtectionDto) body: ProtectionDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.protect.execute(clerk, id, { ...body }));
  }

  @Answers(200, DeathRetractedShape)
  @Refuses('no_death_reported', 'child_has_case')
  @ApiOperation({
    summary: 'A newborn’s death was reported by mistake: what was stopped goes on; says how every step stands now',
  })
  @HttpCode(200)
  @Post('applications/:id/newborns/:index/death-retractions')
  async retractDeath(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @Param('index') index: string,
    @ValidBody(ClerkReasonDto) { reason }: ClerkReasonDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = { applicationId: id, newbornIndex: newbornIndexOf(index) };
    sendReply(reply, await this.retract.execute(clerk, of, reason));
  }

  @Answers(200, GuardianNamedShape)
  @Refuses('form_invalid')
  @ApiOperation({
    summary: 'Names the child’s guardian, who takes the case over by an own account with the paper that was shown',
  })
  @HttpCode(200)
  @Post('applications/:id/guardians')
  async nameGuardian(
    @CurrentClerk() clerk: ClerkCaller,
    @Param('id', IdParam) id: string,
    @ValidBody(GuardianDto) body: GuardianDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendReply(reply, await this.guardians.execute(clerk, id, { ...body }));
  }
}
