/** Papers whose way matters (domain: 出生医学证明 has a 正页 for the parents and a 副页 that the police keep for ever). */
export const PAPER_KINDS = [
  'certificate_main',
  'certificate_copy',
  'household_book',
  'household_page',
  'vaccination_book',
  'card',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** What can happen to a paper; appended, never changed. */
export const CUSTODY_EVENTS = ['handed_over', 'posted', 'received', 'cut', 'page_printed', 'returned', 'lost'] as const;
export type CustodyEvent = (typeof CUSTODY_EVENTS)[number];

/** When the police want to see the certificate itself: before they register, when the family fetches the page, or never. */
export const HOUSEHOLD_PAPER = ['original_first', 'at_pickup', 'none'] as const;
export type HouseholdPaper = (typeof HOUSEHOLD_PAPER)[number];

/** A parcel is paid by who gets it (到付), or by the county. */
export const POSTAGE_PAYERS = ['recipient', 'county'] as const;
export type PostagePayer = (typeof POSTAGE_PAYERS)[number];

export const FAMILY = 'family';
export const POST = 'post';
export const NOBODY = 'nobody';
/** `family`, or an office by its code. */
export type Party = string;

export interface PaperRecord {
  id: string;
  kind: PaperKind;
  /** The step that needs it or hands it out: limits ride on its DEADLINE. */
  stepId: string;
  /** Who made it, and makes it again where it is lost. */
  issuer: Party;
  /** Who has it: a party, the post, or nobody (lost). */
  holder: Party;
  since: number;
  /** Who had it before: where a parcel comes back to. */
  from: Party | null;
  /** Where it goes from here, one after the other; empty where it belongs. */
  route: readonly Party[];
  /** What an office does to it before it goes on. */
  work: { what: 'cut' | 'page_printed'; at: Party } | null;
  /** Rises when a lost paper is made again. */
  edition: number;
  /** Papers of one parcel travel together. */
  parcel: string | null;
  /** Where it should be further by; null where nobody waits for it. */
  dueAt: number | null;
  /** Number of its events: what an expected version is compared with. */
  version: number;
}

/** One line of a paper's history. Codes only: a waybill is sealed where it is kept. */
export interface CustodyEntry {
  paperId: string;
  /** From one, without a gap. */
  seq: number;
  event: CustodyEvent;
  by: Party;
  from: Party;
  to: Party;
  edition: number;
  at: number;
}

export const isOffice = (party: Party): boolean => party !== FAMILY && party !== POST && party !== NOBODY;
