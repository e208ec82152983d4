/** Functions that store, and decide nothing. */
const MS = `create function ms(t timestamptz) returns bigint language sql stable parallel safe as
  $$ select round(date_part('epoch', t) * 1000)::bigint $$`;
const AT = `create function at_ms(v jsonb) returns timestamptz language sql immutable parallel safe as
  $$ select case when v is null or v = 'null'::jsonb then null else to_timestamp((v #>> '{}')::double precision / 1000) end $$`;

const PUT_STEPS = `create function put_steps(p_application uuid, p jsonb) returns void language sql as $$
  insert into step (id, application_id, newborn_index, code, qualifier, agency, office_code, office_kind, channel, mode,
    route, papers, state, reason, owner, holds, basis, generation, sent_generation, has_receipt, source, promise,
    promised_on, statutory, last_answer_order, correction_due_at, withdrawal_requested_at, timers_fired_until, version)
  select (j ->> 'id')::uuid, p_application, (j ->> 'newbornIndex')::smallint, j ->> 'code', j ->> 'qualifier',
    j ->> 'agency', j ->> 'officeCode', j ->> 'officeKind', j ->> 'channel', j ->> 'mode', j ->> 'route',
    array(select jsonb_array_elements_text(j -> 'papers')), j ->> 'state', j ->> 'reason', j ->> 'owner',
    array(select jsonb_array_elements_text(j -> 'holds')), j ->> 'basis', (j ->> 'generation')::int,
    (j ->> 'sentGeneration')::int, (j ->> 'hasReceipt')::boolean, j ->> 'source', nullif(j -> 'promise', 'null'),
    (j ->> 'promisedOn')::date, nullif(j -> 'statutory', 'null'), (j ->> 'lastAnswerOrder')::double precision,
    at_ms(j -> 'correctionDueAt'), at_ms(j -> 'withdrawalRequestedAt'), at_ms(j -> 'timersFiredUntil'),
    (j ->> 'version')::int
  from jsonb_array_elements(p) j
  on conflict (id) do update set office_code = excluded.office_code, office_kind = excluded.office_kind,
    channel = excluded.channel, mode = excluded.mode, route = excluded.route, papers = excluded.papers,
    state = excluded.state, reason = excluded.reason, owner = excluded.owner, holds = excluded.holds,
    basis = excluded.basis, generation = excluded.generation, sent_generation = excluded.sent_generation,
    has_receipt = excluded.has_receipt, source = excluded.source, promise = excluded.promise,
    promised_on = excluded.promised_on, statutory = excluded.statutory,
    last_answer_order = excluded.last_answer_order, correction_due_at = excluded.correction_due_at,
    withdrawal_requested_at = excluded.withdrawal_requested_at, timers_fired_until = excluded.timers_fired_until,
    version = excluded.version, updated_at = now() $$`;

/** offer 0 stands for "keeps the one it has". */
const PUT_WORK = `create function put_work(p_application uuid, p jsonb) returns jsonb language sql as $$
  with put as (
    insert into work (step_id, kind, application_id, queue, due_at, offer, generation, attempts, failures, maybe_sent,
      lease_token, lease_until, priority)
    select (j ->> 'stepId')::uuid, j ->> 'kind', p_application, j ->> 'queue', at_ms(j -> 'dueAt'),
      case when (j ->> 'renewOffer')::boolean then nextval('work_offer') else 0 end,
      (j ->> 'generation')::int, (j ->> 'attempts')::int, (j ->> 'failures')::int, (j ->> 'maybeSent')::boolean,
      (j ->> 'leaseToken')::uuid, at_ms(j -> 'leaseUntil'), (j ->> 'priority')::smallint
    from jsonb_array_elements(p) j
    on conflict (step_id, kind) do update set queue = excluded.queue, due_at = excluded.due_at,
      offer = case when excluded.offer = 0 then work.offer else excluded.offer end,
      generation = excluded.generation, attempts = excluded.attempts, failures = excluded.failures,
      maybe_sent = excluded.maybe_sent, lease_token = excluded.lease_token, lease_until = excluded.lease_until,
      priority = excluded.priority
    returning step_id, kind, queue, offer, priority)
  select coalesce(jsonb_agg(jsonb_build_object('stepId', step_id, 'kind', kind, 'queue', queue, 'offer', offer::text,
    'priority', priority)), '[]') from put $$`;

const PUT_EVENTS = `create function put_events(p_application uuid, p jsonb) returns void language sql as $$
  insert into step_event (application_id, seq, step_id, newborn_index, type, from_state, to_state, reason, actor,
    actor_id, detail, at, previous_hash, hash)
  select p_application, (j ->> 'seq')::int, (j ->> 'stepId')::uuid, (j ->> 'newbornIndex')::smallint, j ->> 'type',
    j ->> 'fromState', j ->> 'toState', j ->> 'reason', j ->> 'actor', j ->> 'actorId', j -> 'detail',
    at_ms(j -> 'at'), decode(j ->> 'previousHash', 'base64'), decode(j ->> 'hash', 'base64')
  from jsonb_array_elements(p) j $$`;

const PUT_TASKS = `create function put_tasks(p_application uuid, p jsonb, p_now timestamptz) returns void language sql as $$
  insert into human_task (id, application_id, step_id, generation, kind, reason, agency, office_code, payload, opened_at, due_at)
  select (j ->> 'id')::uuid, p_application, (j ->> 'stepId')::uuid, (j ->> 'generation')::int, j ->> 'kind',
    j ->> 'reason', j ->> 'agency', j ->> 'officeCode', decode(j ->> 'payload', 'base64'), p_now, at_ms(j -> 'dueAt')
  from jsonb_array_elements(p) j on conflict do nothing $$`;

const PUT_SEALED = `create function put_sealed(p_application uuid, p jsonb) returns void language plpgsql as $$
begin
  if p ? 'sections' then
    insert into form_section (application_id, newborn_index, section, sealed)
    select p_application, (j ->> 'newbornIndex')::smallint, j ->> 'section', decode(j ->> 'sealed', 'base64')
    from jsonb_array_elements(p -> 'sections') j
    on conflict (application_id, newborn_index, section) do update set sealed = excluded.sealed;
  end if;
  if p ? 'secrets' then
    insert into step_secret (step_id, receipt, earlier_receipt, agency_text)
    select (j ->> 'stepId')::uuid, decode(j ->> 'receipt', 'base64'), decode(j ->> 'earlierReceipt', 'base64'),
      decode(j ->> 'agencyText', 'base64') from jsonb_array_elements(p -> 'secrets') j
    on conflict (step_id) do update set receipt = excluded.receipt, earlier_receipt = excluded.earlier_receipt,
      agency_text = excluded.agency_text;
  end if;
  if p ? 'exchanges' then
    insert into exchange (id, application_id, step_id, generation, direction, method, path, status, started_at,
      duration_ms, agency_ms, bodies)
    select (j ->> 'id')::uuid, p_application, (j ->> 'stepId')::uuid, (j ->> 'generation')::int, j ->> 'direction',
      j ->> 'method', j ->> 'path', (j ->> 'status')::int, at_ms(j -> 'startedAt'), (j ->> 'durationMs')::int,
      (j ->> 'agencyMs')::real,
      decode(j ->> 'bodies', 'base64') from jsonb_array_elements(p -> 'exchanges') j;
  end if;
  if p ? 'newbornTokens' then
    insert into lookup_token (kind, token, application_id)
    select 'newborn', decode(t, 'base64'), p_application
    from jsonb_array_elements_text(p -> 'newbornTokens') t order by t on conflict do nothing;
  end if;
  if p ? 'receiptTokens' then
    insert into lookup_token (kind, token, application_id, step_id, generation)
    select j ->> 'kind', decode(j ->> 'token', 'base64'), p_application, (j ->> 'stepId')::uuid, (j ->> 'generation')::int
    from jsonb_array_elements(p -> 'receiptTokens') j on conflict do nothing;
  end if;
end $$`;

/** Records that newborns use from now on; a mother who confirmed before shares them with the father. */
const TAKE_RECORDS = `create function take_records(p_application uuid, p jsonb) returns void language sql as $$
  update newborn n set birth_record_id = (j ->> 'recordId')::uuid from jsonb_array_elements(p) j
  where n.application_id = p_application and n.index = (j ->> 'newbornIndex')::smallint;
  update birth_record r set application_id = p_application, father_token = coalesce((select c.shares_with from consent c
    where c.application_id = p_application and c.parent = 'mother' and c.state = 'agreed'), r.father_token)
  where r.id in (select (j ->> 'recordId')::uuid from jsonb_array_elements(p) j) $$`;

/** What parents were asked and said; a mother's word also opens the records that her case uses already. */
const PUT_PEOPLE = `create function put_people(p_application uuid, p jsonb, p_now timestamptz) returns void language plpgsql as $$
begin
  if p ? 'answers' then
    update consent c set state = j ->> 'answer', answered_at = p_now, answered_by = j ->> 'subject', via = j ->> 'via',
      reason = decode(j ->> 'reason', 'base64'), shares_with = decode(j ->> 'sharesWith', 'base64')
    from jsonb_array_elements(p -> 'answers') j where c.id = (j ->> 'id')::uuid and c.application_id = p_application;
    update birth_record r set father_token = decode(j ->> 'sharesWith', 'base64')
    from jsonb_array_elements(p -> 'answers') j
    where r.application_id = p_application and j ->> 'sharesWith' is not null;
  end if;
  if p ? 'requests' then
    update consent c set state = 'replaced' from jsonb_array_elements(p -> 'requests') j
    where c.application_id = p_application and c.parent = j ->> 'parent' and c.state <> 'replaced';
    insert into consent (id, application_id, parent, parent_token, purposes, state, token, asked_at, expires_at)
    select (j ->> 'id')::uuid, p_application, j ->> 'parent', decode(j ->> 'parentToken', 'base64'),
      array(select jsonb_array_elements_text(j -> 'purposes')), 'open', decode(j ->> 'token', 'base64'),
      at_ms(j -> 'askedAt'), at_ms(j -> 'expiresAt') from jsonb_array_elements(p -> 'requests') j;
  end if;
end $$`;

/** Stores one decision; returns the work rows written, with their wake-up numbers. */
const WRITE = `create function write_case(p_application uuid, p jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := at_ms(p -> 'now');
  v_hints jsonb := '[]';
begin
  update application set status = p ->> 'status', event_seq = (p ->> 'seq')::int,
    chain_head = decode(p ->> 'head', 'base64'),
    closed_at = case when (p ->> 'isClosed')::boolean then coalesce(closed_at, v_now) end
  where id = p_application;
  if p ? 'newborns' then
    update newborn n set born_on = (j ->> 'bornOn')::date, timers_fired_until = at_ms(j -> 'timersFiredUntil')
    from jsonb_array_elements(p -> 'newborns') j
    where n.application_id = p_application and n.index = (j ->> 'index')::smallint;
  end if;
  if p ? 'steps' then perform put_steps(p_application, p -> 'steps'); end if;
  if p ? 'dropWork' then
    delete from work w using jsonb_array_elements(p -> 'dropWork') j
    where w.step_id = (j ->> 'stepId')::uuid and w.kind = j ->> 'kind';
  end if;
  if p ? 'work' then v_hints := put_work(p_application, p -> 'work'); end if;
  if p ? 'events' then perform put_events(p_application, p -> 'events'); end if;
  if p ? 'closeTasks' then
    update human_task t set closed_at = v_now from jsonb_array_elements(p -> 'closeTasks') j
    where t.application_id = p_application and t.step_id = (j ->> 'stepId')::uuid and t.closed_at is null
      and t.kind = any (array(select jsonb_array_elements_text(j -> 'kinds')));
  end if;
  if p ? 'tasks' then perform put_tasks(p_application, p -> 'tasks', v_now); end if;
  if p ? 'people' then perform put_people(p_application, p -> 'people', v_now); end if;
  if p ? 'takenRecords' then perform take_records(p_application, p -> 'takenRecords'); end if;
  if p ? 'sealed' then perform put_sealed(p_application, p -> 'sealed'); end if;
  if (p ->> 'releaseTokens')::boolean then
    delete from lookup_token where application_id = p_application and kind = 'newborn';
  end if;
  return v_hints;
end $$`;

/** First half of a filing: once row, newborn tokens in sorted order, the number of the day. Inserts nothing else. */
const FILE_BEGIN = `create function file_begin(p jsonb) returns jsonb language plpgsql as $$
declare
  v_holder jsonb;
  v_wanted int;
  v_taken int;
begin
  insert into idempotency_record (subject_hash, route, key_hmac, body_hmac)
  values (decode(p ->> 'subjectHash', 'base64'), p ->> 'route', decode(p ->> 'keyHmac', 'base64'),
    decode(p ->> 'bodyHmac', 'base64')) on conflict do nothing;
  if not found then return jsonb_build_object('outcome', 'known'); end if;
  select count(*) into v_wanted from jsonb_array_elements_text(p -> 'tokens');
  with taken as (
    insert into lookup_token (kind, token, application_id)
    select 'newborn', decode(t, 'base64'), (p ->> 'applicationId')::uuid
    from jsonb_array_elements_text(p -> 'tokens') t order by t on conflict do nothing returning 1)
  select count(*) into v_taken from taken;
  if v_taken < v_wanted then
    select jsonb_build_object('applicationId', a.id, 'caseNumber', a.case_number, 'subject', a.applicant_subject)
    into v_holder from lookup_token l join application a on a.id = l.application_id
    where l.kind = 'newborn' and a.id <> (p ->> 'applicationId')::uuid
      and l.token in (select decode(t, 'base64') from jsonb_array_elements_text(p -> 'tokens') t) limit 1;
    return jsonb_build_object('outcome', 'duplicate', 'holder', v_holder);
  end if;
  return jsonb_build_object('outcome', 'free', 'sequence', nextval('case_sequence'));
end $$`;

const FILE_CASE = `create function file_case(p jsonb) returns jsonb language plpgsql as $$
declare
  v_id uuid := (p ->> 'id')::uuid;
begin
  insert into application (id, case_number, status, channel, applicant_subject, definition_version, filed_at, event_seq,
    chain_head, query_password_hash)
  values (v_id, p ->> 'caseNumber', p #>> '{write,status}', p ->> 'channel', p ->> 'subject', p ->> 'definitionVersion',
    at_ms(p -> 'filedAt'), 0, '', p ->> 'queryPasswordHash');
  insert into case_key (case_id, kek_id, wrapped) values (v_id, 'master', decode(p ->> 'wrapped', 'base64'));
  insert into newborn (application_id, index, born_on, birth_record_id, mother_token, timers_fired_until)
  select v_id, (j ->> 'index')::smallint, (j ->> 'bornOn')::date, (j ->> 'birthRecordId')::uuid,
    decode(j ->> 'motherToken', 'base64'), at_ms(j -> 'timersFiredUntil')
  from jsonb_array_elements(p -> 'newborns') j;
  update birth_record set application_id = v_id
  where id in (select (j ->> 'birthRecordId')::uuid from jsonb_array_elements(p -> 'newborns') j);
  update idempotency_record set response = decode(p ->> 'response', 'base64')
  where subject_hash = decode(p ->> 'subjectHash', 'base64') and route = p ->> 'route'
    and key_hmac = decode(p ->> 'keyHmac', 'base64');
  return write_case(v_id, p -> 'write');
end $$`;

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

export const FUNCTIONS_UP = [
  MS,
  AT,
  PUT_STEPS,
  PUT_WORK,
  PUT_EVENTS,
  PUT_TASKS,
  PUT_SEALED,
  TAKE_RECORDS,
  PUT_PEOPLE,
  WRITE,
  FILE_BEGIN,
  FILE_CASE,
  PARTITIONS,
  ...APPEND_ONLY,
];

export const FUNCTIONS_DOWN = [
  'drop trigger step_event_no_truncate on step_event',
  'drop trigger step_event_append_only on step_event',
  'drop function refuse_change()',
  'drop function make_partitions(int)',
  'drop function file_case(jsonb)',
  'drop function file_begin(jsonb)',
  'drop function write_case(uuid, jsonb)',
  'drop function take_records(uuid, jsonb)',
  'drop function put_people(uuid, jsonb, timestamptz)',
  'drop function put_sealed(uuid, jsonb)',
  'drop function put_tasks(uuid, jsonb, timestamptz)',
  'drop function put_events(uuid, jsonb)',
  'drop function put_work(uuid, jsonb)',
  'drop function put_steps(uuid, jsonb)',
  'drop function at_ms(jsonb)',
  'drop function ms(timestamptz)',
];
