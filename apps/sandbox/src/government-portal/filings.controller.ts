import { randomUUID } from 'node:crypto';
import { BadGatewayException, BadRequestException, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { isObject, parseJson } from '../wire/field-check';
import { PlatformClient } from '../wire/platform-client';
import { type LeftPaper, PortalFiles } from './portal-files';

const PATH = '/agency/v1/portal/applications';
const MOBILE = '3';

interface Filing {
  caseNumber: string;
  status: number;
  body: unknown;
}

/** Control: a family files at the portal, which passes it on, signed. */
@Controller('_sandbox/government-portal/filings')
export class FilingsController {
  constructor(
    private readonly platform: PlatformClient,
    private readonly files: PortalFiles,
  ) {}

  @Post()
  @HttpCode(200)
  async file(@Body() body: unknown): Promise<Filing> {
    const order = parseJson(body);
    if (!isObject(order)) throw new BadRequestException('an object');
    const { person, application, materials = [], handlingForm = MOBILE, caseNumber = newNumber() } = order;
    const papers = this.leave(materials);
    const message = {
      caseNumber,
      handlingForm,
      person,
      materials: papers,
      application: withPaper(application, papers),
    };
    try {
      return { caseNumber: String(caseNumber), ...(await this.platform.ask('government-portal', PATH, message)) };
    } catch {
      throw new BadGatewayException('the platform said nothing');
    }
  }

  private leave(materials: unknown): LeftPaper[] {
    if (!Array.isArray(materials)) throw new BadRequestException('materials');
    return materials.map((one: unknown) => {
      if (!isObject(one)) throw new BadRequestException('materials');
      return this.files.leave(String(one['name']), Buffer.from(String(one['content']), 'base64'));
    });
  }
}

const newNumber = (): string => `CQ${randomUUID().replaceAll('-', '').slice(0, 20).toUpperCase()}`;

/** `#0`: the first paper. */
function withPaper(application: unknown, papers: readonly LeftPaper[]): unknown {
  if (!isObject(application) || !isObject(application['applicant'])) return application;
  const { applicant } = application as { applicant: Record<string, unknown> };
  const place = /^#(\d+)$/.exec(typeof applicant['authorisation'] === 'string' ? applicant['authorisation'] : '');
  const paper = place === null ? undefined : papers[Number(place[1])];
  return paper === undefined
    ? application
    : { ...application, applicant: { ...applicant, authorisation: paper.reference } };
}
