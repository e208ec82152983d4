import type { Stage } from './stage';

/** How an agency writes each stage; the compiler sees to it that none is forgotten. */
export type StageReaders<T> = { [K in Stage['kind']]: (stage: Extract<Stage, { kind: K }>) => T };

export function readStage<T>(stage: Stage, readers: StageReaders<T>): T {
  const read = readers[stage.kind] as (stage: Stage) => T;
  return read(stage);
}
