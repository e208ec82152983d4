import iconv from 'iconv-lite';

/** A value as it would look in a log, a job, an address, or a column that keeps bytes. */
function disguises(value: string): string[] {
  const utf8 = Buffer.from(value);
  const escaped = [...value].map((character) =>
    character.charCodeAt(0) < 128 ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [
    value,
    escaped.join(''),
    encodeURIComponent(value),
    utf8.toString('hex'),
    [...utf8].map((byte) => (byte < 128 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join(''),
    iconv.encode(value, 'gb18030').toString('hex'),
    ...[0, 1, 2].map((shift) => base64Inside(utf8, shift)),
  ];
}

/** What any base64 text shows of these bytes, wherever in it they begin. */
function base64Inside(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return text.slice(first, last);
}

/** Which of these people's values a text gives away, by name; never the value. */
export const tracesIn = (text: string, values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    disguises(value).some((disguise) => text.includes(disguise)) ? [name] : [],
  );
