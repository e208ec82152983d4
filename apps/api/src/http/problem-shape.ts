import { list, moment, named, object, type Of, optional, text, uuid, whole } from '@birth/platform';

/** RFC 9457, with the members that are ours. */
export const ProblemShape = named(
  'Problem',
  object({
    type: text('urn:birth-one-thing:problem:<code>'),
    title: text('In the language asked for'),
    status: whole(),
    code: text('Stable; what programs decide by'),
    detail: text('What to do'),
    instance: text('Names this occurrence in our logs'),
    errors: optional(
      list(
        object({
          pointer: text('RFC 6901, into the request body'),
          code: text('Stable'),
          message: text('For people; never a value that was sent'),
        }),
      ),
    ),
    applicationId: optional(uuid()),
    caseNumber: optional(text('case_open: the caller’s own case')),
    id: optional(text('fertility_declared_before: the caller’s own declaration')),
    office: optional(object({ name: optional(text()), phone: optional(text()) })),
    version: optional(whole()),
    expectedNumber: optional(whole()),
    givenNumber: optional(whole()),
    from: optional(moment()),
    state: optional(text('version_conflict: the present state')),
  }),
);
export type ProblemBody = Of<typeof ProblemShape>;
