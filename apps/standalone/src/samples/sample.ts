import type {
  ApplicationForm,
  ApplicationStatus,
  CompletionSource,
  DeliveryDocument,
  DemandDecision,
  InsuranceBasis,
  OfficeKind,
  Owner,
  Paper,
  ParentForm,
  RatingAspect,
  RatingLevel,
  Reason,
  RecordKind,
  Route,
  StatutoryMeans,
  StepCode,
  StepMode,
  StepState,
  SurnameSource,
} from '@birth/domain';

export type Scenario = { kind: string } & Record<string, unknown>;

/** The limit set by law: `+1month-1day`, `+89days`; `+1month` and `+90days` roll to a working day; or dates under a set clock. */
export interface ExpectedLimit {
  safeAt: string;
  dueAt: string;
  /** Filed after dueAt. `by_due_day`: on that very age it depends on the weekday. */
  late: boolean | 'by_due_day';
}

/** What policy says of one step at the end of the run; written by hand, compared by the driver. */
export interface PlannedStep {
  state: Exclude<StepState, 'not_applicable'>;
  owner: Owner;
  reason: Reason;
  mode: StepMode;
  route: Route;
  officeKind: OfficeKind;
  /** Where it matters which of its kind. */
  officeCode?: string;
  /** Who accepts where another office decides (P4). */
  acceptingOffice?: string;
  papers: readonly Paper[];
  basis: InsuranceBasis | null;
  source: CompletionSource | null;
  /** Who has its papers, `kind: holder`; not compared where it is left out. */
  custody?: readonly string[];
  statutory: ExpectedLimit | null;
  /** What met it, where that is looked at: of a completed insurance and its payment. */
  metBy?: StatutoryMeans | null;
  /** Promised working days after the agency's acceptance; null where the agency does not have it. */
  promiseDays: number | null;
}

/** Without way, office or clock. */
export interface UnneededStep {
  state: 'not_applicable';
  owner: 'platform';
  reason: Reason;
  source: null;
}

export type ExpectedStep = PlannedStep | UnneededStep;

/** By code; a payment for the year after that of birth and each document by a name of their own. */
export type ExpectedName = Exclude<StepCode, 'delivery'> | 'insurance_payment:next' | `delivery:${DeliveryDocument}`;
export type ExpectedNewborn = Partial<Record<ExpectedName, ExpectedStep>>;

export interface SampleBirth {
  office: string;
  sex: 'male' | 'female';
  /** Days before today, and the time of day in Asia/Shanghai. */
  daysAgo: number;
  time: string;
  plurality: number;
  deliveryOrder: number;
  weightGrams: number;
  lengthCm: number;
  gestationalWeeks: number;
  gestationalDays: number;
  /** The hospital's own word that it treats the child. */
  inHospital?: true;
  outcome: 'live' | 'stillborn' | 'died_after';
  /** before: known when the family files · after: comes later · never: does not come in this run. */
  notified: 'before' | 'after' | 'never';
}

/** What parents and clerks do about the people of a case. */
export type PeopleMoveName =
  'go_alone' | 'link_record' | 'sign_for_father' | 'protect' | 'file_as_father' | 'look_as_father';
export type PeopleAction = SampleAction & { do: PeopleMoveName };

/** What the family chooses at one step, and what the county coordinator decides of it. */
export type StepMoveName = 'switch_basis' | 'decide_demand';

/** What people do while the case runs. */
export interface SampleAction {
  /** As the family reads it. */
  when: { step: StepCode; qualifier?: string; state: StepState | 'delivered'; reason?: Reason };
  /** The step that it is done to, where another shows the moment. */
  to?: StepCode;
  do:
    | 'correct'
    | 'reapply'
    | 'withdraw'
    | 'report_external'
    | 'done_elsewhere'
    | 'verify'
    | 'retry'
    | 'report_death'
    | 'assign'
    | 'check_verified'
    | 'check_not_verified'
    | 'confirm_withdrawal'
    | PeopleMoveName
    | 'paper'
    | StepMoveName;
  /** Of what is done about people: the refusal that is expected instead of 200. */
  answered?: { status: number; code: string };
  /** What the family tells of the first paper of the step. */
  paper?: { event: 'posted' | 'received' | 'lost'; waybill?: string };
  /** The office that a clerk names. */
  officeCode?: string;
  fields?: Record<string, unknown>;
  /** Of the county coordinator. */
  decision?: DemandDecision;
}

/** What a family says at the end of how it went. */
export interface SampleRating {
  level: RatingLevel;
  aspects?: Partial<Record<RatingAspect, RatingLevel>>;
  text?: string;
  /** The coordinator calls back in this run. */
  isCalledBack: boolean;
}

/** How a family files at the city's portal. */
export interface SamplePortal {
  /** GB/T 39046: 1 window, 2 computer, 3 mobile. */
  handlingForm: '1' | '2' | '3';
  verifiedBy: 'face' | 'e_licence' | 'window';
  /** Names of papers that lie there; an agent's authorisation is the first. */
  materials: readonly string[];
  /** How many of each kind the portal has at the end; a kind that is left out is not compared. */
  records: Partial<Record<RecordKind, number>>;
}

/** seeds/applications/*.json. Text of the form `{{…}}` is filled in at the time of the run. */
export interface Sample {
  name: string;
  title: string;
  /** ISO moment: the sample needs a platform whose clock stands there. */
  clock?: string;
  births: (SampleBirth | null)[];
  /** A father or agent files; the mother by default. */
  form: ApplicationForm;
  /** In the hospital's record and not in the form. */
  absentMother?: Pick<ParentForm, 'name' | 'identity'>;
  /** The other parent's answer, where one is asked. */
  consent: 'agreed' | 'refused' | 'silent';
  /** The name that the family chooses after filing. */
  laterName?: { surname: string; given: string; surnameSource: SurnameSource };
  /** The other parent's answer to that name, where it is another than to the filing. */
  laterConsent?: Sample['consent'];
  /** The family files at the city's portal. */
  portal?: SamplePortal;
  rating?: SampleRating;
  /** Scripted behaviour of the agencies for these newborns. */
  scenarios?: Partial<Record<string, Scenario>>;
  actions?: SampleAction[];
  /** What the family does with its premiums; they are paid unless it says otherwise. */
  premium?: 'paid' | 'unpaid' | 'paid_when_changed';
  /** Certificates and registrations that exist before. */
  known?: {
    certificate?: boolean;
    resident?: boolean;
    /** The resident's name, where it is not the first newborn's. */
    residentName?: string;
    insured?: boolean;
    /** The unit opened the record at the bedside, under the mother's name. */
    vaccinated?: boolean;
  };
  /** A refusal to file at all. */
  refusedWith?: { status: number; code: string; field?: string };
  /** Of every step that there is at the end; null when nothing is filed. */
  expect: Expected | null;
  /** Where no agency has an interface: what people do besides, and what is expected where it is something else. */
  byHand?: { actions?: SampleAction[]; expect?: Expected };
}

export interface Expected {
  status: ApplicationStatus;
  /** How the promise of the whole stands (P10), where the family is about it. */
  overall?: 'none' | 'runs' | 'rests' | 'ended';
  newborns: ExpectedNewborn[];
  /** How the case is rated at the end, and whether a call is owed; left out: not at all. */
  rating?: string;
}
