import {
  type ClerkScope,
  type ClerkStepFilter,
  type ClerkStepSearch,
  coversCounty,
  isUnlimited,
} from '@birth/application';
import { addDays } from '@birth/standards';

/** Collects conditions with their parameters; no value is ever written into the text. */
export class Where {
  readonly values: unknown[] = [];
  private readonly conditions: string[] = [];

  /** The number of a parameter with this value, as SQL names it. */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  add(condition: (parameter: string) => string, value: unknown): void {
    this.conditions.push(condition(this.parameter(value)));
  }

  raw(condition: string): void {
    this.conditions.push(condition);
  }

  get text(): string {
    return this.conditions.map((condition) => ` and ${condition}`).join('');
  }
}

/** The same limits as isInScope() has, in SQL. */
export function addScope(where: Where, scope: ClerkScope): void {
  const { agencies, offices, regions } = scope;
  if (!isUnlimited(agencies)) where.add((p) => `s.agency = any (${p})`, agencies);
  if (!isUnlimited(offices)) where.add((p) => `s.office_code = any (${p})`, offices);
  if (!coversCounty({ regions })) where.raw('false');
}

/**
 * A table `found` of what a clerk looks for. Every open step has its DEADLINE row: it starts there, so it does not grow
 * with the cases that are finished.
 */
export function openSteps({ scope, filter, lights }: ClerkStepSearch): { text: string; values: unknown[] } {
  const where = new Where();
  const { light, overallLight, breaches } = lightsIn(where, lights);
  addScope(where, scope);
  addFilter(where, filter, lights.today);
  const isLit = (column: string, wanted: string | undefined): string =>
    wanted === undefined ? '' : ` and ${column} = ${where.parameter(wanted)}`;
  const lit = isLit('light', filter.light) + isLit('overall_light', filter.overallLight);
  const text = `with open as (
      select s.id, s.application_id, a.case_number, s.newborn_index, s.code, s.agency, s.office_code,
        nullif(s.duty ->> 'with', 'office') as overdue_with, s.state, s.reason,
        s.owner, s.version, s.promised_on::text, s.statutory ->> 'safeAt' as safe_at, s.updated_at as updated,
        ${light} as light, a.overall_promise ->> 'promisedOn' as overall_promised_on, ${overallLight} as overall_light,
        ${breaches}
      from work d join step s on s.id = d.step_id join application a on a.id = s.application_id
        join newborn n on n.application_id = s.application_id and n.index = s.newborn_index
      where d.kind = 'DEADLINE'${where.text}
    ), found as (select * from open where true${lit})`;
  return { text, values: where.values };
}

/** lightOf(), overallLight() and isBreached() in SQL: dates are compared, nothing is counted. */
function lightsIn(where: Where, { today, promise, born, overall }: ClerkStepSearch['lights']) {
  const day = `${where.parameter(today)}::date`;
  // promiseKey() in SQL
  const key = `case when s.code = 'delivery' and s.qualifier = 'social_security_card' then 'card_delivery' else s.code end`;
  const near = `(${where.parameter(JSON.stringify(promise))}::jsonb ->> ${key})::date`;
  const old = `(${where.parameter(JSON.stringify(born))}::jsonb ->> (s.statutory ->> 'rule'))::date`;
  const isPromised = `(s.promise is not null and s.promise ->> 'pausedOn' is null)`;
  const isLimited = `(s.statutory is not null and s.statutory ->> 'metAt' is null)`;
  const isLate = `(s.statutory ->> 'lateOnArrival')::boolean`;
  const isPast = `(${isPromised} and s.promised_on < ${day})`;
  const whole = wholeIn(day, `${where.parameter(overall)}::date`);
  return {
    light: `case
      when ${isPast} or (${isLimited} and (s.statutory ->> 'safeAt')::date <= ${day}) then 'red'
      when (${isPromised} and s.promised_on <= ${near}) or (${isLimited} and n.born_on <= ${old}) then 'yellow'
      else 'green' end`,
    overallLight: whole.light,
    breaches: `${isPast} as past_promise, ${whole.isPast} as past_overall,
        (${isLimited} and not ${isLate} and (s.statutory ->> 'dueAt')::date < ${day}) as past_limit,
        (${isLimited} and ${isLate}) as late_on_arrival`,
  };
}

function wholeIn(day: string, near: string): { light: string; isPast: string } {
  const isOver = `(a.overall_promise is null or a.overall_promise ->> 'endedOn' is not null)`;
  const isPaused = `a.overall_promise ->> 'pausedOn' is not null`;
  const promisedOn = `(a.overall_promise ->> 'promisedOn')::date`;
  return {
    light: `case when ${isOver} then null when ${isPaused} then 'green' when ${promisedOn} < ${day} then 'red'
        when ${promisedOn} <= ${near} then 'yellow' else 'green' end`,
    isPast: `(not ${isOver} and not ${isPaused} and ${promisedOn} < ${day})`,
  };
}

function addFilter(where: Where, filter: ClerkStepFilter, today: string): void {
  const { state, agency, office: office_code, owner, code, minAgeDays } = filter;
  for (const [column, value] of Object.entries({ state, agency, office_code, owner, code })) {
    if (value !== undefined) where.add((p) => `s.${column} = ${p}`, value);
  }
  if (minAgeDays !== undefined) where.add((p) => `n.born_on <= ${p}::date`, addDays(today, -minAgeDays));
}
