import { flag, list, moment, named, object, type Of, oneOf, text } from '@birth/platform';

export const EvidenceExportsShape = named(
  'EvidenceExports',
  object({
    exports: list(
      named(
        'EvidenceExport',
        object({
          takenAs: oneOf(['clerk', 'operator']),
          takenBy: text(),
          withBodies: flag(),
          digest: text(),
          takenAt: moment(),
        }),
      ),
    ),
  }),
);
export type EvidenceExportsView = Of<typeof EvidenceExportsShape>;
