/** Functions that store, and decide nothing. */
const MS = `create function ms(t timestamptz) returns bigint language sql stable parallel safe as
  $$ select round(date_part('epoch', t) * 1000)::bigint $$`;

const PARTITIONS = `create function make_partitions(p_months int) returns void language plpgsql as $$
declare
  v_from date;
  v_table text;
begin
  foreach v_table in array array['step_event', 'exchange'] loop
    for i in 0 .. p_months loop
      v_from := (date_trunc('month', now()) + make_interval(months => i))::date;
      execute format('create table if not exists %I partition of %I for values from (%L) to (%L)',
        v_table || '_' || to_char(v_from, 'YYYYMM'), v_table, v_from::timestamptz, (v_from + interval '1 month')::timestamptz);
    end loop;
  end loop;
end $$`;

const APPEND_ONLY = [
  `create function refuse_change() returns trigger language plpgsql as $$
   begin raise exception 'history is append-only' using errcode = 'insufficient_privilege'; end $$`,
  `create trigger step_event_append_only before update or delete on step_event
   for each row execute function refuse_change()`,
  `create trigger step_event_no_truncate before truncate on step_event for each statement execute function refuse_change()`,
];

export const FUNCTIONS_UP = [MS, PARTITIONS, ...APPEND_ONLY];

export const FUNCTIONS_DOWN = [
  'drop trigger step_event_no_truncate on step_event',
  'drop trigger step_event_append_only on step_event',
  'drop function refuse_change()',
  'drop function make_partitions(int)',
  'drop function ms(timestamptz)',
];
