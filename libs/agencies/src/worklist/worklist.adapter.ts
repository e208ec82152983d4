import type { AgencyAdapter, AgencyAnswer, SectionName, SubmissionRequest } from '@birth/application';
import type { AgencyCode } from '@birth/domain';

/**
 * An agency (or one of its offices) without an interface: its staff take the task and answer it. The task is ours, so it
 * honours the key (class A) and needs no query. It shows what the agency's own interface would have carried.
 */
export class WorklistAdapter<S extends SectionName = SectionName> implements AgencyAdapter<S> {
  readonly agencyClass = 'A';
  readonly channel = 'worklist';

  constructor(
    readonly agency: AgencyCode,
    readonly sections: readonly S[],
  ) {}

  submit(): Promise<AgencyAnswer> {
    return Promise.resolve({ kind: 'accepted', detail: 'delivered' });
  }

  taskPayload({ sections, mode, code, qualifier, earlierReceipt }: SubmissionRequest<S>): unknown {
    return { code, qualifier, mode, earlierReceipt, ...sections };
  }
}
