import { STEP_CODES } from '@birth/domain';
import { anything, list, named, object, oneOf, type Of, orNull, text, uuid, whole } from '@birth/platform';
import { taskFields } from './task-fields';

export const MessageTakenShape = named('MessageTaken', object({ outcome: oneOf(['taken', 'duplicate', 'kept']) }));
export const NotificationTakenShape = named(
  'NotificationTaken',
  object({
    outcome: oneOf(['stored', 'duplicate']),
    recordIds: list(uuid()),
    records: list(
      named('StoredBirthRecord', object({ id: uuid(), outcome: oneOf(['stored', 'replaced', 'data_mismatch']) })),
    ),
  }),
);
export const WorklistPageShape = named(
  'WorklistPage',
  object({
    items: list(
      named(
        'WorklistTask',
        object({
          ...taskFields,
          taskId: uuid(),
          stepId: uuid(),
          code: oneOf(STEP_CODES),
          qualifier: text('Which one of several of that code, such as the year of a payment; else empty'),
          key: uuid(),
          generation: whole(),
          caseNumber: text(),
          payload: anything(),
        }),
      ),
    ),
    nextCursor: orNull(uuid()),
  }),
);
export type WorklistPage = Of<typeof WorklistPageShape>;
