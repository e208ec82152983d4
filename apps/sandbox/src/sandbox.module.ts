import { Module, type DynamicModule } from '@nestjs/common';
import { AgencySettings } from './cases/agency-settings';
import { DiseaseControlController } from './disease-control/disease-control.controller';
import { ChildrenControlController } from './disease-control/children-control.controller';
import { VaccinationDesk } from './disease-control/vaccination-desk';
import { CertificateControlController } from './health-commission/certificate-control.controller';
import { BatchAnswerer } from './batches/batch-answerer';
import { TableAnswerer } from './exchange-table/table-answerer';
import { AccessTokens } from './keys/access-tokens';
import { Desks } from './offices/desks';
import { KnownRegisters } from './offices/known-registers';
import { OfficeBooks } from './offices/office-books';
import { ClerkClient } from './wire/clerk-client';
import { CertificateDesk } from './health-commission/certificate-desk';
import { CertificateMessages } from './health-commission/certificate-messages';
import { CertificateRegister } from './health-commission/certificate-register';
import { HealthCommissionController } from './health-commission/health-commission.controller';
import { FilingsController } from './government-portal/filings.controller';
import { RecordBook } from './government-portal/record-book';
import { RecordsController } from './government-portal/records.controller';
import { PortalFiles } from './government-portal/portal-files';
import { PortalMaterialsController } from './government-portal/portal-materials.controller';
import { HealthController } from './health.controller';
import { HospitalController } from './hospital/hospital.controller';
import { CardDesk } from './human-resources/card-desk';
import { HumanResourcesController } from './human-resources/human-resources.controller';
import { KeyStore } from './keys/key-store';
import { PlatformKeys } from './keys/platform-keys';
import { WebhookSecrets } from './keys/webhook-secrets';
import { TokensController } from './keys/tokens.controller';
import { LedgerController } from './ledger/ledger.controller';
import { Ledgers } from './ledger/ledgers';
import { Envelope } from './medical-insurance/envelope';
import { InsuranceDesk } from './medical-insurance/insurance-desk';
import { InsuranceInterfaces } from './medical-insurance/insurance-interfaces';
import { InsuredPersons } from './medical-insurance/insured-persons';
import { InsuredPersonsController } from './medical-insurance/insured-persons.controller';
import { MedicalInsuranceController } from './medical-insurance/medical-insurance.controller';
import { ExchangeDesk } from './public-security/exchange-desk';
import { IdNumbers } from './public-security/id-numbers';
import { PersonRegister } from './public-security/person-register';
import { PersonControlController, PublicSecurityController } from './public-security/public-security.controller';
import { ReceiverBook } from './receivers/receiver-book';
import { ReceiversController } from './receivers/receivers.controller';
import { SandboxConfig } from './sandbox.config';
import { ScenarioBook } from './scenarios/scenario-book';
import { ScenariosController } from './scenarios/scenarios.controller';
import { PremiumDesk } from './tax-administration/premium-desk';
import { PremiumMessages } from './tax-administration/premium-messages';
import {
  PremiumPaymentsController,
  TaxAdministrationController,
} from './tax-administration/tax-administration.controller';
import { GatewayCheck } from './wire/gateway-check';
import { Acknowledgements } from './wire/acknowledgements';
import { AcknowledgementsController } from './wire/acknowledgements.controller';
import { Arrivals } from './wire/arrivals';
import { ArrivalsController } from './wire/arrivals.controller';
import { PlatformClient } from './wire/platform-client';
import { DeliveryAnswerer } from './deliveries/delivery-answerer';
import { WorklistAnswerer } from './worklist/worklist-answerer';
import { WorklistResults } from './worklist/worklist-results';

/** Offices without an interface. */
const BY_HAND = [
  ...[Desks, KnownRegisters, WorklistResults, OfficeBooks],
  ...[WorklistAnswerer, BatchAnswerer, TableAnswerer, DeliveryAnswerer],
];

/** One process, one port; a new agency is one folder and its lines here. */
@Module({})
export class SandboxModule {
  static with(config: SandboxConfig, arrivals: Arrivals): DynamicModule {
    return {
      module: SandboxModule,
      controllers: [
        HealthController,
        LedgerController,
        AcknowledgementsController,
        ArrivalsController,
        ScenariosController,
        TokensController,
        HospitalController,
        FilingsController,
        PortalMaterialsController,
        RecordsController,
        ReceiversController,
        HealthCommissionController,
        CertificateControlController,
        DiseaseControlController,
        PublicSecurityController,
        PersonControlController,
        MedicalInsuranceController,
        ChildrenControlController,
        InsuredPersonsController,
        HumanResourcesController,
        TaxAdministrationController,
        PremiumPaymentsController,
      ],
      providers: [
        { provide: SandboxConfig, useValue: config },
        { provide: Arrivals, useValue: arrivals },
        ...[
          KeyStore,
          AccessTokens,
          PlatformKeys,
          Ledgers,
          ScenarioBook,
          AgencySettings,
          Acknowledgements,
          PlatformClient,
          ClerkClient,
          GatewayCheck,
        ],
        ...[CertificateRegister, CertificateMessages, CertificateDesk],
        VaccinationDesk,
        ...[IdNumbers, PersonRegister, ExchangeDesk],
        ...[Envelope, InsuredPersons, InsuranceDesk, InsuranceInterfaces],
        CardDesk,
        PortalFiles,
        RecordBook,
        ...[WebhookSecrets, ReceiverBook],
        ...[PremiumMessages, PremiumDesk],
        ...BY_HAND,
      ],
    };
  }
}
