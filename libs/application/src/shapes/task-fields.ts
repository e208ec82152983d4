import { AGENCIES, TASK_KINDS } from '@birth/domain';
import { moment, oneOf, orNull, text, uuid } from '@birth/platform';

export const taskFields = {
  id: uuid(),
  kind: oneOf(TASK_KINDS),
  reason: text(),
  agency: orNull(oneOf(AGENCIES)),
  officeCode: orNull(text()),
  openedAt: moment(),
  dueAt: moment(),
};
