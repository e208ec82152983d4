import { checkCorrection, type Office } from '@birth/domain';
import type { DossierSections, SectionName } from '../ports/dossier';
import type { SectionWrite } from '../ports/case-store';

/** Sections that a family may correct; what the hospital owns is corrected at the hospital (P3). */
export const CORRECTABLE = [
  'name',
  'origin',
  'mother',
  'father',
  'applicant',
  'existing',
  'vaccination',
  'household',
  'insurance',
  'card',
] as const;
type Correctable = (typeof CORRECTABLE)[number];
type Stored = Pick<DossierSections, Correctable>;
const CASE_WIDE: readonly SectionName[] = ['mother', 'father', 'applicant'];
/** Who files was verified at the sign-in: not a matter of the form. */
const VERIFIED = ['/applicant/role', '/applicant/identity', '/applicant/authorisation'];
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];
const MOST_CHARACTERS = 200;

export type CorrectionResult =
  { sections: SectionWrite[]; changed: string[] } | { errors: { pointer: string; code: string }[] };

export interface Correction {
  /** Pointers such as `/household/address` to new values. */
  fields: Readonly<Record<string, unknown>>;
  /** What the agency asked for; empty: it named nothing that the family has given. */
  asked: readonly string[];
  newbornIndex: number;
  offices: readonly Office[];
}

/** Of the pointers that an agency names, those under which this family has given something that it may change. */
export const correctableFields = (asked: readonly string[], stored: Stored): string[] =>
  asked.filter((pointer) => isOpen(pointer) && valueAt(stored, pointer) !== undefined);

/**
 * Answers a correction: each pointer lies within what was asked and replaces a field that exists with a value of the
 * same shape, and the section keeps the rules of the form. Anything else is refused with its pointer.
 */
export function correctedSections(
  { fields, asked, newbornIndex, offices }: Correction,
  open: (sections: readonly Correctable[]) => Stored,
): CorrectionResult {
  const stored = open(CORRECTABLE);
  const { changed, errors } = changedSections({ fields, asked }, stored);
  if (errors.length === 0) errors.push(...checkCorrection(Object.fromEntries(changed), stored, offices));
  if (errors.length > 0) return { errors };
  const sections = [...changed].map(([section, value]) => ({
    newbornIndex: CASE_WIDE.includes(section) ? null : newbornIndex,
    section,
    value,
  }));
  return { sections, changed: [...changed.keys()] };
}

function changedSections(
  { fields, asked }: Pick<Correction, 'fields' | 'asked'>,
  stored: Stored,
): { changed: Map<Correctable, unknown>; errors: { pointer: string; code: string }[] } {
  const changed = new Map<Correctable, unknown>();
  const errors: { pointer: string; code: string }[] = [];
  for (const [pointer, value] of Object.entries(fields)) {
    const [, section = '', ...path] = pointer.split('/');
    const target = isOpen(pointer) ? (changed.get(section as Correctable) ?? copyOf(stored, section)) : undefined;
    if (!isAsked(pointer, asked)) errors.push({ pointer, code: 'not_asked' });
    else if (target == null || !replace(target, path, value)) errors.push({ pointer, code: 'not_correctable' });
    else changed.set(section as Correctable, target);
  }
  if (Object.keys(fields).length === 0) errors.push({ pointer: '/fields', code: 'missing' });
  return { changed, errors };
}

const isWithin = (pointer: string, field: string): boolean => pointer === field || pointer.startsWith(`${field}/`);

const isAsked = (pointer: string, asked: readonly string[]): boolean =>
  asked.length === 0 || asked.some((field) => isWithin(pointer, field));

const isOpen = (pointer: string): boolean =>
  (CORRECTABLE as readonly string[]).includes(pointer.split('/')[1] ?? '') &&
  !VERIFIED.some((field) => isWithin(pointer, field));

const copyOf = (stored: Stored, section: string): unknown => structuredClone(stored[section as Correctable]);

/** undefined: nothing stands there; null is an empty field of a section that was given. */
function valueAt(stored: Stored, pointer: string): unknown {
  const [, section = '', ...path] = pointer.split('/');
  const given: unknown = stored[section as Correctable] ?? undefined;
  return path.reduce((found, key) => (isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined), given);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True when a field of the same shape stood there. */
function replace(target: unknown, path: readonly string[], value: unknown): boolean {
  const [key, ...rest] = path;
  if (key === undefined || FORBIDDEN_KEYS.includes(key) || !isRecord(target) || !Object.hasOwn(target, key)) {
    return false;
  }
  if (rest.length > 0) return replace(target[key], rest, value);
  if (!isLike(target[key], value)) return false;
  target[key] = value;
  return true;
}

/** The same keys and kinds of values; an empty field takes a text. */
function isLike(before: unknown, value: unknown): boolean {
  if (before === null || typeof before === 'string') return isText(value, before === '');
  if (Array.isArray(before)) return Array.isArray(value) && value.every((item) => typeof item === typeof before[0]);
  if (!isRecord(before) || !isRecord(value)) return typeof before === typeof value;
  const keys = Object.keys(before);
  return keys.length === Object.keys(value).length && keys.every((key) => isLike(before[key], value[key]));
}

const isText = (value: unknown, mayBeEmpty: boolean): boolean =>
  typeof value === 'string' && value.length <= MOST_CHARACTERS && (mayBeEmpty || value !== '');
