import type { AnswerMode, Office } from '@birth/domain';
import { Rounds } from '@birth/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { County } from './county';
import { OFFICE_MODE_STORE, type OfficeModeStore } from './ports/office-modes';

const LOOK_MS = 1_000;

/** How offices answer where a supervisor has changed it: what this process knows of it. */
export class OfficeModes {
  private changed: ReadonlyMap<string, AnswerMode> = new Map();
  private version = 0;

  set(changed: ReadonlyMap<string, AnswerMode>): void {
    const isSame =
      changed.size === this.changed.size && [...changed].every(([code, mode]) => this.changed.get(code) === mode);
    if (isSame) return;
    this.changed = changed;
    this.version += 1;
  }

  /** The county whose offices answer as they do now. */
  over(county: County): County {
    let made = { version: 0, offices: county.offices };
    const officesNow = (): readonly Office[] => {
      if (made.version !== this.version) {
        const offices = county.offices.map((office) => this.asNow(office));
        made = { version: this.version, offices };
      }
      return made.offices;
    };
    return Object.defineProperty({ ...county }, 'offices', { get: officesNow, enumerable: true });
  }

  private asNow(office: Office): Office {
    const answerMode = this.changed.get(office.code);
    return answerMode === undefined ? office : { ...office, answerMode };
  }
}

/** Every process hears of a change within a second; what was known stays known while the database is away. */
@Injectable()
export class OfficeModeWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(
    @Inject(OFFICE_MODE_STORE) private readonly store: OfficeModeStore,
    private readonly modes: OfficeModes,
  ) {
    const round = () => this.look();
    this.rounds = new Rounds({ name: OfficeModeWatch.name, failure: 'answer modes not read', everyMs: LOOK_MS, round });
  }

  async look(): Promise<void> {
    this.modes.set(await this.store.current());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.rounds.attempt(() => this.look());
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
