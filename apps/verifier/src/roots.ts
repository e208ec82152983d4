import { sha256, START } from './digests';
import { isSignedBy, type KnownKeys } from './keys';
import type { PackedProof, Statement } from './pack';

const CONTEXT = 'birth-root/1\0';

export const statementOf = (text: string): Statement => JSON.parse(text) as Statement;

/** Each signed, each over the one before. */
export function brokenRoots(roots: PackedProof['roots'], keys: KnownKeys): string[] {
  return roots.flatMap(({ statement: text, signature }, index) => {
    const statement = statementOf(text);
    const before = roots[index - 1];
    return [
      ...(isSignedBy(keys, statement.keyId, CONTEXT + text, signature)
        ? []
        : [`root ${statement.number}: its signature is wrong`]),
      ...(before === undefined ? brokenStart(statement) : brokenStep(statement, before.statement)),
    ];
  });
}

/** Only the first of all follows nothing. */
const brokenStart = ({ number, previous }: Statement): string[] =>
  (number === 1) === (previous === START.toString('hex')) ? [] : [`root ${number}: it follows nothing`];

function brokenStep({ number, previous }: Statement, before: string): string[] {
  const follows = previous === sha256(before).toString('hex') && number === statementOf(before).number + 1;
  return follows ? [] : [`root ${number}: it does not follow the one before it`];
}

/** A root that somebody wrote down when it was signed: `number:hash`. */
export function missingRoot(roots: PackedProof['roots'], noted: string): string[] {
  const [number, hash] = noted.split(':');
  const same = roots.find(({ statement }) => String(statementOf(statement).number) === number);
  if (same === undefined) return [`root ${number}: it is not in the pack`];
  return sha256(same.statement).toString('hex') === hash ? [] : [`root ${number}: it is another than the one noted`];
}
