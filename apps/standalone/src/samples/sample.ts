import type {
  ApplicationForm,
  ApplicationStatus,
  OfficeKind,
  Owner,
  Paper,
  Reason,
  Route,
  StepCode,
  StepMode,
  StepState,
  SurnameSource,
} from '@birth/domain';

export type Scenario = { kind: string } & Record<string, unknown>;

/** What policy says of one step at the end of the run; written by hand, compared by the driver. */
export interface ExpectedStep {
  state: StepState;
  owner: Owner;
  mode?: StepMode;
  route?: Route;
  reason?: Reason;
  officeKind?: OfficeKind;
  papers?: readonly Paper[];
  /** The date that people are shown: `+1month-1day`, `+89days`, or a date under a set clock. */
  safeAt?: string;
}

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
  outcome: 'live' | 'stillborn' | 'died_after';
  /** before: known when the family files · after: comes later · never: does not come in this run. */
  notified: 'before' | 'after' | 'never';
}

/** What people do while the case runs. */
export interface SampleAction {
  when: { step: StepCode; state: StepState };
  do: 'correct' | 'reapply' | 'withdraw' | 'report_external' | 'done_elsewhere' | 'verify' | 'retry';
  fields?: Record<string, unknown>;
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
  /** The other parent's answer, where one is asked. */
  consent: 'agreed' | 'refused' | 'silent';
  /** The name that the family chooses after filing. */
  laterName?: { surname: string; given: string; surnameSource: SurnameSource };
  /** The other parent's answer to that name, where it is another than to the filing. */
  laterConsent?: Sample['consent'];
  /** Scripted behaviour of the agencies for these newborns. */
  scenarios?: Partial<Record<string, Scenario>>;
  actions?: SampleAction[];
  /** Certificates and registrations that exist before. */
  known?: { certificate?: boolean; resident?: boolean; insured?: boolean };
  /** A refusal to file at all. */
  refusedWith?: { status: number; code: string; field?: string };
  expect: { status?: ApplicationStatus; newborns: Partial<Record<StepCode, ExpectedStep>>[] };
}
