import { checkCorrection, type Office } from '@birth/domain';
import type { DossierSections, SectionName } from '../ports/dossier';
import type { SectionWrite } from '../ports/case-store';

/** Sections that a family may correct; what the hospital owns is corrected at the hospital (P3). */
const CORRECTABLE = [
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
const CASE_WIDE: readonly SectionName[] = ['mother', 'father', 'applicant'];
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];

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

/**
 * Answers a correction: each pointer lies within what was asked and replaces a field that exists with a value of the
 * same type, and the section keeps the rules of the form. Anything else is refused with its pointer.
 */
export function correctedSections(
  { fields, asked, newbornIndex, offices }: Correction,
  open: (sections: readonly Correctable[]) => Pick<DossierSections, Correctable>,
): CorrectionResult {
  const { changed, errors } = changedSections({ fields, asked }, open(CORRECTABLE));
  if (errors.length === 0) errors.push(...checkCorrection(Object.fromEntries(changed), offices));
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
  stored: Pick<DossierSections, Correctable>,
): { changed: Map<Correctable, unknown>; errors: { pointer: string; code: string }[] } {
  const changed = new Map<Correctable, unknown>();
  const errors: { pointer: string; code: string }[] = [];
  for (const [pointer, value] of Object.entries(fields)) {
    const [, section = '', ...path] = pointer.split('/');
    const target = isCorrectable(section) ? (changed.get(section) ?? structuredClone(stored[section])) : undefined;
    if (!isAsked(pointer, asked)) errors.push({ pointer, code: 'not_asked' });
    else if (target == null || !replace(target, path, value)) errors.push({ pointer, code: 'not_correctable' });
    else changed.set(section as Correctable, target);
  }
  if (Object.keys(fields).length === 0) errors.push({ pointer: '/fields', code: 'missing' });
  return { changed, errors };
}

const isAsked = (pointer: string, asked: readonly string[]): boolean =>
  asked.length === 0 || asked.some((field) => pointer === field || pointer.startsWith(`${field}/`));

const isCorrectable = (section: string): section is Correctable => (CORRECTABLE as readonly string[]).includes(section);

/** True when a field of the same type stood there. */
function replace(target: unknown, path: readonly string[], value: unknown): boolean {
  const [key, ...rest] = path;
  if (key === undefined || FORBIDDEN_KEYS.includes(key) || typeof target !== 'object' || target === null) return false;
  const record = target as Record<string, unknown>;
  if (!Object.hasOwn(record, key)) return false;
  if (rest.length > 0) return replace(record[key], rest, value);
  const before = record[key];
  if (before !== null && (typeof before !== typeof value || Array.isArray(before) !== Array.isArray(value))) {
    return false;
  }
  record[key] = value;
  return true;
}
