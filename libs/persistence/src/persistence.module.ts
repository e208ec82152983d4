import {
  BATCH_STORE,
  FILE_SIGNER,
  BIRTH_RECORD_STORE,
  CASE_READS,
  CASE_STORE,
  CLERK_READS,
  CONSENT_STORE,
  DEMAND_READS,
  SHARE_STORE,
  SHARE_TABLE,
  HOSPITAL_READS,
  EVIDENCE_EXPORTS,
  EVIDENCE_READS,
  EVIDENCE_SIGNER,
  FERTILITY_STORE,
  INBOX_STORE,
  MATERIAL_STORE,
  NONCE_STORE,
  MESSAGE_EVIDENCE,
  EXCHANGE_TABLE,
  OFFICE_MODE_STORE,
  PAPER_READS,
  PORTAL_RECORD_STORE,
  RECEIPT_SIGNER,
  ROOT_STORE,
  RECONCILIATION_STORE,
  TRAFFIC_STORE,
  WEBHOOK_STORE,
  WORK_STORE,
  WORKLIST_READS,
} from '@birth/application';
import { readConfig } from '@birth/platform';
import { Global, Module } from '@nestjs/common';
import { PostgresBatchStore } from './batches/batch-store';
import { FileKeys } from './batches/file-keys';
import { OnceRows } from './cases/once-rows';
import { PostgresCaseStore } from './cases/postgres-case-store';
import { Database } from './database';
import { PostgresMessageEvidence } from './evidence/message-evidence';
import { PostgresRootStore } from './evidence/root-store';
import { PostgresExchangeTable } from './exchange/exchange-table';
import { PostgresOfficeModes } from './exchange/office-modes';
import { PostgresFertilityStore } from './fertility/fertility-store';
import { PersistenceConfig } from './persistence.config';
import { PostgresInboxStore } from './inbox/inbox-store';
import { PostgresNonceStore } from './inbox/nonce-store';
import { PostgresCaseReads } from './reads/case-reads';
import { PostgresClerkReads } from './reads/clerk-reads';
import { PostgresDemandReads } from './reads/demand-reads';
import { PostgresPortalRecordStore } from './portal/portal-record-store';
import { PostgresHospitalReads } from './reads/hospital-reads';
import { PostgresPaperReads } from './reads/paper-reads';
import { PostgresReconciliationStore } from './reconciliation/reconciliation-store';
import { PostgresWorklistReads } from './reads/worklist-reads';
import { PostgresBirthRecordStore } from './records/birth-record-store';
import { PostgresConsentStore } from './records/consent-store';
import { PostgresMaterialStore } from './records/material-store';
import { PostgresEvidenceExports } from './evidence/evidence-exports';
import { PostgresEvidenceReads } from './evidence/evidence-reads';
import { EvidenceKeys } from './sealing/evidence-keys';
import { KeyRing } from './sealing/key-ring';
import { ReceiptKeys } from './sealing/receipt-keys';
import { PostgresTrafficStore } from './work/postgres-traffic-store';
import { PostgresShareStore } from './sharing/share-store';
import { PostgresShareTable } from './sharing/share-table';
import { PostgresWebhookStore } from './sharing/webhook-store';
import { PostgresWorkStore } from './work/postgres-work-store';

const PORTS = [
  { provide: BATCH_STORE, useClass: PostgresBatchStore },
  { provide: FILE_SIGNER, useClass: FileKeys },
  { provide: EXCHANGE_TABLE, useClass: PostgresExchangeTable },
  { provide: OFFICE_MODE_STORE, useClass: PostgresOfficeModes },
  { provide: CASE_STORE, useClass: PostgresCaseStore },
  { provide: WORK_STORE, useClass: PostgresWorkStore },
  { provide: TRAFFIC_STORE, useClass: PostgresTrafficStore },
  { provide: CASE_READS, useClass: PostgresCaseReads },
  { provide: CLERK_READS, useClass: PostgresClerkReads },
  { provide: DEMAND_READS, useClass: PostgresDemandReads },
  { provide: SHARE_STORE, useClass: PostgresShareStore },
  { provide: SHARE_TABLE, useClass: PostgresShareTable },
  { provide: WEBHOOK_STORE, useClass: PostgresWebhookStore },
  { provide: HOSPITAL_READS, useClass: PostgresHospitalReads },
  { provide: WORKLIST_READS, useClass: PostgresWorklistReads },
  { provide: BIRTH_RECORD_STORE, useClass: PostgresBirthRecordStore },
  { provide: CONSENT_STORE, useClass: PostgresConsentStore },
  { provide: FERTILITY_STORE, useClass: PostgresFertilityStore },
  { provide: NONCE_STORE, useClass: PostgresNonceStore },
  { provide: INBOX_STORE, useClass: PostgresInboxStore },
  { provide: MESSAGE_EVIDENCE, useClass: PostgresMessageEvidence },
  { provide: MATERIAL_STORE, useClass: PostgresMaterialStore },
  { provide: PORTAL_RECORD_STORE, useClass: PostgresPortalRecordStore },
  { provide: PAPER_READS, useClass: PostgresPaperReads },
  { provide: RECONCILIATION_STORE, useClass: PostgresReconciliationStore },
  { provide: RECEIPT_SIGNER, useClass: ReceiptKeys },
  { provide: ROOT_STORE, useClass: PostgresRootStore },
  { provide: EVIDENCE_READS, useClass: PostgresEvidenceReads },
  { provide: EVIDENCE_EXPORTS, useClass: PostgresEvidenceExports },
  { provide: EVIDENCE_SIGNER, useClass: EvidenceKeys },
];

/** Provides every store and read; migrates at start unless DB_MIGRATE is off. */
@Global()
@Module({
  providers: [
    { provide: PersistenceConfig, useFactory: () => readConfig(PersistenceConfig) },
    { provide: KeyRing, inject: [PersistenceConfig], useFactory: (config: PersistenceConfig) => new KeyRing(config) },
    {
      provide: Database,
      inject: [PersistenceConfig],
      useFactory: async (config: PersistenceConfig) => {
        const database = new Database(config);
        if (config.DB_MIGRATE) await database.migrate();
        return database;
      },
    },
    OnceRows,
    ...PORTS,
  ],
  exports: [Database, KeyRing, ...PORTS.map(({ provide }) => provide)],
})
export class PersistenceModule {}
