import type { WorkingCalendar } from '@birth/standards';
import type { ProfileOf } from '../agency-profiles';
import type { PremiumTable } from '../insurance/premiums';
import type { HouseholdPaper, PostagePayer } from '../papers/paper';
import type { PaperLimits } from '../papers/paper-limits';
import type { AgencyCode, Channel, DefinedCode, Paper } from '../vocabulary';

/** County settings that decide() needs; every figure comes from seeds, none from code. */
export interface StepDefinition {
  code: DefinedCode;
  agency: AgencyCode;
  /** Steps of the same newborn that must be done first. */
  dependsOn: readonly DefinedCode[];
  promiseWorkingDays: number;
  /** False where the law says that nobody may be refused: an agency's refusal ends nothing (疫苗管理法 art. 47). */
  mayBeRefused: boolean;
  /** A silent agency counts as having accepted after so many; null where no law says so. */
  deemedAcceptanceWorkingDays: number | null;
}

export interface EngineSettings extends PaperLimits {
  steps: Readonly<Record<DefinedCode, StepDefinition>>;
  overallPromiseWorkingDays: number;
  /** An attempt counts as a failure only while the agency answers others; at this many a person must look. */
  maxFailures: number;
  /** Natural days for the family to answer a correction. */
  correctionDays: number;
  /** Days before its end at which the family is reminded of a correction. */
  correctionReminderDays: readonly number[];
  /** Hours after filing at which a missing hospital record alarms. */
  hospitalAlarmHours: readonly number[];
  /** Working days for an office's word where no promise gives it longer; a missing birth record has the last alarm. */
  officeAnswerWorkingDays: number;
  /** Working days for the deputy of an office that let its limit pass, then for the county coordinator. */
  deputyAnswerWorkingDays: number;
  coordinatorAnswerWorkingDays: number;
  /** Working days for another place to answer a coordinated check (协查). */
  coordinatedCheckWorkingDays: number;
  /** D+n reminders while the name is undecided. */
  nameReminderDays: readonly number[];
  confirmationReminderDays: number;
  /** Days for which a request to confirm can be answered, and how often a parent may be asked. */
  confirmationDays: number;
  confirmationRequests: number;
  /** Hours for a task whose rule names no limit of its own. */
  taskDueHours: number;
  /** Hour of the day in Asia/Shanghai at which people are told. */
  reminderHour: number;
  /** Birth dates of one mother further apart than this are two pregnancies. */
  samePregnancyDays: number;
  /** D+n at which the statutory light turns yellow. */
  monthYellowDay: number;
  ninetyDaysYellowDays: readonly number[];
  /** The promise's light is yellow when at most so many working days, or this share of it, are left. */
  promiseYellow: { workingDays: number; percent: number };
  /** D+n from which enrolment on the certificate is offered, and a name that is missing puts the insurance at risk (P6, P11). */
  insuranceOfferDay: number;
  /** Born at most this many days before the next year: it may be insured for both (P11). */
  nextYearWithinDays: number;
  /** From this age a birth is registered late, at the window. */
  lateRegistrationMonths: number;
  /** Up to this age the police's cross-province lane is open. */
  laneMaxMonths: number;
  /** Working days in which the county coordinator decides on a demand for a forbidden paper (P8). */
  supervisionWorkingDays: number;
  /** Working days to put right what a bad rating is about, and to call the family back (P20). */
  ratingCorrectionWorkingDays: number;
  /** First poll after acceptance and between polls, milliseconds. */
  pollMs: number;
  /** D+n at which the family is told that it is not insured and paid yet. */
  insuranceCountdownDays: readonly number[];
  /** An unpaid premium is asked after so many times more rarely: its agency tells of the payment by itself. */
  paymentPollFactor: number;
  /** A register is asked after what was done at a counter so many times more rarely: a clerk compares besides (P14). */
  counterPollFactor: number;
  /** What a year of insurance costs, and who need not pay it (P11). */
  premiums: PremiumTable;
  /** What a family brings to register birth and death in one visit. */
  deathPapers: readonly Paper[];
  /** When the police want to see the certificate itself (P13). */
  householdPaper: HouseholdPaper;
  /** Working days to hand out a document that is made; a card is made first. */
  deliveryWorkingDays: number;
  cardDeliveryWorkingDays: number;
  /** Working days that a document waits for another of the same parcel. */
  parcelWaitWorkingDays: number;
  /** Days after which a document that lies ready counts as unclaimed, and those on which the family is reminded. */
  unclaimedDays: number;
  unclaimedReminderDays: readonly number[];
  /** Who pays for a parcel to the family: told before filing. */
  postagePayer: PostagePayer;
  /** From this hour on, once a day, all is compared with the agencies: what either side changed in so many days. */
  reconciliationHour: number;
  reconciliationDays: number;
}

export interface DecisionContext {
  now: number;
  calendar: WorkingCalendar;
  settings: EngineSettings;
  /** UUIDv7 for what a decision bears. */
  newId: () => string;
  /** Of a step that a decision bears: the same again for the same place of the same case, however often it is decided. */
  followUpId: (place: string) => string;
  profileOf: ProfileOf;
  /** How an office answers now; absent, or undefined of an office elsewhere: as it did when the case was filed. */
  channelAt?: (officeCode: string) => Channel | undefined;
}
