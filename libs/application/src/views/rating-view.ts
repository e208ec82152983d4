import { type CaseState, hasSomethingToRate, type Rating, type RatingLevel } from '@birth/domain';
import type { Locale } from '../caller';
import type { LoadedCase } from '../ports/case-store';
import type { RatingView } from '../shapes/rating-shapes';
import { iso, isoOrNull } from './moments';

const LEVELS: Record<Locale, Readonly<Record<RatingLevel, string>>> = {
  'zh-CN': { 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意', 1: '非常不满意' },
  en: {
    5: 'Very satisfied',
    4: 'Satisfied',
    3: 'Rather satisfied',
    2: 'Dissatisfied',
    1: 'Very dissatisfied',
  },
};

/** `text`: null for eyes that it is not meant for. */
export function ratingView(rating: Rating | null, text: string | null, locale: Locale): RatingView | null {
  if (rating === null) return null;
  const { level, aspects, ratedAt, correctBy, calledBackAt } = rating;
  return {
    level,
    levelName: LEVELS[locale][level],
    aspects,
    text,
    ratedAt: iso(ratedAt),
    correctBy: isoOrNull(correctBy),
    calledBackAt: isoOrNull(calledBackAt),
  };
}

/** What was written with a rating; a case without one opens nothing. */
export const ratingText = (loaded: LoadedCase): string | null =>
  loaded.state.rating === null ? null : (loaded.open(0, ['rating']).rating?.text ?? null);

/** Shown where the family may rate; a family that lost a child is not asked. */
export const isAskedToRate = (state: CaseState): boolean =>
  state.rating === null &&
  hasSomethingToRate(state) &&
  state.newborns.every(({ deathReportedAt }) => deathReportedAt === null);
