import { moment, named, object, type Of, optional, orNull, text, whole } from '@birth/platform';

/** Of a rating and of each of its aspects: 5 very satisfied … 1 very dissatisfied. */
const level = whole;

export const RatingShape = named(
  'Rating',
  object({
    level: level(),
    levelName: text(),
    aspects: object({
      efficiency: optional(level()),
      guideAccuracy: optional(level()),
      convenience: optional(level()),
      platformUse: optional(level()),
      windowEfficiency: optional(level()),
      windowSkill: optional(level()),
      windowAttitude: optional(level()),
    }),
    text: orNull(text('What the family wrote; null for clerks who do not call back')),
    ratedAt: moment(),
    correctBy: orNull(moment()),
    calledBackAt: orNull(moment()),
  }),
);
export type RatingView = Of<typeof RatingShape>;
