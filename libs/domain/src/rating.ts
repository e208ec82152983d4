/** 好差评 (国办发〔2019〕51号): 5 very satisfied, 4 satisfied, 3 rather satisfied, 2 dissatisfied, 1 very dissatisfied. */
export const RATING_LEVELS = [1, 2, 3, 4, 5] as const;
export type RatingLevel = (typeof RATING_LEVELS)[number];

/** Second-level indicators: four of what was done online, three of what was done at a window. */
export const RATING_ASPECTS = [
  'efficiency',
  'guideAccuracy',
  'convenience',
  'platformUse',
  'windowEfficiency',
  'windowSkill',
  'windowAttitude',
] as const;
export type RatingAspect = (typeof RATING_ASPECTS)[number];

/** What a family says of its case, once. */
export interface GivenRating {
  level: RatingLevel;
  aspects: Readonly<Partial<Record<RatingAspect, RatingLevel>>>;
}

export interface Rating extends GivenRating {
  ratedAt: number;
  /** Until when what a bad rating is about is put right and the family called back; null of every other rating. */
  correctBy: number | null;
  /** When a clerk had done both. */
  calledBackAt: number | null;
}

export const isBad = ({ level }: Pick<GivenRating, 'level'>): boolean => level <= 2;
