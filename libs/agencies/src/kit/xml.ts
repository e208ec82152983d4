import { AgencyContractBroken } from '@birth/application';
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { Fields } from './parse';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  isArray: (name) => name === 'field' || name === 'item',
});
const builder = new XMLBuilder({ ignoreAttributes: true, suppressEmptyNode: true });

/** One XML document, no DOCTYPE (no entities of its own, no external ones). */
export function readXml(text: string, root: string): Fields {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new AgencyContractBroken('a DOCTYPE is not agreed', 'body');
  if (XMLValidator.validate(text) !== true) throw new AgencyContractBroken('not XML', 'body');
  return new Fields(parser.parse(text) as unknown).object(root);
}

export const writeXml = (document: Record<string, unknown>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`;
