import type { AgencyCode, StepRecord } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { supervisedOf } from '../agency/held-answer';
import type { Caller, Locale } from '../caller';
import { type ClerkScope, COORDINATOR, isInScope } from '../clerk/clerk-scope';
import { type County, COUNTY } from '../county';
import { consentView } from '../family/consent-standing';
import { isQueryPassword } from '../intake/query-password';
import { CASE_STORE, type CaseStore, type LoadedCase } from '../ports/case-store';
import { CASE_READS, type CaseReads, CLERK_READS, type ClerkReads } from '../ports/reads';
import type { EventView } from '../shapes/case-shapes';
import type { ClerkCase } from '../shapes/clerk-shapes';
import type { ShownCase } from '../shapes/family-shapes';
import { agencyCodeView, codeOfEvent } from './agency-code-view';
import { birthRegion } from './birth-region';
import { caseView, isOfBirth } from './case-view';
import { eventView, otherParentsEvents } from './event-view';
import { maskedPeople } from './masked-people';
import { isAskedToRate, ratingText, ratingView } from './rating-view';
import { taskView } from './task-view';

const TRACK_TRIES = 5;
const TIMELINE = 200;

export interface FamilyCase {
  loaded: LoadedCase;
  /** Who filed; the other parent sees states and dates only (P7). */
  isOwner: boolean;
}

/** One case for the eyes of the family, of a clerk, or of whoever holds the receipt. */
@Injectable()
export class ShowApplication {
  constructor(
    @Inject(CASE_STORE) private readonly store: CaseStore,
    @Inject(CASE_READS) private readonly reads: CaseReads,
    @Inject(CLERK_READS) private readonly clerkReads: ClerkReads,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  /** A foreign case is as unknown as none. The other parent sees states and dates, never what the agency wrote or asks for (P7). */
  async forApplicant(caller: Caller, applicationId: string, locale: Locale): Promise<ShownCase> {
    return this.shown(await this.openCase(caller, applicationId), locale);
  }

  /** The case itself, for what else the family may have of it. */
  async openCase(caller: Caller, applicationId: string): Promise<FamilyCase> {
    const isOwner = await this.mustBeFamily(caller, applicationId);
    return { loaded: await this.load(applicationId), isOwner };
  }

  shown({ loaded, isOwner }: FamilyCase, locale: Locale): ShownCase {
    const view = { ...this.view(loaded, locale, isOwner ? FAMILY : OTHER_PARENT), caseNumber: loaded.caseNumber };
    if (!isOwner) return view;
    const now = this.clock.now();
    const asked = loaded.consents.filter(({ state }) => state !== 'replaced');
    return {
      ...view,
      consents: asked.map((consent) => consentView(consent, now)),
      rating: ratingView(loaded.state.rating, ratingText(loaded), locale),
      mayRate: isAskedToRate(loaded.state),
    };
  }

  /** True for who filed, false for the other parent after confirming; 404 for everybody else. */
  async mustBeFamily(caller: Caller, applicationId: string): Promise<boolean> {
    const relation = await this.reads.relation(applicationId, caller.subject);
    if (relation !== null) return relation === 'applicant';
    throw new Problem(404, 'not_found');
  }

  async forClerk(scope: ClerkScope, applicationId: string, locale: Locale): Promise<ClerkCase> {
    if (!(await this.clerkReads.inScope(scope, applicationId))) throw new Problem(404, 'not_found');
    const loaded = await this.load(applicationId);
    const [events, reasons, openTasks] = await Promise.all([
      this.reads.events(applicationId, 0, TIMELINE),
      this.reads.reasons(applicationId),
      this.clerkReads.openTasks(applicationId),
    ]);
    const people = maskedPeople(loaded);
    const seen = new Set<string | null>(
      loaded.state.steps.flatMap((step) => (isInScope(scope, step) ? [step.id] : [])),
    );
    if (isInScope(scope, WHOLE_CASE)) seen.add(null);
    const agencyOf = new Map<string | null, AgencyCode>(loaded.state.steps.map(({ id, agency }) => [id, agency]));
    return {
      ...this.view(loaded, locale, { ...CLERK, mayRead: (step) => isInScope(scope, step) }),
      caseNumber: loaded.caseNumber,
      definitionVersion: loaded.state.definitionVersion,
      isProtected: loaded.isProtected,
      rating: ratingView(loaded.state.rating, isInScope(scope, COORDINATOR) ? ratingText(loaded) : null, locale),
      people,
      timeline: events.map((event) => {
        const given = seen.has(event.stepId) ? reasons.get(event.seq) : undefined;
        const said = agencyCodeView(this.county.agencyCodes, agencyOf.get(event.stepId), codeOfEvent(event));
        return {
          ...eventView(event),
          ...(given === undefined ? {} : { clerkReason: given }),
          ...(said === undefined ? {} : { agencyCode: said }),
        };
      }),
      openTasks: openTasks.filter((task) => isInScope(scope, task)).map(taskView),
    };
  }

  /** State by case number and query password; locked after five wrong tries; no name, no office text, no papers. */
  async track(caseNumber: string, queryPassword: string, locale: Locale): Promise<ShownCase> {
    const found = await this.reads.byCaseNumber(caseNumber);
    if (found === null) throw new Problem(404, 'not_found');
    if (found.failedTries >= TRACK_TRIES) throw new Problem(423, 'tracking_locked');
    if (!isQueryPassword(queryPassword.replace(/[\s-]/g, ''), found.queryPasswordHash)) {
      await this.reads.countTrackFailure(found.applicationId);
      throw new Problem(404, 'not_found');
    }
    const loaded = await this.load(found.applicationId);
    return { ...this.view(loaded, locale, STRANGER), caseNumber };
  }

  async events(caller: Caller, applicationId: string, afterSeq: number, limit: number): Promise<EventView[]> {
    const isOwner = await this.mustBeFamily(caller, applicationId);
    const events = await this.reads.events(applicationId, afterSeq, limit);
    return isOwner ? events.map(eventView) : otherParentsEvents(events);
  }

  private async load(applicationId: string): Promise<LoadedCase> {
    const loaded = await this.store.read(applicationId);
    if (loaded === null) throw new Problem(404, 'not_found');
    return loaded;
  }

  private view(loaded: LoadedCase, locale: Locale, { mayRead, showsHeldWords, showsOffice }: Eyes) {
    const { state } = loaded;
    const readable = new Set(state.steps.filter(mayRead).map(({ id }) => id));
    return caseView(state, {
      county: this.county,
      locale,
      now: this.clock.now(),
      secretsOf: (stepId) => (readable.has(stepId) ? loaded.openStep(stepId) : { agencyText: null }),
      showsPapers: ({ id }) => readable.has(id),
      showsOffice,
      birthRegionOf: (step) => (readable.has(step.id) ? birthRegion(loaded, step) : null),
      supervisedOf: (step) => (readable.has(step.id) ? supervisedOf(loaded, step) : null),
      showsHeldWords,
    });
  }
}

interface Eyes {
  mayRead: (step: StepRecord) => boolean;
  showsHeldWords: boolean;
  showsOffice: (step: StepRecord) => boolean;
}

/** What happened to no step in particular is of every agency and office. */
const WHOLE_CASE = { agency: null, officeCode: null };

const FAMILY: Eyes = { mayRead: () => true, showsHeldWords: false, showsOffice: () => true };
const CLERK: Omit<Eyes, 'mayRead'> = { showsHeldWords: true, showsOffice: () => true };
/** Who holds the receipt reads what is printed on it. */
const STRANGER: Eyes = { ...FAMILY, mayRead: () => false };
/** States and dates, and nothing of where the other one lives (P7). */
const OTHER_PARENT: Eyes = { ...STRANGER, showsOffice: isOfBirth };
