import { CUSTODY_EVENTS, PAPER_KINDS } from '@birth/domain';
import { list, moment, named, object, oneOf, type Of, orNull, text, uuid, whole } from '@birth/platform';

export const PAPER_HOLDERS = ['family', 'office', 'post', 'nobody'] as const;

const HolderShape = named(
  'PaperHolder',
  object({ kind: oneOf(PAPER_HOLDERS), officeCode: orNull(text()), name: text('For people') }),
);
export type PaperHolder = Of<typeof HolderShape>;

/** Who has a paper of the step since when, where it goes next and by when. */
export const CustodyShape = named(
  'PaperCustody',
  object({
    paperId: uuid(),
    kind: oneOf(PAPER_KINDS),
    name: text(),
    holder: HolderShape,
    since: moment(),
    goesTo: orNull(HolderShape),
    dueAt: orNull(moment()),
    edition: whole(),
    version: whole(),
    hint: orNull(text('What to do now, for people')),
  }),
);
export type CustodyView = Of<typeof CustodyShape>;

const PaperEventShape = named(
  'PaperEvent',
  object({
    seq: whole(),
    event: oneOf(CUSTODY_EVENTS),
    by: HolderShape,
    from: HolderShape,
    to: HolderShape,
    at: moment(),
    waybill: orNull(text()),
  }),
);

export const PaperTrailShape = named(
  'PaperTrail',
  object({
    paperId: uuid(),
    newbornIndex: whole(),
    kind: oneOf(PAPER_KINDS),
    name: text(),
    openedAt: moment(),
    events: list(PaperEventShape),
  }),
);
export type PaperTrailView = Of<typeof PaperTrailShape>;
export const PaperTrailsShape = named('PaperTrails', object({ items: list(PaperTrailShape) }));
export type PaperTrails = Of<typeof PaperTrailsShape>;

export const PaperMovedShape = named(
  'PaperMoved',
  object({ paperId: uuid(), event: oneOf(CUSTODY_EVENTS), version: whole() }),
);
export type PaperMoved = Of<typeof PaperMovedShape>;
