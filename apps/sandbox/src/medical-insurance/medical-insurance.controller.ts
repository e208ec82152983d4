import { Body, Controller, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AgencyFront } from '../wire/agency-front';
import { checkFields, type FieldFault } from '../wire/field-check';
import { JSON_UTF8, send, type WireReply } from '../wire/wire-reply';
import { Envelope, type Head } from './envelope';
import { InsuranceDesk } from './insurance-desk';
import { InsuranceInterfaces } from './insurance-interfaces';
import { isInterface, shapeOf, type InterfaceNumber } from './medical-insurance.fields';

const FIELD_CODES: Readonly<Record<FieldFault['kind'], string>> = { missing: '-201', unknown: '-202', bad: '-203' };

@Controller('medical-insurance/fsi')
export class MedicalInsuranceController {
  private readonly front: AgencyFront;

  constructor(
    private readonly envelope: Envelope,
    private readonly interfaces: InsuranceInterfaces,
    private readonly desk: InsuranceDesk,
  ) {
    this.front = new AgencyFront(desk.script);
  }

  @Post('api')
  async call(@Res() reply: FastifyReply, @Body() body: unknown): Promise<void> {
    const opened = this.envelope.open(body);
    if (!opened.ok) return send(reply, this.error(opened.head, opened.infcode, '报文无法识别'));
    const { head, input } = opened;
    if (!isInterface(head.infno)) return send(reply, this.error(head, '-104', 'infno'));
    const fault = checkFields(shapeOf(head.infno), input);
    if (fault !== null) return send(reply, this.error(head, FIELD_CODES[fault.kind], fault.field));
    await this.answer(reply, head, head.infno, (input as { data: Record<string, unknown> }).data);
  }

  private async answer(
    reply: FastifyReply,
    head: Head,
    infno: InterfaceNumber,
    data: Record<string, unknown>,
  ): Promise<void> {
    const submits = infno === '2901' || infno === '2902';
    await this.front.answer(reply, { name: this.nameIn(data), submits }, () => {
      const output = this.interfaces.run(infno, data);
      if (output === null) return this.error(head, '-404', 'not found');
      return wire(this.envelope.close(head, '0', '', output));
    });
  }

  private nameIn({ psn_name: name, bizsn, psn_no: psnNo }: Record<string, unknown>): string | null {
    if (typeof name === 'string') return name;
    if (typeof bizsn === 'string') return this.desk.find(bizsn)?.newborn.name ?? null;
    return this.desk.personByNumber(String(psnNo))?.name ?? null;
  }

  private error(head: Head, infcode: string, message: string): WireReply {
    return wire(this.envelope.close(head, infcode, message, {}));
  }
}

const wire = (body: string): WireReply => ({ status: 200, contentType: JSON_UTF8, body });
