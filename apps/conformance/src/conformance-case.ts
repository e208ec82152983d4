/** One thing that must hold. `A` is the side that is tried. */
export interface ConformanceCase<A> {
  /** `<who>/<what>`, stable. */
  id: string;
  title: string;
  /** Where it is agreed. */
  rule: string;
  /** What a developer of that side does about it. */
  cure: string;
  /** Rejects with the reason. */
  prove: (side: A) => Promise<void>;
}

/** Why a case does not hold: names of fields and codes, never values of a person. */
export class NotConformant extends Error {
  override readonly name = 'NotConformant';
}

export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new NotConformant(otherwise);
}

export interface CaseResult {
  id: string;
  title: string;
  rule: string;
  passed: boolean;
  /** Of a failure. */
  reason: string | null;
  cure: string | null;
  tookMs: number;
}
