import type { AgencyAdapter, AgencyAnswer, DossierSections, SectionName, SubmissionRequest } from '@birth/application';
import type { AgencyCode, StepCode } from '@birth/domain';

const DELIVERY_SECTIONS = ['name', 'delivery'] as const;
type DeliverySections = Pick<DossierSections, (typeof DELIVERY_SECTIONS)[number]>;

/** Of the family's wishes the one that this office fulfils. */
function deliveryPayload({ name, delivery }: DeliverySections, document: string): unknown {
  return { code: 'delivery', qualifier: document, name, delivery: delivery.find((wish) => wish.document === document) };
}

/**
 * An agency (or one of its offices) without an interface: its staff take the task and answer it. The task is ours, so it
 * honours the key (class A) and needs no query. It shows what the agency's own interface would have carried.
 */
export class WorklistAdapter<S extends SectionName = SectionName> implements AgencyAdapter<S> {
  readonly agencyClass = 'A';

  constructor(
    readonly agency: AgencyCode,
    readonly sections: readonly S[],
    /** One by one, or in a file. */
    readonly channel: 'worklist' | 'batch' = 'worklist',
  ) {}

  /** What an office has made it has to hand out: nobody accepts that. */
  submit({ code }: SubmissionRequest<S>): Promise<AgencyAnswer> {
    return Promise.resolve(code === 'delivery' ? { kind: 'accepted' } : { kind: 'accepted', detail: 'delivered' });
  }

  /** Who hands out a document needs to know whose it is, and where it goes. */
  sectionsOf(code: StepCode): readonly SectionName[] {
    return code === 'delivery' ? DELIVERY_SECTIONS : this.sections;
  }

  taskPayload({ sections, mode, code, qualifier, earlierReceipt }: SubmissionRequest<S>): unknown {
    if (code === 'delivery') return deliveryPayload(sections as unknown as DeliverySections, qualifier);
    return { code, qualifier, mode, earlierReceipt, ...sections };
  }
}
