import type { CaseRecord } from '../cases/case-record';

const PAGE = 50;

/** As two of the agencies name it. */
export interface ListQuery {
  from?: string;
  to?: string;
  after?: string;
}

export interface Page<F> {
  records: CaseRecord<F>[];
  /** Names the last of these; null where nothing follows. */
  next: string | null;
}

/** A page of what changed, oldest change first. */
export function pageAfter<F>(records: readonly CaseRecord<F>[], after: string | undefined): Page<F> {
  const placed = records.map((record) => ({ record, place: placeOf(record) }));
  const rest = placed
    .filter(({ place }) => after === undefined || place > after)
    .sort((one, other) => (one.place < other.place ? -1 : 1));
  const page = rest.slice(0, PAGE);
  return {
    records: page.map(({ record }) => record),
    next: rest.length > PAGE ? (page.at(-1)?.place ?? null) : null,
  };
}

const placeOf = ({ changedAt, id }: CaseRecord<unknown>): string =>
  `${String(changedAt).padStart(14, '0')}-${id.padStart(10, '0')}`;

/** `yyyy-MM-dd HH:mm:ss` or its digits alone, of Asia/Shanghai, as epoch ms; null when it is none. */
export function readMoment(text: string | undefined): number | null {
  const digits = text?.replace(/[- :]/g, '') ?? '';
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(at) ? null : at;
}
