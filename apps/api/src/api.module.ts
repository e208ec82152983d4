import { AgenciesModule } from '@birth/agencies';
import { ApplicationModule, DOCUMENT_PRESS, PassOnLicence, ShowDocuments } from '@birth/application';
import { PersistenceModule } from '@birth/persistence';
import { readConfig } from '@birth/platform';
import { QueueModule } from '@birth/queue';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PortalController } from './agencies/portal.controller';
import { SharingController } from './agencies/sharing.controller';
import { SignedRequest } from './agencies/signed-request';
import { AgencyController } from './agencies/agency.controller';
import { ApiConfig } from './api.config';
import { ApplicationsController } from './applicants/applications.controller';
import { DocumentsController } from './applicants/documents.controller';
import { FertilityController } from './applicants/fertility.controller';
import { RatingController } from './applicants/rating.controller';
import { ParentDeathController } from './applicants/parent-death.controller';
import { ParentsController } from './applicants/parents.controller';
import { ConsentsController } from './applicants/consents.controller';
import { MaterialsController } from './applicants/materials.controller';
import { PapersController } from './applicants/papers.controller';
import { ServicesController } from './applicants/services.controller';
import { StepsController } from './applicants/steps.controller';
import { ClerkParentDeathController } from './clerks/clerk-parent-death.controller';
import { ClerkParentsController } from './clerks/clerk-parents.controller';
import { ClerkController } from './clerks/clerk.controller';
import { ClerkPapersController } from './clerks/clerk-papers.controller';
import { ClerkFertilityController } from './clerks/clerk-fertility.controller';
import { ContractController, ContractDocument } from './documents/contract.controller';
import { ChecksController } from './clerks/checks.controller';
import { EvidenceController } from './clerks/evidence.controller';
import { ClerkSharingController } from './clerks/clerk-sharing.controller';
import { HospitalsController } from './clerks/hospitals.controller';
import { BatchesController } from './clerks/batches.controller';
import { OfficesController } from './clerks/offices.controller';
import { PortalRecordsController } from './clerks/portal-records.controller';
import { DemandsController } from './clerks/demands.controller';
import { ReconciliationsController } from './clerks/reconciliations.controller';
import { PolicyCheck } from './http/policy-check';
import { PolicyGuard } from './http/policy.guard';
import { ProblemFilter } from './http/problem.filter';
import { TokenVerifier } from './http/token-verifier';
import { CaseStream } from './live/case-stream';
import { ClerkStream } from './live/clerk-stream';
import { EventTail } from './live/event-tail';
import { OpenChannels } from './live/open-channels';
import { PdfPress } from './press/pdf-press';
import { GateWatch } from './platform/gate-watch';
import { HealthController } from './platform/health.controller';

const CONTROLLERS = [
  ServicesController,
  ApplicationsController,
  StepsController,
  PapersController,
  ConsentsController,
  ParentsController,
  ParentDeathController,
  RatingController,
  MaterialsController,
  DocumentsController,
  FertilityController,
  AgencyController,
  SharingController,
  PortalController,
  ClerkController,
  ClerkPapersController,
  ClerkParentsController,
  ClerkParentDeathController,
  ClerkFertilityController,
  ChecksController,
  DemandsController,
  OfficesController,
  BatchesController,
  EvidenceController,
  HospitalsController,
  ClerkSharingController,
  PortalRecordsController,
  ReconciliationsController,
  HealthController,
  ContractController,
];

@Module({
  imports: [DiscoveryModule, ApplicationModule.with(PersistenceModule, QueueModule, AgenciesModule)],
  controllers: CONTROLLERS,
  providers: [
    { provide: ApiConfig, useFactory: () => readConfig(ApiConfig) },
    { provide: APP_GUARD, useClass: PolicyGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: DOCUMENT_PRESS, useClass: PdfPress },
    SignedRequest,
    PassOnLicence,
    ShowDocuments,
    TokenVerifier,
    PolicyCheck,
    ContractDocument,
    GateWatch,
    EventTail,
    OpenChannels,
    CaseStream,
    ClerkStream,
  ],
})
export class ApiModule {}
