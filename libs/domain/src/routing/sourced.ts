import { isDate } from '@birth/standards';

/** Where a rule comes from, and on which days of filing it holds (both included; null: until it is changed). */
export interface Provenance {
  source: string;
  validFrom: string;
  validTo: string | null;
  /** Not confirmed by the county yet. */
  assumed: boolean;
}

export interface Sourced<T> extends Provenance {
  value: T;
}

/** A figure, or its successive values. */
export type Figure<T> = Sourced<T> | readonly Sourced<T>[];

export const isInForce = ({ validFrom, validTo }: Provenance, day: string): boolean =>
  validFrom <= day && (validTo === null || day <= validTo);

/** Throws unless every part of the provenance is there. */
export function checkProvenance(name: string, row: Partial<Provenance>): void {
  const { source, validFrom, validTo, assumed } = row;
  if (!source) throw new Error(`${name}: source is missing`);
  if (typeof validFrom !== 'string' || !isDate(validFrom)) throw new Error(`${name}: validFrom is not a date`);
  const isEnd = validTo === null || (typeof validTo === 'string' && isDate(validTo) && validTo >= validFrom);
  if (!isEnd) throw new Error(`${name}: validTo is neither null nor a date after validFrom`);
  if (typeof assumed !== 'boolean') throw new Error(`${name}: assumed is missing`);
}

/** The one value in force on a day; throws where none is, or two are. */
export function figureOn<T>(name: string, figure: Figure<T>, day: string): T {
  const all = Array.isArray(figure) ? (figure as readonly Sourced<T>[]) : [figure as Sourced<T>];
  const [found, second] = all.filter((one) => isInForce(one, day));
  if (found === undefined) throw new Error(`${name}: no value on ${day}`);
  if (second !== undefined) throw new Error(`${name}: two values on ${day}`);
  return found.value;
}
