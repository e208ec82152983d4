import type { OpenTask } from '@birth/application';

export interface TaskRow {
  id: string;
  step_id: string | null;
  kind: OpenTask['kind'];
  reason: string;
  agency: OpenTask['agency'];
  office_code: string | null;
  opened_at: string;
  due_at: string;
}

export const openTask = (row: TaskRow): OpenTask => ({
  id: row.id,
  stepId: row.step_id,
  kind: row.kind,
  reason: row.reason,
  agency: row.agency,
  officeCode: row.office_code,
  openedAt: Number(row.opened_at),
  dueAt: Number(row.due_at),
});
