import type { Stage } from '../cases/stage';
import { nowMs } from '../wire/clock';
import { isoDate } from '../wire/local-time';

const DAYS = 15;

/** A certificate that is not known here: its place of issue is asked. */
export const enquiryElsewhere = (): Extract<Stage, { kind: 'special' }> => ({
  kind: 'special',
  coordinated: true,
  text: '已向签发地发起协查',
  until: isoDate(nowMs() + DAYS * 86_400_000),
});
