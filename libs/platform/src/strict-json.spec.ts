import { parseStrictJson, parseStrictJsonBytes, StrictJsonError } from './strict-json';

const problemOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof StrictJsonError ? error.problem : 'another error';
  }
};

describe('JSON with one meaning only (RFC 8259, RFC 7493)', () => {
  it.each([
    ['an object', '{"a":[1,{"b":"c"}],"d":null}'],
    ['keys that repeat in other objects', '[{"a":1},{"a":2}]'],
    ['escapes in keys and texts', '{"\\u0061":"\\ud83d\\ude00 \\" \\\\"}'],
    ['the same text as key and value', '{"a":"a","b":"a"}'],
    ['32 levels', '['.repeat(32) + ']'.repeat(32)],
  ])('%s is read', (_name, text) => expect(parseStrictJson(text)).toEqual(JSON.parse(text)));

  it.each([
    ['a key twice', '{"a":1,"a":2}', 'duplicate_key'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate_key'],
    ['a key twice, deep', '[{"x":{"a":1,"b":2,"a":3}}]', 'duplicate_key'],
    ['__proto__', '{"__proto__":{}}', 'forbidden_key'],
    ['__proto__ escaped', '{"\\u005f_proto__":{}}', 'forbidden_key'],
    ['constructor', '{"a":{"constructor":1}}', 'forbidden_key'],
    ['33 levels', '['.repeat(33) + ']'.repeat(33), 'too_deep'],
    ['120,000 levels', '['.repeat(120_000), 'too_deep'],
    ['NUL escaped', '{"a":"\\u0000"}', 'nul_character'],
    ['a lone surrogate', '{"a":"\\ud800"}', 'lone_surrogate'],
    ['a lone surrogate in a key', '{"\\udc00":1}', 'lone_surrogate'],
    ['half a document', '{"a":', 'malformed_json'],
    ['two documents', '{}{}', 'malformed_json'],
    ['nothing', '', 'malformed_json'],
  ])('%s is refused', (_name, text, problem) => expect(problemOf(() => parseStrictJson(text))).toBe(problem));

  it('bytes that are not UTF-8, or start with a mark, are refused', () => {
    expect(problemOf(() => parseStrictJsonBytes(Buffer.from([0x22, 0xff, 0x22])))).toBe('malformed_json');
    expect(problemOf(() => parseStrictJsonBytes(Buffer.from('\ufeff{}')))).toBe('malformed_json');
  });
});
