import { AgenciesModule } from '@birth/agencies';
import { ApplicationModule } from '@birth/application';
import { PersistenceModule } from '@birth/persistence';
import { QueueModule } from '@birth/queue';
import { Module } from '@nestjs/common';
import { FertilityClock } from './fertility-clock';
import { HintLoop } from './hint-loop';
import { KeptMessages } from './kept-messages';
import { NightlyReconciliation } from './nightly-reconciliation';
import { PortalRounds } from './portal-rounds';
import { RootClock } from './root-clock';
import { ShareRounds } from './share-rounds';
import { WebhookRounds } from './webhook-rounds';

@Module({
  imports: [ApplicationModule.with(PersistenceModule, QueueModule, AgenciesModule)],
  providers: [
    HintLoop,
    FertilityClock,
    KeptMessages,
    RootClock,
    NightlyReconciliation,
    ShareRounds,
    WebhookRounds,
    PortalRounds,
  ],
})
export class WorkerModule {}
