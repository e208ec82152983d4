import { type Clock, CLOCK, clockOf, EngineConfig, readConfig } from '@birth/platform';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { AgencyGates } from './agency-gates';
import { VerifiedReads } from './agency/verified-reads';
import { AnswerWorklistTask } from './agency/answer-worklist-task';
import { KeepRefused } from './agency/keep-refused';
import { MatchKeptMessages } from './agency/match-kept-messages';
import { ReceiveAgencyMessage } from './agency/receive-agency-message';
import { ReceiveBirthNotifications } from './agency/receive-birth-notifications';
import { TakeAnswer } from './agency/take-answer';
import { CorrectedBirths } from './births/corrected-births';
import { ParentDeaths } from './births/parent-deaths';
import { RecordedDeaths } from './births/recorded-deaths';
import { CompareBirth } from './births/compare-birth';
import { LookForRecords } from './births/look-for-records';
import { ClerkSteps } from './clerk/clerk-steps';
import { AnswerCheck } from './clerk/answer-check';
import { DecideDemand } from './clerk/decide-demand';
import { NameGuardian } from './clerk/name-guardian';
import { RetractDeath } from './clerk/retract-death';
import { ProtectCase } from './clerk/protect-case';
import { LinkRecord } from './clerk/link-record';
import { HandOverCase } from './clerk/hand-over-case';
import { RecordDeath } from './clerk/record-death';
import { RecordParentDeath } from './clerk/record-parent-death';
import { RetractParentDeath } from './clerk/retract-parent-death';
import { RecordPaper } from './clerk/record-paper';
import { ListAgencies } from './clerk/list-agencies';
import { ListSteps } from './clerk/list-steps';
import { SignAtDesk } from './clerk/sign-at-desk';
import { ListSharing } from './clerk/list-sharing';
import { loadReceivers, RECEIVERS } from './sharing/load-receivers';
import { ReceiverDesk } from './sharing/receiver-desk';
import { ShareChanges } from './sharing/share-changes';
import { ReadShareTable } from './sharing/read-share-table';
import { SendWebhooks } from './sharing/send-webhooks';
import { WebhookGate } from './sharing/webhook-gate';
import { ShareLog } from './clerk/share-log';
import { ListHospitals } from './clerk/list-hospitals';
import { ListDemands } from './clerk/list-demands';
import { COUNTY } from './county';
import { ExportBatch } from './batch/export-batch';
import { ImportBatch } from './batch/import-batch';
import { ChangeAnswerMode } from './clerk/change-answer-mode';
import { OfficeModes, OfficeModeWatch } from './office-modes';
import { AskAgain } from './family/ask-again';
import { TakeOver } from './family/take-over';
import { GoOnAlone } from './family/go-on-alone';
import { AnswerCorrection } from './family/answer-correction';
import { Consents } from './family/consents';
import { DecideName } from './family/decide-name';
import { RecordConsent } from './family/record-consent';
import { FamilyStep } from './family/family-step';
import { PrepareCorrection } from './family/prepared-correction';
import { PreviewCorrection } from './family/preview-correction';
import { Reapply } from './family/reapply';
import { RateCase } from './family/rate-case';
import { ReportDemand } from './family/report-demand';
import { ReportDeath } from './family/report-death';
import { ReportParentDeath } from './family/report-parent-death';
import { ReportPaper } from './family/report-paper';
import { ReportResult } from './family/report-result';
import { SwitchBasis } from './family/switch-basis';
import { WithdrawSteps } from './family/withdraw-steps';
import { CheckApplication } from './intake/check-application';
import { ExamineForm } from './intake/examine-form';
import { KeepMaterial } from './intake/keep-material';
import { KnownBirths } from './intake/known-births';
import { OwnBirthRecords } from './intake/own-birth-records';
import { ListServices } from './intake/list-services';
import { ExportEvidence } from './evidence/export-evidence';
import { FetchMaterials } from './portal/fetch-materials';
import { PortalRecords } from './clerk/portal-records';
import { SendRecords } from './portal/send-records';
import { ReceivePortalFiling } from './portal/receive-portal-filing';
import { SignRoots } from './evidence/sign-roots';
import { SubmitApplication } from './intake/submit-application';
import { DeclareFertility } from './fertility/declare-fertility';
import { FERTILITY_COUNTY, loadFertilityCounty } from './fertility/fertility-county';
import { FertilityRegistrations } from './fertility/fertility-registrations';
import { findSeeds, loadCounty } from './load-county';
import { ENTITLEMENTS, loadEntitlements } from './documents/entitlements';
import { ISSUER_LINKS, loadIssuerLinks } from './documents/issuer-links';
import { ReconcileAgency } from './reconciliation/reconcile-agency';
import { Reconciliations } from './reconciliation/reconciliations';
import { StepTransitions } from './step-transitions';
import { ShowApplication } from './views/show-application';
import { ShowPapers } from './views/show-papers';
import { AskAgency } from './work/ask-agency';
import { Feeder } from './work/feeder';
import { FireDeadline } from './work/fire-deadline';
import { SendStep } from './work/send-step';
import { SettleCall } from './work/settle-call';
import { AgencyTraffic } from './traffic/agency-traffic';
import { CallPacer } from './traffic/call-pacer';
import { AGENCY_CONTRACTS, loadContracts } from './traffic/contracts';
import { ProbeAgencies } from './traffic/probe-agencies';
import { TakeTurn } from './traffic/take-turn';
import { TurnsAside } from './traffic/turns-aside';
import { TrafficRounds } from './traffic/traffic-rounds';
import { TakeHint } from './work/take-hint';

const SHARED = [
  AgencyGates,
  OfficeModeWatch,
  StepTransitions,
  TakeAnswer,
  LookForRecords,
  ParentDeaths,
  RecordedDeaths,
  CorrectedBirths,
];
const INTAKE = [
  SubmitApplication,
  CheckApplication,
  ListServices,
  KnownBirths,
  ExamineForm,
  OwnBirthRecords,
  KeepMaterial,
  ShowApplication,
  ShowPapers,
];
const FERTILITY = [DeclareFertility, FertilityRegistrations];
const FAMILY = [
  FamilyStep,
  AnswerCorrection,
  PrepareCorrection,
  PreviewCorrection,
  Reapply,
  SwitchBasis,
  WithdrawSteps,
  ReportResult,
  ReportDemand,
  RateCase,
  ReportDeath,
  ReportParentDeath,
  ReportPaper,
  DecideName,
  Consents,
  AskAgain,
  GoOnAlone,
  TakeOver,
  RecordConsent,
];
const AGENCY = [
  KeepRefused,
  VerifiedReads,
  ReceiveAgencyMessage,
  MatchKeptMessages,
  ReceiveBirthNotifications,
  AnswerWorklistTask,
];
const CLERK = [
  ExportBatch,
  ImportBatch,
  ChangeAnswerMode,
  AnswerCheck,
  ClerkSteps,
  DecideDemand,
  RecordDeath,
  RecordParentDeath,
  RecordPaper,
  HandOverCase,
  LinkRecord,
  ProtectCase,
  RetractDeath,
  RetractParentDeath,
  NameGuardian,
  ListAgencies,
  ListDemands,
  ListHospitals,
  ListSharing,
  ListSteps,
  SignAtDesk,
];
const EVIDENCE = [SignRoots, ExportEvidence];
const RECONCILIATION = [ReconcileAgency, Reconciliations];
const SHARING = [ShareChanges, ReceiverDesk, WebhookGate, SendWebhooks, ReadShareTable, ShareLog];
const PORTAL_DOOR = [FetchMaterials, ReceivePortalFiling, SendRecords, PortalRecords];
const WORK = [SettleCall, SendStep, AskAgency, FireDeadline, TakeHint, Feeder];
const TRAFFIC = [AgencyTraffic, TurnsAside, CallPacer, TakeTurn, ProbeAgencies, TrafficRounds];

/** Clock, county and engine times; the same for every process. */
const SURROUNDINGS = [
  { provide: CLOCK, useFactory: () => clockOf() },
  { provide: FERTILITY_COUNTY, useFactory: () => loadFertilityCounty() },
  { provide: RECEIVERS, useFactory: () => loadReceivers() },
  { provide: ENTITLEMENTS, useFactory: () => loadEntitlements() },
  { provide: ISSUER_LINKS, useFactory: () => loadIssuerLinks() },
  { provide: OfficeModes, useClass: OfficeModes },
  { provide: EngineConfig, useFactory: () => readConfig(EngineConfig) },
  {
    provide: AGENCY_CONTRACTS,
    inject: [EngineConfig, CLOCK],
    useFactory: (engine: EngineConfig, clock: Clock) => loadContracts(clock.now(), engine.AGENCY_CONTRACTS_FILE),
  },
  {
    provide: COUNTY,
    inject: [EngineConfig, OfficeModes],
    useFactory: (engine: EngineConfig, modes: OfficeModes) =>
      modes.over(loadCounty(findSeeds(), { pollMs: engine.times.pollMs })),
  },
];

/** Every use case; the stores, the queue and the adapters come from the modules that a process adds. */
@Global()
@Module({})
export class ApplicationModule {
  static with(...imports: (Type | DynamicModule)[]): DynamicModule {
    const useCases = [
      ...SHARED,
      ...INTAKE,
      ...FAMILY,
      ...AGENCY,
      ...FERTILITY,
      CompareBirth,
      ...CLERK,
      ...WORK,
      ...EVIDENCE,
      ...RECONCILIATION,
      ...TRAFFIC,
      ...SHARING,
      ...PORTAL_DOOR,
    ];
    return {
      module: ApplicationModule,
      imports,
      providers: [...SURROUNDINGS, ...useCases],
      exports: [...SURROUNDINGS.map(({ provide }) => provide), ...useCases],
    };
  }
}
