import {
  ADAPTER_BOOK,
  type AgencyAdapter,
  type County,
  COUNTY,
  EXCHANGE_TABLE,
  type ExchangeTable,
  FILE_VERIFIER,
  MESSAGE_VERIFIER,
  PORTAL,
  WEBHOOK_SENDER,
} from '@birth/application';
import { type Clock, CLOCK, readConfig } from '@birth/platform';
import { Global, Module, type Provider } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { AgencyRegistry } from './agency-registry';
import { DiseaseControlAdapter } from './disease-control/disease-control.adapter';
import { DiseaseControlConfig } from './disease-control/disease-control.config';
import { ExchangeTableAdapter } from './exchange-table/exchange-table.adapter';
import { GovernmentPortalAdapter } from './government-portal/government-portal.adapter';
import { GovernmentPortalConfig } from './government-portal/government-portal.config';
import { HealthCommissionAdapter } from './health-commission/health-commission.adapter';
import { HealthCommissionConfig } from './health-commission/health-commission.config';
import { HumanResourcesAdapter } from './human-resources/human-resources.adapter';
import { HumanResourcesConfig } from './human-resources/human-resources.config';
import { AgencyFileVerifier } from './kit/file-signature';
import { HttpMessageVerifier } from './kit/http-message-signature';
import { type KeyPair, SIGNING_KEYS } from './kit/key-pair';
import { MedicalInsuranceAdapter } from './medical-insurance/medical-insurance.adapter';
import { MedicalInsuranceConfig } from './medical-insurance/medical-insurance.config';
import { MessageKeysConfig } from './message-keys.config';
import { PublicSecurityAdapter } from './public-security/public-security.adapter';
import { PublicSecurityConfig } from './public-security/public-security.config';
import { TaxAdministrationAdapter } from './tax-administration/tax-administration.adapter';
import { TaxAdministrationConfig } from './tax-administration/tax-administration.config';
import { HttpWebhookSender } from './receivers/webhook-sender';
import { WebhooksConfig } from './receivers/webhooks.config';
import { WorklistAdapter } from './worklist/worklist.adapter';

/** A new agency is one line in each list. */
const CONFIGS: ClassConstructor<object>[] = [
  HealthCommissionConfig,
  DiseaseControlConfig,
  PublicSecurityConfig,
  MedicalInsuranceConfig,
  HumanResourcesConfig,
  TaxAdministrationConfig,
  GovernmentPortalConfig,
];
const ADAPTERS = [
  HealthCommissionAdapter,
  DiseaseControlAdapter,
  PublicSecurityAdapter,
  MedicalInsuranceAdapter,
  HumanResourcesAdapter,
  TaxAdministrationAdapter,
];

/** By its own interface, in a table, in files, or by its people. */
const everyWay = (adapter: AgencyAdapter, table: ExchangeTable, clock: Clock): AgencyAdapter[] => {
  const { agency, sections } = adapter;
  return [
    adapter,
    new ExchangeTableAdapter(agency, sections, { table, clock }),
    new WorklistAdapter(agency, sections, 'batch'),
    new WorklistAdapter(agency, sections, 'worklist'),
  ];
};

const configs: Provider[] = CONFIGS.map((type) => ({ provide: type, useFactory: () => readConfig(type) }));

function keysOf(config: MessageKeysConfig): KeyPair {
  const [own, agencies] = [config.ownKeys(), config.agencyKeys()];
  return { own: () => own.read(), agencies: () => agencies.read() };
}

/** Provides ADAPTER_BOOK and MESSAGE_VERIFIER; every agency has its interface, a table, files and its worklist. */
@Global()
@Module({
  providers: [
    ...configs,
    ...ADAPTERS,
    { provide: PORTAL, useClass: GovernmentPortalAdapter },
    {
      provide: WEBHOOK_SENDER,
      inject: [CLOCK],
      useFactory: (clock: Clock) => new HttpWebhookSender(readConfig(WebhooksConfig).book(), clock),
    },
    { provide: SIGNING_KEYS, useFactory: () => keysOf(readConfig(MessageKeysConfig)) },
    {
      provide: MESSAGE_VERIFIER,
      inject: [CLOCK, SIGNING_KEYS],
      useFactory: (clock: Clock, keys: KeyPair) =>
        new HttpMessageVerifier(
          () => keys.agencies(),
          () => clock.now(),
        ),
    },
    {
      provide: FILE_VERIFIER,
      inject: [CLOCK, SIGNING_KEYS],
      useFactory: (clock: Clock, keys: KeyPair) =>
        new AgencyFileVerifier(
          () => keys.agencies(),
          () => clock.now(),
        ),
    },
    {
      provide: ADAPTER_BOOK,
      inject: [COUNTY, EXCHANGE_TABLE, CLOCK, ...ADAPTERS],
      useFactory: ({ agencyCodes }: County, table: ExchangeTable, clock: Clock, ...adapters: AgencyAdapter[]) =>
        new AgencyRegistry(
          adapters.flatMap((adapter) => everyWay(adapter, table, clock)),
          agencyCodes,
        ),
    },
  ],
  exports: [ADAPTER_BOOK, FILE_VERIFIER, MESSAGE_VERIFIER, PORTAL, WEBHOOK_SENDER],
})
export class AgenciesModule {}
