/** The only words for steps, states and people, used alike in code, database, API and logs. */

export const AGENCIES = [
  'health-commission',
  'disease-control',
  'public-security',
  'medical-insurance',
  'human-resources',
  'tax-administration',
] as const;
export type AgencyCode = (typeof AGENCIES)[number];

/** The five services of the joint form, in the order in which a family reads them. */
export const SERVICE_CODES = [
  'birth_certificate',
  'vaccination',
  'household_registration',
  'medical_insurance',
  'social_security_card',
] as const;
export type ServiceCode = (typeof SERVICE_CODES)[number];

/** What follows by itself: the child's name at the vaccination unit, its ID number at the insurance, a payment a year, a delivery a document. */
export const FOLLOW_UP_CODES = [
  'identity_backfill',
  'insurance_identity_update',
  'insurance_payment',
  'delivery',
] as const;
export type FollowUpCode = (typeof FOLLOW_UP_CODES)[number];

export const STEP_CODES = [...SERVICE_CODES, ...FOLLOW_UP_CODES] as const;
export type StepCode = (typeof STEP_CODES)[number];
/** Steps of one agency and one promise; a delivery is its maker's. */
export type DefinedCode = Exclude<StepCode, 'delivery'>;
export const DEFINED_CODES = STEP_CODES.filter((code): code is DefinedCode => code !== 'delivery');

export const STEP_STATES = [
  'waiting',
  'queued',
  'accepted',
  'correction_needed',
  'action_needed',
  'suspended',
  'stuck',
  'completed',
  'rejected',
  'withdrawn',
  'cancelled',
  'not_applicable',
] as const;
export type StepState = (typeof STEP_STATES)[number];

export const TERMINAL_STATES = ['completed', 'rejected', 'withdrawn', 'cancelled', 'not_applicable'] as const;
export type TerminalState = (typeof TERMINAL_STATES)[number];
export type OpenState = Exclude<StepState, TerminalState>;

export const isTerminal = (state: StepState): state is TerminalState =>
  (TERMINAL_STATES as readonly StepState[]).includes(state);

/** How a step is done: newly issued, checked against an issued document, done by an agency elsewhere, or done before. */
export const STEP_MODES = ['issue', 'verify', 'external', 'already_done'] as const;
export type StepMode = (typeof STEP_MODES)[number];

export const ROUTES = ['online', 'online_with_papers', 'window'] as const;
export type Route = (typeof ROUTES)[number];

/** Who has the step now. `hospital` is the office that owes a birth record. */
export const OWNERS = ['agency', 'hospital', 'applicant', 'clerk', 'platform'] as const;
export type Owner = (typeof OWNERS)[number];

/** Why a mother opens no record and confirms nothing. */
export const MOTHER_UNABLE = ['deceased', 'missing', 'unable'] as const;
export type MotherUnable = (typeof MOTHER_UNABLE)[number];

/** Reasons why a step waits although its dependencies may be done; lifted by an event. Order = what is shown first. */
export const HOLDS = [
  'data_mismatch',
  'hospital_record_missing',
  'record_not_linked',
  'name_undecided',
  'parent_refused',
  'parent_confirmation',
  'parcel_gathering',
] as const;
export type Hold = (typeof HOLDS)[number];

/** Why a step stands where it stands. Codes only: words for people live with the pages' texts. */
export const REASONS = [
  'awaiting_dependency',
  ...HOLDS,
  'to_be_sent',
  'agency_unavailable',
  'awaiting_acceptance',
  'deemed_accepted',
  'in_progress',
  'waiting_for_paper',
  'household_book_awaited',
  'on_its_way',
  'paper_returned',
  'paper_lost',
  'verifying',
  'agency_asked_correction',
  'agency_asked_action',
  'payment_due',
  'payment_changed',
  'visit_window',
  'birth_and_death_registration',
  'external_registration',
  'special_procedure',
  'coordinated_check',
  'certificate_not_verified',
  'contract_broken',
  'outcome_unknown',
  'attempts_exhausted',
  'conflict',
  'unlawful_demand',
  'correction_overdue',
  'withdrawal_requested',
  'done',
  'agency_refused',
  'applicant_withdrew',
  'dependency_ended',
  'newborn_died',
  'death_retracted',
  'not_requested',
  'foreign_nationals',
  'already_insured',
  'payment_not_required',
  'insured_with_guardian',
] as const;
export type Reason = (typeof REASONS)[number];

export const COMPLETION_SOURCES = ['agency', 'worklist', 'counter', 'external', 'clerk', 'applicant'] as const;
export type CompletionSource = (typeof COMPLETION_SOURCES)[number];

export const WORK_KINDS = ['CALL', 'POLL', 'WITHDRAW', 'DEADLINE'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** What met a limit set by law (P10): the act that the law asks for, or the register that already had it. */
export const STATUTORY_MEANS = [
  'declared',
  'handed_over',
  'registered_and_paid',
  'registered_and_exempt',
  'counter',
  'external',
  'already_done',
] as const;
export type StatutoryMeans = (typeof STATUTORY_MEANS)[number];

/** What another place answers to a coordinated check (协查). */
export const CHECK_OUTCOMES = ['verified', 'not_verified'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** Queues are the agencies' and the platform's own for timers. */
export const QUEUES = [...AGENCIES, 'platform'] as const;
export type QueueName = (typeof QUEUES)[number];

/** Of an open step: near its promise or its limit, or past it. */
export const LIGHTS = ['green', 'yellow', 'red'] as const;
export type Light = (typeof LIGHTS)[number];

/** What carries a step to its office. Steps already sent keep the channel that they were sent through. */
export const CHANNELS = ['api', 'exchange_table', 'batch', 'worklist'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What says who a child is: compared wherever an agency has registered it (P14, P15). */
export const IDENTITY_FACTS = ['name', 'sex', 'birth_date', 'certificate_number', 'resident_id_number'] as const;
export type IdentityFact = (typeof IDENTITY_FACTS)[number];

export const ANSWER_KINDS = [
  'accepted',
  'completed',
  'correction_needed',
  'action_needed',
  'suspended',
  'rejected',
  'withdrawn',
  'withdrawal_refused',
] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** Where an answer came from. */
export const ANSWER_VIAS = ['reply', 'callback', 'poll', 'worklist', 'clerk'] as const;
export type AnswerVia = (typeof ANSWER_VIAS)[number];

export const APPLICATION_STATUSES = [
  'draft',
  'awaiting_consent',
  'needs_family',
  'needs_clerk',
  'in_progress',
  'completed',
  'withdrawn',
  'partly_completed',
  'closed_with_refusals',
] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];

export const INSURANCE_BASES = ['citizen_id', 'birth_certificate'] as const;
export type InsuranceBasis = (typeof INSURANCE_BASES)[number];

/** Papers that a route may ask for. None of them can be a birth permit or the like (policy P8): the loader refuses those. */
export const PAPERS = [
  'birth_certificate_original',
  'household_book',
  'parents_identity_documents',
  'marriage_certificate_or_statement',
  'non_marital_birth_statement',
  'relation_not_stated_statement',
  'single_mother_statement',
  'paternity_report',
  'relationship_statement',
  'ethnicity_choice',
  'surname_reason',
  'collective_household_consent',
  'foreign_parent_passport',
  'foreign_birth_certificate',
  'agent_authorisation',
  'residence_permit',
  'guardian_statement',
  'medical_death_certificate',
  'parent_death_certificate',
  'custody_certificate',
  'statement_from_custody',
] as const;
export type Paper = (typeof PAPERS)[number];

/** What kind of office a step is answered by. */
export const OFFICE_KINDS = [
  'hospital',
  'maternal_health_unit',
  'vaccination_unit',
  'police_station',
  'insurance_desk',
  'bank_outlet',
  'tax_hall',
  'outside_agency',
] as const;
export type OfficeKind = (typeof OFFICE_KINDS)[number];
