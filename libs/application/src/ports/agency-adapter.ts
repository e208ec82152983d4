import type {
  AgencyCode,
  Channel,
  CustodyEvent,
  IdentityFact,
  InsuranceBasis,
  StepCode,
  StepMode,
} from '@birth/domain';
import type { DossierSections, SectionName, StepResults } from './dossier';

/** One request and its reply, kept as evidence; bodies are sealed where they are stored. */
export interface ExchangeRecord {
  direction: 'out' | 'in';
  method: string;
  /** Path without query; never with a person's data. */
  path: string;
  /** HTTP status; null when no reply came. */
  status: number | null;
  startedAt: number;
  durationMs: number;
  /** Of these, what the agency says that it took itself; null where it says nothing. */
  agencyMs?: number | null;
  /** Which key signed the request: ours on the way out, the agency's on the way in; null where none is agreed. */
  keyId?: string | null;
  /** Which key of the agency signed the reply; null where none is agreed, or none that we trust. */
  replyKeyId?: string | null;
  request: string;
  reply: string | null;
  /** As they went over the wire, where that is not the UTF-8 of the text (encrypted, another charset). */
  requestBytes?: Buffer;
  replyBytes?: Buffer;
}

export interface ExchangeSink {
  record(exchange: ExchangeRecord): void;
  /** Waits for this request's turn within the agency's agreed rate; throws AgencyUnavailable when none comes in time. */
  admit?(deadlineAt: number): Promise<void>;
}

/** engine: A honours a key · B can be queried · C has a natural key and answers "exists" · D neither. */
export type AgencyClass = 'A' | 'B' | 'C' | 'D';

export interface StepReference {
  stepId: string;
  code: StepCode;
  /** Which one of several steps of that code, such as the year of a payment; else empty. */
  qualifier: string;
  mode: StepMode;
  generation: number;
  /** UUIDv5(step id, generation): the same on every attempt of a generation. */
  key: string;
  /** The agency's number of this generation, once known. */
  receipt: string | null;
  /** The agency's number of an earlier generation: this one supplements that case. */
  earlierReceipt: string | null;
  officeCode: string;
  basis: InsuranceBasis | null;
  caseNumber: string;
  /** Every request and reply of this call goes here, failed ones too. */
  evidence: ExchangeSink;
}

export interface SubmissionRequest<S extends SectionName = SectionName> extends StepReference {
  /** Only the sections that the adapter named. */
  sections: Pick<DossierSections, S>;
  /** Every sub-call must end before this moment (epoch ms); none starts after it. */
  deadlineAt: number;
}

/** Order and time as the agency states them; both optional, arrival orders what lacks them. */
interface Stated {
  /** The agency's own time of the answer, epoch ms. */
  occurredAt?: number;
  /** The agency's own sequence within this step, where it has one. */
  sequence?: number;
  /** The agency's number (回执号). */
  receipt?: string;
  /** What has become of the step's papers so far, in this order. */
  papers?: readonly CustodyEvent[];
  /** Of the parcel that it posted. */
  waybill?: string;
  /** The agency's own code, as its dictionary names it: `<field>=<code>`. */
  code?: string;
}

/** Where a text is empty, or a correction names no field, the dictionary's words and fields of `code` stand in. */
export type AgencyAnswer = Stated &
  (
    | { kind: 'accepted'; detail?: 'delivered' | 'in_progress' | 'waiting_for_paper' | 'verifying' }
    | {
        kind: 'completed';
        results: StepResults;
        /** It was there before this request, and is not of its making (policy P14). */
        existed?: true;
        /** Whom its register holds, where the results do not say it. */
        registered?: RegisteredPerson;
        /** What differs by the agency's own word, where it does not tell what it holds. */
        differs?: readonly IdentityFact[];
      }
    | { kind: 'correction_needed'; fields: readonly string[]; text: string }
    | { kind: 'action_needed'; text: string; payment?: PaymentDue }
    | { kind: 'suspended'; procedure: 'special_procedure' | 'coordinated_check'; text: string; until?: number }
    | { kind: 'rejected'; refusal: Refusal }
    | { kind: 'withdrawn' }
    | { kind: 'withdrawal_refused'; text: string }
  );

/** Compared with the case's child; null where the register does not say. */
export interface RegisteredPerson {
  name: string | null;
  sex: 'male' | 'female' | null;
  /** YYYY-MM-DD. */
  bornOn: string | null;
}

/** What the family pays, where its agency tells it to; never to us. Money in fen. */
export interface PaymentDue {
  noticeNumber: string;
  amountFen: number;
  /** Last day, YYYY-MM-DD; null where the agency names none. */
  payBy: string | null;
}

/** A refusal without one of these is a breach of contract, not an answer (行政许可法 art. 38; policy P15). */
export interface Refusal {
  reason: string;
  legalBasis: string;
  documentNumber: string;
  office: string;
  remedy: string;
}

export interface RawMessage {
  method: string;
  /** Full target URI as the agency signed it. */
  url: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

/** Which step: by our key, or by the agency's own number. */
export type MessageReference = { key: string } | { receipt: string };

export interface AgencyMessage {
  /** The agency's own message id, 1 to 100 characters; each is processed once. */
  messageId: string;
  reference: MessageReference;
  answer: AgencyAnswer;
}

/** An official e-licence as its issuer made it (电子证照). */
export interface Licence {
  mediaType: string;
  bytes: Buffer;
}

export interface WithdrawalReason {
  code: 'applicant_withdrew' | 'newborn_died';
}

/** What an agency changed between two moments (epoch ms, `until` not included), page by page. */
export interface ListRange {
  from: number;
  until: number;
  /** Of the page before; null for the first. */
  after: string | null;
}

/** One request as the agency's own list has it: by our key, or by its number in the answer alone. */
export interface ListedRequest {
  key: string | null;
  answer: AgencyAnswer;
}

export interface ListedPage {
  requests: readonly ListedRequest[];
  /** null: that was all. */
  next: string | null;
}

/** Speaks one agency's own protocol. Errors: AgencyUnavailable, OutcomeUnknown, AgencyContractBroken and nothing else. */
export interface AgencyAdapter<S extends SectionName = SectionName> {
  readonly agency: AgencyCode;
  readonly agencyClass: AgencyClass;
  readonly channel: Channel;
  /** By field of its wire the codes that it may send: each needs its entry in the agency's dictionary. */
  readonly codes?: Readonly<Record<string, readonly string[]>>;
  /** The sections that this agency may see. */
  readonly sections: readonly S[];
  /** Fewer of them where a step needs no more; absent: always those. */
  sectionsOf?(code: StepCode): readonly SectionName[];
  /** Sends the step. Safe to repeat: the agency sees the same key. */
  submit(request: SubmissionRequest<S>): Promise<AgencyAnswer>;
  /** Asks for the present answer. 'not_found' only on the agency's definite word; doubt throws. Absent where the agency has no query. */
  check?(reference: StepReference, deadlineAt: number): Promise<AgencyAnswer | 'not_found'>;
  /**
   * Asks its register by who the child is, leaving nothing behind: whether what the family reports of a counter is there.
   * 'not_found' also where there is nothing yet to ask by. Absent where the agency has no such query.
   */
  lookUp?(request: SubmissionRequest<S>): Promise<AgencyAnswer | 'not_found'>;
  /** Reads a message that MessageVerifier has verified. Throws AgencyContractBroken. Absent where the agency sends none. */
  readMessage?(body: Buffer): AgencyMessage;
  /** All that the agency has of us, whatever came of it; absent where it lists nothing. */
  list?(range: ListRange, way: { deadlineAt: number; evidence: ExchangeSink }): Promise<ListedPage>;
  withdraw?(reference: StepReference, reason: WithdrawalReason, deadlineAt: number): Promise<AgencyAnswer>;
  /** The issuer's own e-licence of a completed step, byte for byte; absent where the agency offers none. */
  licence?(reference: StepReference, deadlineAt: number): Promise<Licence | 'not_found'>;
  /** What the agency is told of a step, pure: two dossiers that give the same are the same to it. Absent: all of the sections. */
  contentOf?(request: SubmissionRequest<S>): unknown;
  /** What an office's staff must see to answer by themselves; worklist channel only. Sealed where it is stored. */
  taskPayload?(request: SubmissionRequest<S>): unknown;
}

/** Finds the adapter that speaks for an agency on a channel; complete, or the process does not start. */
export interface AdapterBook {
  get(agency: AgencyCode, channel: Channel): AgencyAdapter;
}
export const ADAPTER_BOOK = Symbol('ADAPTER_BOOK');
