import type { ClerkScope } from '../clerk/clerk-scope';

/** How a hospital tells of births (policy P3). */
export interface HospitalCount {
  officeCode: string;
  /** First told of in the time that was asked for. */
  records: number;
  /** Of these, after the hospital's limit; those told of before it was kept do not count. */
  late: number;
  /** Days begun after the limit, of the latest; 0 where none was late. */
  latestDays: number;
  /** Newborns that wait for its record now. */
  waiting: number;
}

export interface HospitalReads {
  /** Of births first told of from `from` until before `to`, one line a hospital that told of one or is waited for. */
  counts(scope: ClerkScope, from: Date, to: Date): Promise<HospitalCount[]>;
}
export const HOSPITAL_READS = Symbol('HOSPITAL_READS');
