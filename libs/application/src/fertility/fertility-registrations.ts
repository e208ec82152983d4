import { decideFertility, type FertilityDecision, type FertilityEvent, type FertilityState } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { asConflict } from '../as-conflict';
import { type Caller, type Locale, type Once, onceRow, type Reply } from '../caller';
import { type ClerkScope, coversRegion, isNamed } from '../clerk/clerk-scope';
import { type County, COUNTY } from '../county';
import {
  FERTILITY_STORE,
  type FertilityChange,
  type FertilityRegistration,
  type FertilityStore,
} from '../ports/fertility-store';
import { MATERIAL_STORE, type MaterialStore } from '../ports/reads';
import type { FertilityForClerks, FertilityList, FertilityPage, FertilityView } from '../shapes/fertility-shapes';
import { FERTILITY_COUNTY, type FertilityCounty } from './fertility-county';
import { fertilityClerkView, fertilityListView, fertilityView } from './fertility-view';

interface ActedBy {
  actor: 'applicant' | 'clerk' | 'platform';
  actorId: string | null;
}

export interface FertilityJudgement {
  expectedVersion: number;
  decision: FertilityDecision;
  /** For the family, in the office's words. */
  reason: string;
}

interface Evidence {
  id: string;
  materials: readonly string[];
  locale: Locale;
}

/** What happens to a declaration after it was made: evidence, the office's decisions, limits that pass. */
@Injectable()
export class FertilityRegistrations {
  constructor(
    @Inject(FERTILITY_STORE) private readonly store: FertilityStore,
    @Inject(MATERIAL_STORE) private readonly materials: MaterialStore,
    @Inject(FERTILITY_COUNTY) private readonly fertility: FertilityCounty,
    @Inject(COUNTY) private readonly county: Pick<County, 'calendar'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async own(caller: Caller): Promise<FertilityList> {
    return { items: (await this.store.own(caller.subject)).map(fertilityListView), nextCursor: null };
  }

  async one(caller: Caller, id: string, locale: Locale): Promise<FertilityView> {
    const found = await this.store.byId(id);
    if (found?.declarantSubject !== caller.subject) throw new Problem(404, 'not_found');
    return fertilityView(found, this.fertility.offices, locale);
  }

  /** Documents that explain a difference; an empty list says that there are none. 404 for another's, 422 for unknown materials. */
  async evidence(caller: Caller, once: Once, { id, materials, locale }: Evidence): Promise<Reply> {
    await this.mustBeKept(caller, materials);
    const event: FertilityEvent = { type: materials.length === 0 ? 'no_evidence' : 'evidence_given' };
    const by = { actor: 'applicant', actorId: caller.subject } as const;
    const reply = await this.store.changeOnce(id, {
      once: onceRow(caller, once),
      decide: (found) => {
        if (found.declarantSubject !== caller.subject) throw new Problem(404, 'not_found');
        return { ...this.decide(found, event, by), evidence: [...found.evidence, ...materials] };
      },
      respond: (changed) => ({ status: 200, body: fertilityView(changed, this.fertility.offices, locale) }),
    });
    if (reply === null) throw new Problem(404, 'not_found');
    return reply;
  }

  private async mustBeKept(caller: Caller, materials: readonly string[]): Promise<void> {
    const kept = await Promise.all(materials.map((material) => this.materials.exists(material, caller.subject)));
    const errors = kept.flatMap((isKept, index) =>
      isKept ? [] : [{ pointer: `/materials/${index}`, code: 'unknown_material' }],
    );
    if (errors.length > 0) throw new Problem(422, 'form_invalid', { errors });
  }

  async ofClerk(
    scope: ClerkScope,
    state: FertilityState | undefined,
    page: { cursor: string | null; limit: number },
  ): Promise<FertilityPage> {
    const filter = { offices: this.officesOf(scope), ...(state === undefined ? {} : { state }) };
    const { items, nextCursor } = await this.store.ofOffices(filter, page.cursor, page.limit);
    return { items: items.map(fertilityListView), nextCursor };
  }

  async forClerk(scope: ClerkScope, id: string): Promise<FertilityForClerks> {
    const found = await this.store.byId(id);
    if (found === null || !this.officesOf(scope).includes(found.officeCode)) throw new Problem(404, 'not_found');
    return fertilityClerkView(found, await this.store.entries(id));
  }

  /** The office compares, judges evidence, or tells what the asked place answered. 412 when somebody was faster. */
  async judge(
    clerk: { subject: string; scope: ClerkScope },
    id: string,
    judgement: FertilityJudgement,
  ): Promise<FertilityForClerks> {
    const { decision, expectedVersion, reason } = judgement;
    const by = { actor: 'clerk', actorId: clerk.subject } as const;
    const changed = await this.store.change(id, (found) => {
      if (!this.officesOf(clerk.scope).includes(found.officeCode)) throw new Problem(404, 'not_found');
      const { version, state } = found.record;
      if (version !== expectedVersion) throw new Problem(412, 'version_conflict', { extra: { version, state } });
      return { ...this.decide(found, { type: 'decided', decision }, by), note: reason };
    });
    if (changed === null) throw new Problem(404, 'not_found');
    return fertilityClerkView(changed, await this.store.entries(id));
  }

  /** Limits that have passed; returns how many. Two processes at once do it once. */
  async passDeadlines(limit: number): Promise<number> {
    const ids = await this.store.due(this.clock.now(), limit);
    for (const id of ids) {
      await this.store.change(id, (found) => {
        const isDue = found.record.dueAt !== null && found.record.dueAt <= this.clock.now();
        return isDue ? this.decide(found, { type: 'deadline_passed' }, { actor: 'platform', actorId: null }) : null;
      });
    }
    return ids.length;
  }

  private decide(found: FertilityRegistration, event: FertilityEvent, by: ActedBy): FertilityChange {
    const now = this.clock.now();
    const context = { now, calendar: this.county.calendar, settings: this.fertility.settings };
    const record = decided(found.record, event, context);
    const type = event.type === 'decided' ? event.decision : event.type;
    return { record, entry: { type, fromState: found.record.state, toState: record.state, ...by, at: now } };
  }

  /** Declarations belong to health: a scope of another agency sees none. */
  private officesOf(scope: ClerkScope): string[] {
    if (!isNamed(scope.agencies, 'health-commission')) return [];
    return this.fertility.offices
      .filter(({ town, code }) => coversRegion(scope, town) && isNamed(scope.offices, code))
      .map(({ code }) => code);
  }
}

function decided(...given: Parameters<typeof decideFertility>): ReturnType<typeof decideFertility> {
  try {
    return decideFertility(...given);
  } catch (error) {
    return asConflict(error);
  }
}
