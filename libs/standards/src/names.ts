import { GENERAL_STANDARD_LEVELS } from './data/general-standard-characters';

const GENERAL_STANDARD: ReadonlySet<string> = new Set(GENERAL_STANDARD_LEVELS.flatMap((level) => [...level]));
const MAX_CHARACTERS = 25;
/** The police staging table's column (bytes, GB 18030). */
const MAX_BYTES = 40;
/** U+00B7, the only separator inside names of minorities. */
const SEPARATOR = '·';
const LOOK_ALIKES = /[\u2022\u2027\u30FB\uFF65\u22C5]/gu;

export type NamePart = 'surname' | 'given';
export type HardNameProblem = 'empty' | 'digit' | 'latin_letter' | 'symbol' | 'too_long' | 'separator_misplaced';
export type SoftNameProblem =
  'outside_standard_table' | 'surname_outside_table' | 'supplementary_plane' | 'too_many_bytes';

export interface NameCheck {
  /** No office can register it. */
  hard: { part: NamePart; code: HardNameProblem }[];
  /** Registered at a window: systems on the way cannot carry it, or a person must look. */
  soft: SoftNameProblem[];
}

/** Similar dots become the separator. */
export const normaliseSeparator = (text: string): string => text.replace(LOOK_ALIKES, SEPARATOR);

export const isGeneralStandardCharacter = (character: string): boolean => GENERAL_STANDARD.has(character);

/**
 * Checks a name by code point: 民法典 art. 1012-1016 as practised for 出生医学证明 and household registration; characters by
 * 《通用规范汉字表》 (surnames excepted, reported apart); lengths of the police staging record.
 */
export function checkName(surname: string, given: string): NameCheck {
  const hard = [...hardProblems('surname', surname), ...hardProblems('given', given)];
  const full = surname + given;
  if ([...full].length > MAX_CHARACTERS) hard.push({ part: 'given', code: 'too_long' });
  return { hard, soft: hard.length > 0 ? [] : softProblems(surname, given) };
}

function hardProblems(part: NamePart, text: string): NameCheck['hard'] {
  if (text === '') return [{ part, code: 'empty' }];
  const codes = new Set([...text].map(hardProblemOf).filter((code) => code !== null));
  if (isSeparatorMisplaced(text)) codes.add('separator_misplaced');
  return [...codes].map((code) => ({ part, code }));
}

function hardProblemOf(character: string): HardNameProblem | null {
  if (character === SEPARATOR || /^\p{Script=Han}$/u.test(character)) return null;
  if (/^\p{N}$/u.test(character)) return 'digit';
  return /^\p{L}$/u.test(character) ? 'latin_letter' : 'symbol';
}

const isSeparatorMisplaced = (text: string): boolean =>
  text.startsWith(SEPARATOR) || text.endsWith(SEPARATOR) || text.includes(SEPARATOR + SEPARATOR);

function softProblems(surname: string, given: string): SoftNameProblem[] {
  const full = [...surname, ...given];
  const isOutside = (character: string) => character !== SEPARATOR && !GENERAL_STANDARD.has(character);
  const problems: [boolean, SoftNameProblem][] = [
    [[...given].some(isOutside), 'outside_standard_table'],
    [[...surname].some(isOutside), 'surname_outside_table'],
    [full.some((character) => (character.codePointAt(0) ?? 0) > 0xffff), 'supplementary_plane'],
    [gb18030Bytes(surname + given) > MAX_BYTES, 'too_many_bytes'],
  ];
  return problems.filter(([found]) => found).map(([, code]) => code);
}

/** Length in GB 18030: ASCII 1 byte, GBK 2, everything else 4. */
export function gb18030Bytes(text: string): number {
  return [...text].reduce((bytes, character) => bytes + bytesOf(character), 0);
}

const bytesOf = (character: string): number => {
  if ((character.codePointAt(0) ?? 0) < 0x80) return 1;
  return twoByteCharacters().has(character) ? 2 : 4;
};

let known: ReadonlySet<string> | null = null;

/** All two-byte codes 81-FE × 40-FE, read through the platform's own GB 18030 table. */
function twoByteCharacters(): ReadonlySet<string> {
  if (known !== null) return known;
  const decoder = new TextDecoder('gb18030');
  const characters = new Set<string>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) characters.add(decoder.decode(new Uint8Array([lead, trail])));
    }
  }
  characters.delete('\uFFFD');
  known = characters;
  return known;
}
