import type { StepEventRow } from '@birth/application';

export interface EventRow {
  application_id: string;
  seq: number;
  step_id: string | null;
  newborn_index: number | null;
  type: string;
  from_state: StepEventRow['fromState'];
  to_state: StepEventRow['toState'];
  reason: StepEventRow['reason'];
  actor: StepEventRow['actor'];
  actor_id: string | null;
  detail: StepEventRow['detail'];
  at: string;
  previous_hash: Buffer;
  hash: Buffer;
}

export const toEvent = (row: EventRow): StepEventRow => ({
  seq: row.seq,
  stepId: row.step_id,
  newbornIndex: row.newborn_index,
  type: row.type,
  fromState: row.from_state,
  toState: row.to_state,
  reason: row.reason,
  actor: row.actor,
  actorId: row.actor_id,
  detail: row.detail,
  at: Number(row.at),
  previousHash: row.previous_hash,
  hash: row.hash,
});
