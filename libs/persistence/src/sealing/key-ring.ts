import { isProof } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { createHmac, randomBytes } from 'node:crypto';
import type { PersistenceConfig } from '../persistence.config';
import { CaseSeal } from './case-seal';
import { openCell, sealCell } from './cell';
import { deriveKey, readKey } from './key-material';

export type LookupKind =
  'newborn' | 'receipt' | 'mother' | 'father' | 'record' | 'subject' | 'consent' | 'consent_parent' | 'fertility';

/** The keys of this installation: the master key wraps data keys, the lookup key makes blind indexes. */
@Injectable()
export class KeyRing {
  private readonly wrapping: Buffer;
  private readonly master: Buffer;
  private readonly lookup: Buffer;
  private readonly derived = new Map<string, Buffer>();

  constructor(config: PersistenceConfig) {
    this.master = readKey('MASTER_KEY', config.MASTER_KEY, config.MASTER_KEY_FILE);
    this.lookup = readKey('LOOKUP_KEY', config.LOOKUP_KEY, config.LOOKUP_KEY_FILE);
    this.wrapping = deriveKey(this.master, 'wrap');
  }

  /** A new data key for a case, and how it is stored. */
  newCase(caseId: string): { seal: CaseSeal; wrapped: Buffer } {
    const dataKey = randomBytes(32);
    return { seal: new CaseSeal(caseId, dataKey), wrapped: sealCell(this.wrapping, wrapPlace(caseId), dataKey) };
  }

  openCase(caseId: string, wrapped: Buffer): CaseSeal {
    return new CaseSeal(caseId, openCell(this.wrapping, wrapPlace(caseId), wrapped));
  }

  /** Seals what belongs to no case: inbox bodies, stored responses, materials. */
  service(purpose: 'inbox' | 'idempotency' | 'material' | 'reconciliation'): CaseSeal {
    return new CaseSeal(purpose, this.derive(this.master, `service/${purpose}`));
  }

  /** Keyed, unsalted digest for exact lookups (blind index); a key of its own per kind. */
  token(kind: LookupKind, text: string): Buffer {
    return this.digest(`lookup/${kind}`, text);
  }

  /** A person by the paper that names him or her; null for a paper that proves nobody, so that it finds nothing. */
  paper(kind: LookupKind, identity: { type: string; number: string }): Buffer | null {
    return isProof(identity) ? this.token(kind, `${identity.type}/${identity.number}`) : null;
  }

  digest(purpose: string, text: string | Buffer): Buffer {
    return createHmac('sha256', this.derive(this.lookup, purpose)).update(text).digest();
  }

  /** 32 bytes to make a signing key of. */
  signingSeed(purpose: 'receipt' | 'evidence' | 'batch'): Buffer {
    return this.derive(this.master, `sign/${purpose}`);
  }

  private derive(key: Buffer, purpose: string): Buffer {
    const known = this.derived.get(purpose);
    if (known !== undefined) return known;
    const derived = deriveKey(key, purpose);
    this.derived.set(purpose, derived);
    return derived;
  }
}

const wrapPlace = (caseId: string) => ({ table: 'case_key', column: 'wrapped', rowId: caseId, caseId });
