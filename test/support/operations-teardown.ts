import { takeAnswered } from './answered-operations';
import { ContractCheck } from './contract-check';

/** An operation that no test of the level sees answered is described and not shown: the whole level fails. */
export default function everyOperationWasAnswered({ nonFlagArgs }: { nonFlagArgs: readonly string[] }): void {
  const answered = takeAnswered();
  const silent = new ContractCheck().names.filter((name) => !answered.has(name));
  if (nonFlagArgs.length > 0 || silent.length === 0) return;
  throw new Error(`no test saw these operations answered: ${silent.join(', ')}`);
}
