import { decode, encode } from 'iconv-lite';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isObject } from '../wire/field-check';

export type Charset = 'UTF-8' | 'GBK';
/** Text, or elements inside. Elements that come more than once make the document unreadable. */
export type XmlNode = { [name: string]: XmlNode } | string;

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
});

/** The root element's name and content, or undefined when the bytes are no XML that this agency takes. */
export function readXml(body: unknown, charset: Charset): { [name: string]: XmlNode } | undefined {
  if (!Buffer.isBuffer(body)) return undefined;
  const text = charset === 'GBK' ? decode(body, 'gbk') : body.toString('utf8');
  const declared = /^<\?xml version="1\.0" encoding="([A-Za-z0-9-]+)"\?>/.exec(text)?.[1]?.toUpperCase();
  if (declared !== charset || text.includes('<!') || XMLValidator.validate(text) !== true) return undefined;
  const root = parser.parse(text) as Record<string, unknown>;
  delete root['?xml'];
  return isTree(root) ? (root as { [name: string]: XmlNode }) : undefined;
}

const isTree = (value: unknown): boolean =>
  typeof value === 'string' || (isObject(value) && Object.values(value).every(isTree));

export function writeXml(name: string, content: XmlContent, charset: Charset): Buffer {
  const text = `<?xml version="1.0" encoding="${charset}"?>\n${element(name, content)}`;
  return charset === 'GBK' ? encode(text, 'gbk') : Buffer.from(text);
}

export type XmlContent = string | XmlContent[] | { [name: string]: XmlContent };

/** A list stands for elements inside: each item an object with one name. */
function element(name: string, content: XmlContent): string {
  const inside = typeof content === 'string' ? escapeXml(content) : children(content);
  return inside === '' ? `<${name}/>` : `<${name}>${inside}</${name}>`;
}

function children(content: Exclude<XmlContent, string>): string {
  const list = Array.isArray(content) ? content : [content];
  return list.map((item) => (typeof item === 'string' ? escapeXml(item) : entries(item))).join('');
}

function entries(item: Exclude<XmlContent, string>): string {
  if (Array.isArray(item)) return children(item);
  return Object.entries(item)
    .map(([name, value]) => element(name, value))
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
