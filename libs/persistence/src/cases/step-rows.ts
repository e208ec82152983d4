import type { CaseWrite, StepEventRow, TaskWrite, WorkWrite } from '@birth/application';
import { DEMAND_TASKS, type StepRecord, type WorkKind } from '@birth/domain';
import type { Statement } from '../batch';
import { type Columns, moment, replacing, rowWriter } from './row-writer';

const STEP_IDENTITY: Columns<StepRecord> = [
  ['id', (step) => step.id],
  ['application_id', (_, caseId) => caseId],
  ['newborn_index', (step) => step.newbornIndex],
  ['code', (step) => step.code],
  ['qualifier', (step) => step.qualifier],
  ['agency', (step) => step.agency],
];

const STEP_STANDING: Columns<StepRecord> = [
  ['office_code', (step) => step.officeCode],
  ['office_kind', (step) => step.officeKind],
  ['accepting_office', (step) => step.acceptingOffice],
  ['assigned_from', (step) => step.assignedFrom],
  ['duty', (step) => step.duty],
  ['coordinated_check', (step) => step.coordinatedCheck],
  ['channel', (step) => step.channel],
  ['mode', (step) => step.mode],
  ['route', (step) => step.route],
  ['papers', (step) => step.papers],
  ['state', (step) => step.state],
  ['reason', (step) => step.reason],
  ['owner', (step) => step.owner],
  ['holds', (step) => step.holds],
  ['basis', (step) => step.basis],
  ['insured', (step) => step.insured],
  ['generation', (step) => step.generation],
  ['sent_generation', (step) => step.sentGeneration],
  ['has_receipt', (step) => step.hasReceipt],
  ['delivered_at', (step) => moment(step.deliveredAt)],
  ['source', (step) => step.source],
  ['promise', (step) => step.promise],
  ['promised_on', (step) => step.promisedOn],
  ['statutory', (step) => step.statutory],
  ['last_answer_order', (step) => step.lastAnswerOrder],
  ['correction_due_at', (step) => moment(step.correctionDueAt)],
  ['withdrawal_requested_at', (step) => moment(step.withdrawalRequestedAt)],
  ['timers_fired_until', (step) => moment(step.timersFiredUntil)],
  ['version', (step) => step.version],
];

export const putStep = rowWriter<StepRecord>(
  'step',
  [...STEP_IDENTITY, ...STEP_STANDING],
  replacing('id', STEP_STANDING, ', updated_at = now()'),
);

const WORK_STANDING: Columns<WorkWrite> = [
  ['queue', (row) => row.queue],
  ['due_at', (row) => moment(row.dueAt)],
  ['generation', (row) => row.generation],
  ['attempts', (row) => row.attempts],
  ['failures', (row) => row.failures],
  ['maybe_sent', (row) => row.maybeSent],
  ['lease_token', (row) => row.leaseToken],
  ['lease_until', (row) => moment(row.leaseUntil)],
  ['priority', (row) => row.priority],
];

/** Answers with the wake-up number that the row has from now on; 0 stands for "keeps the one it has". */
export const putWork = rowWriter<WorkWrite>(
  'work',
  [
    ['step_id', (row) => row.stepId],
    ['kind', (row) => row.kind],
    ['application_id', (_, caseId) => caseId],
    ['offer', (row) => row.renewOffer, (place) => `case when ${place} then nextval('work_offer') else 0 end`],
    ...WORK_STANDING,
  ],
  `${replacing('step_id, kind', WORK_STANDING, ', offer = case when excluded.offer = 0 then work.offer else excluded.offer end')}
    returning step_id as "stepId", kind, queue, offer::text as offer, priority`,
);

export const dropWork = ({ stepId, kind }: { stepId: string; kind: WorkKind }): Statement => ({
  name: 'drop_work',
  text: 'delete from work where step_id = $1 and kind = $2',
  values: [stepId, kind],
});

export const putEvent = rowWriter<StepEventRow>('step_event', [
  ['application_id', (_, caseId) => caseId],
  ['seq', (event) => event.seq],
  ['step_id', (event) => event.stepId],
  ['newborn_index', (event) => event.newbornIndex],
  ['type', (event) => event.type],
  ['from_state', (event) => event.fromState],
  ['to_state', (event) => event.toState],
  ['reason', (event) => event.reason],
  ['actor', (event) => event.actor],
  ['actor_id', (event) => event.actorId],
  ['detail', (event) => event.detail],
  ['at', (event) => moment(event.at)],
  ['previous_hash', (event) => event.previousHash],
  ['hash', (event) => event.hash],
]);

export type SealedTask = Omit<TaskWrite, 'payload'> & {
  payload: Buffer | null;
  generation: number | null;
  openedAt: number;
};

/** An open task of the same step, kind and reason stays the one. */
export const putTask = rowWriter<SealedTask>(
  'human_task',
  [
    ['id', (task) => task.id],
    ['application_id', (_, caseId) => caseId],
    ['step_id', (task) => task.stepId],
    ['generation', (task) => task.generation],
    ['kind', (task) => task.kind],
    ['reason', (task) => task.reason],
    ['agency', (task) => task.agency],
    ['office_code', (task) => task.officeCode],
    ['payload', (task) => task.payload],
    ['opened_at', (task) => moment(task.openedAt)],
    ['due_at', (task) => moment(task.dueAt)],
  ],
  'on conflict do nothing',
);

/** What is open goes with the step, but for a demand, which stays with the office that made it; a coordinator's is of none. */
export const moveTasks = ({ id, officeCode }: StepRecord, caseId: string): Statement => ({
  name: 'move_tasks',
  text: `update human_task set office_code = $3
    where application_id = $1 and step_id = $2 and office_code is not null and closed_at is null
      and kind <> all ($4)`,
  values: [caseId, id, officeCode, DEMAND_TASKS],
});

export const closeTasks = (
  { stepId, kinds }: CaseWrite['closeTasks'][number],
  caseId: string,
  now: number,
): Statement => ({
  name: 'close_tasks',
  text: `update human_task set closed_at = $4
    where application_id = $1 and step_id = $2 and kind = any ($3) and closed_at is null`,
  values: [caseId, stepId, kinds, moment(now)],
});
