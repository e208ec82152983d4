import { isHeldByDemand, type StepRecord } from '@birth/domain';
import type { Locale } from '../caller';
import type { County } from '../county';
import type { HeldAnswer, Supervised } from '../ports/dossier';
import type { DemandReportView, HeldBackView } from '../shapes/demand-shapes';
import { agencyTextView } from './agency-code-view';
import { iso } from './moments';
import { demandNotice } from './words';

interface Eyes {
  county: County;
  locale: Locale;
  showsHeldWords: boolean;
}

/** For the family: that the paper is not needed and when an answer comes. What the agency wrote is for clerks. */
export function supervisionView(
  supervised: Supervised | null,
  step: StepRecord,
  eyes: Eyes,
): { heldBack: HeldBackView | null; demandReport: DemandReportView | null } {
  const { held = null, report = null } = supervised ?? {};
  return {
    heldBack: held !== null && isShown(held, step, eyes) ? heldView(held, step, eyes) : null,
    demandReport:
      report === null
        ? null
        : {
            demand: report.demand,
            note: report.note,
            notice: demandNotice(report.demand, eyes.locale),
            reportedAt: iso(report.reportedAt),
            answerBy: iso(report.answerBy),
            decision: report.decision,
          },
  };
}

/** The family reads it while it waits; a withheld word that left the step alone is the clerks'. */
const isShown = (held: HeldAnswer, step: StepRecord, { showsHeldWords }: Eyes): boolean =>
  held.decision === null && (isHeldByDemand(step) || showsHeldWords);

const heldView = (
  held: HeldAnswer,
  { agency }: StepRecord,
  { county, locale, showsHeldWords }: Eyes,
): HeldBackView => ({
  demands: held.demands,
  notices: held.demands.map((demand) => demandNotice(demand, locale)),
  answerBy: iso(held.answerBy),
  ...(showsHeldWords
    ? {
        kind: held.event.kind,
        agencyText: agencyTextView(held.text, agency, { codes: county.agencyCodes, isForClerk: true }),
      }
    : {}),
});
