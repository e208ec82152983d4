import { type GivenRating, RATING_ASPECTS, type RatingAspect, type RatingLevel } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply } from '../caller';
import { ratingView } from '../views/rating-view';
import { FamilyStep } from './family-step';

export interface RatingGiven {
  level: RatingLevel;
  aspects?: { readonly [A in RatingAspect]?: RatingLevel | null } | null;
  /** In the family's own words. */
  text?: string | null;
}

/** 好差评: whoever has the case says once how it went (policy P20). */
@Injectable()
export class RateCase {
  constructor(private readonly family: FamilyStep) {}

  execute(caller: Caller, once: Once, applicationId: string, given: RatingGiven): Promise<Reply> {
    const text = given.text ?? null;
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: () => ({ type: 'rated', level: given.level, aspects: aspectsOf(given) }),
      attach: () => (text === null ? {} : { sections: [{ newbornIndex: null, section: 'rating', value: { text } }] }),
      reply: ({ changedRating }) => ({ rating: ratingView(changedRating, text, caller.locale ?? 'zh-CN') }),
    });
  }
}

function aspectsOf({ aspects }: RatingGiven): GivenRating['aspects'] {
  const given = RATING_ASPECTS.flatMap((aspect) => {
    const level = aspects?.[aspect] ?? null;
    return level === null ? [] : [[aspect, level] as const];
  });
  return Object.fromEntries(given);
}
