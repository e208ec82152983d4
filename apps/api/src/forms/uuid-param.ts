import { DOCUMENT_IDS, type DocumentId } from '@birth/application';
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

@Injectable()
export class DocumentParam implements PipeTransform<string, DocumentId> {
  transform(value: string): DocumentId {
    const id = DOCUMENT_IDS.find((known) => known === value);
    if (id === undefined) throw new Problem(404, 'not_found');
    return id;
  }
}
