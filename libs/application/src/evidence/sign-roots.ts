import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import {
  EVIDENCE_SIGNER,
  type EvidenceSigner,
  type KeptMessageLeaf,
  ROOT_STORE,
  type RootDraft,
  type RootStore,
  type SignedRoot,
  type StatedRoot,
} from '../ports/signed-roots';
import { leafHash, treeHash } from './merkle';

const HOUR_MS = 3_600_000;
/** Stands before what is signed: a signature over one thing is none over another. */
export const ROOT_CONTEXT = 'birth-root/1\0';

/** Signs once an hour where all chains stand: whoever notes a root can tell later what was changed since. */
@Injectable()
export class SignRoots {
  private readonly logger = new Logger(SignRoots.name);

  constructor(
    @Inject(ROOT_STORE) private readonly store: RootStore,
    @Inject(EVIDENCE_SIGNER) private readonly signer: EvidenceSigner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** null: the hour has its root. */
  async execute(): Promise<SignedRoot | null> {
    const now = this.clock.now();
    const hour = now - (now % HOUR_MS);
    const root = await this.store.append(hour, (draft) => this.state(draft, hour, now));
    // the log leaves this database, and so does the root
    if (root !== null) {
      this.logger.log(`root ${root.number} signed: ${root.statement} ${root.signature.toString('base64url')}`);
    }
    return root;
  }

  private state({ previous, buckets, messages }: RootDraft, hour: number, now: number): StatedRoot {
    const number = (previous?.number ?? 0) + 1;
    const casesRoot = treeHash(buckets);
    const messagesRoot = treeHash(messages.map((message) => leafHash(messageLeaf(message))));
    const statement = JSON.stringify({
      casesRoot: casesRoot.toString('hex'),
      format: 'root/1',
      hour: new Date(hour).toISOString(),
      keyId: this.signer.keyId,
      messages: messages.length,
      messagesRoot: messagesRoot.toString('hex'),
      number,
      previous: (previous?.hash ?? Buffer.alloc(32)).toString('hex'),
      signedAt: new Date(now).toISOString(),
    });
    const hash = createHash('sha256').update(statement).digest();
    const signature = this.signer.sign(Buffer.from(ROOT_CONTEXT + statement));
    return { number, statement, keyId: this.signer.keyId, signature, casesRoot, messagesRoot, hash };
  }
}

function messageLeaf({ id, door, sender, keyId, outcome, size, digest, receivedAt }: KeptMessageLeaf): Buffer {
  return Buffer.from(JSON.stringify({ digest, door, id, keyId, outcome, receivedAt, sender, size }));
}
