import { BadRequestException, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { certificateNumber, optionalText } from '../wire/codes';
import { checkFields, matching, oneOf, parseJson, text, type Shape } from '../wire/field-check';
import { CertificateDesk } from './certificate-desk';
import type { KnownCertificate } from './certificate-register';

const SHAPE: Shape = {
  certificateNumber,
  issuedOn: matching(/^\d{4}-\d\d-\d\d$/),
  issuer: text(),
  newborn: { name: text(50), sex: oneOf('male', 'female'), bornAt: text(40) },
  motherIdNo: optionalText,
};

/** Control: a certificate of another place becomes known; verifications that waited for it go on. */
@Controller('_sandbox/health-commission/certificates')
export class CertificateControlController {
  constructor(private readonly desk: CertificateDesk) {}

  @Post()
  @HttpCode(201)
  enter(@Body() body: unknown): { certificateNumber: string } {
    const value = parseJson(body);
    const fault = checkFields(SHAPE, value);
    if (fault !== null) throw new BadRequestException(`${fault.field} is ${fault.kind}`);
    const certificate = value as KnownCertificate;
    this.desk.enter(certificate);
    return { certificateNumber: certificate.certificateNumber };
  }
}
