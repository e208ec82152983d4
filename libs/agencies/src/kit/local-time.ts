import { broken } from './parse';

const OFFSET_MS = 8 * 3_600_000;

/** Epoch ms as digits of Asia/Shanghai: yyyyMMddHHmmss. */
export const toDigits = (ms: number): string => new Date(ms + OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14);

/** Epoch ms as `yyyy-MM-dd HH:mm:ss` of Asia/Shanghai. */
export const toLocalText = (ms: number): string =>
  new Date(ms + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');

/** yyyyMMddHHmmss or `yyyy-MM-dd HH:mm:ss` of Asia/Shanghai, or ISO 8601 with offset, as epoch ms. */
export function readTime(text: string, field: string): number {
  const digits = /^(\d{4})-?(\d\d)-?(\d\d)[ ]?(\d\d):?(\d\d):?(\d\d)$/.exec(text);
  const iso =
    digits === null ? text : `${digits[1]}-${digits[2]}-${digits[3]}T${digits[4]}:${digits[5]}:${digits[6]}+08:00`;
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw broken(field);
  return ms;
}

/** yyyy-MM-dd or yyyyMMdd as yyyy-MM-dd. */
export function readDate(text: string, field: string): string {
  const found = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text);
  if (found === null) throw broken(field);
  return `${found[1]}-${found[2]}-${found[3]}`;
}

/** Start of a day in Asia/Shanghai, or undefined: when a special procedure ends. */
export const untilOf = (text: string | null, field: string): { until?: number } =>
  text === null ? {} : { until: Date.parse(`${readDate(text, field)}T00:00:00+08:00`) };

export const compactDate = (date: string): string => date.replaceAll('-', '');
