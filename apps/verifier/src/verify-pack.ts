import { brokenEvents, brokenExchanges } from './chains';
import { sha256 } from './digests';
import { isSignedBy, readKeys, type KnownKeys } from './keys';
import type { Pack, PackedProof } from './pack';
import { brokenProof } from './proof';
import { brokenRoots, missingRoot, statementOf } from './roots';

const FORMAT = 'birth-evidence-pack/1';

export interface Expected {
  /** The platform's key, as it was published; none: the pack's own is believed. */
  keyId?: string;
  /** Roots noted elsewhere, `number:hash`. */
  roots?: readonly string[];
}

export interface Finding {
  complaints: string[];
  /** What was found to hold, and how far it reaches. */
  facts: string[];
}

/** Every part by itself, so that a complaint names the place. Needs nothing but the pack. */
export function verifyPack(text: string, expected: Expected = {}): Finding {
  const [content = '', sealText = '', ...rest] = text.split('\n');
  const pack = attempt('format', () => asPack(JSON.parse(content)));
  if (typeof pack === 'string') return { complaints: [pack], facts: [] };
  if (pack.format !== FORMAT) return { complaints: [`format: not ${FORMAT}`], facts: [] };
  const shape = rest.length === 1 && rest[0] === '' ? [] : ['format: a pack has two lines'];
  const complaints = [...shape, ...complaintsAbout(pack, { content, sealText }, expected)];
  return { complaints, facts: complaints.length > 0 ? [] : factsOf(pack, expected) };
}

function complaintsAbout(
  pack: Pack,
  { content, sealText }: { content: string; sealText: string },
  expected: Expected,
): string[] {
  const keys = attempt('key', () => readKeys(pack.keys));
  const known: KnownKeys = typeof keys === 'string' ? new Map() : keys.known;
  return [
    ...(typeof keys === 'string' ? [keys] : keys.complaints),
    ...part('seal', () => brokenSeal(content, sealText, known, expected.keyId)),
    ...part('event', () => brokenEvents(pack.events)),
    ...part('exchange', () => brokenExchanges(pack.exchanges)),
    ...part('entry', () => (pack.proof === null ? [] : brokenProof(pack, pack.proof))),
    ...part('root', () => rootComplaints(pack.proof, known, expected)),
  ];
}

function asPack(value: unknown): Pack {
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return value as Pack;
}

function brokenSeal(content: string, text: string, known: KnownKeys, expected: string | undefined): string[] {
  const { keyId, signature } = JSON.parse(text) as { keyId: string; signature: string };
  if (JSON.stringify({ keyId, signature }) !== text) return ['seal: it is written in another way'];
  if (expected !== undefined && keyId !== expected) return [`seal: by ${keyId}, not by ${expected}`];
  return isSignedBy(known, keyId, `${FORMAT}\0${content}`, signature) ? [] : ['seal: the pack was changed'];
}

function rootComplaints(proof: PackedProof | null, known: KnownKeys, { keyId, roots = [] }: Expected): string[] {
  if (proof === null) return roots.map((noted) => `root ${noted}: the pack has no root`);
  const foreign = proof.roots.filter(({ statement }) => keyId !== undefined && statementOf(statement).keyId !== keyId);
  return [
    ...brokenRoots(proof.roots, known),
    ...foreign.map(({ statement }) => `root ${statementOf(statement).number}: by another key`),
    ...roots.flatMap((noted) => missingRoot(proof.roots, noted)),
  ];
}

function factsOf({ caseNumber, events, exchanges, unlinked, proof, keys }: Pack, { keyId }: Expected): string[] {
  const opened = exchanges.filter(({ bodies }) => bodies !== undefined).length;
  return [
    `case ${caseNumber}: ${events.length} events, ${exchanges.length} exchanges, ${opened} of them opened`,
    ...(unlinked.length === 0
      ? []
      : [`${unlinked.length} exchanges were kept before they were linked: nothing is proven of them`]),
    ...(proof === null ? ['no root was signed since the case was filed'] : rootFacts(events, exchanges, proof)),
    ...(keyId === undefined
      ? [`key ${keys.map(({ kid }) => kid).join(', ')} is the pack’s own: compare it with the published one`]
      : []),
  ];
}

function rootFacts(events: readonly unknown[], exchanges: readonly unknown[], { entry, roots }: PackedProof): string[] {
  const last = roots.at(-1)?.statement ?? '';
  const { number, hour } = statementOf(last);
  return [
    `as in root ${number} of ${hour}, hash ${sha256(last).toString('hex')}`,
    `after it came ${events.length - entry.eventSeq} events and ${exchanges.length - entry.exchangeSeq} exchanges`,
  ];
}

const part = (name: string, check: () => string[]): string[] => {
  const found = attempt(name, check);
  return typeof found === 'string' ? [found] : found;
};

function attempt<T>(name: string, read: () => T): T | string {
  try {
    return read();
  } catch {
    return `${name}: it cannot be read`;
  }
}
