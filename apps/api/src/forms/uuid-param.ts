import { DOCUMENT_IDS } from '@birth/application';
import { Problem } from '@birth/platform';
import { Injectable, type PipeTransform } from '@nestjs/common';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What is no id cannot name anything of ours: 404, as for a foreign one. */
@Injectable()
export class IdParam implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!UUID.test(value)) throw new Problem(404, 'not_found');
    return value.toLowerCase();
  }
}

/** A paper of ours by its name, or a step whose e-licence is wanted. */
@Injectable()
export class DocumentParam implements PipeTransform<string, string> {
  private readonly step = new IdParam();

  transform(value: string): string {
    return DOCUMENT_IDS.find((known) => known === value) ?? this.step.transform(value);
  }
}
