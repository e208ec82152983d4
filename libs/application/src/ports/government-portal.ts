import type { IdentityDocument } from '@birth/domain';
import type { PortalRecord } from './portal-records';

/** How the portal's agency is named among those who sign messages. */
export const GOVERNMENT_PORTAL = 'government-portal';

/** How a person was verified by the portal, as it says. */
export interface PersonVerification {
  method: 'face' | 'e_licence' | 'window';
  /** The portal's own level of its account. */
  level: string;
  /** ISO 8601 with offset. */
  verifiedAt: string;
  transaction: string;
}

/** A paper that lies at the portal. */
export interface ReferredMaterial {
  reference: string;
  name: string;
  /** SHA-256 of its bytes, hex: what is fetched must be what was signed. */
  digest: string;
}

export const PORTAL_CHANNELS = ['window', 'computer', 'mobile', 'courier', 'other'] as const;
export type PortalChannel = (typeof PORTAL_CHANNELS)[number];

/** One application as a family filed it at the city's portal (政务服务平台). */
export interface PortalFiling {
  /** The portal's own number of the case. */
  caseNumber: string;
  channel: PortalChannel;
  person: {
    /** The account by which this person signs in here too. */
    account: string;
    name: string;
    identity: IdentityDocument;
    mobile: string;
    verification: PersonVerification;
  };
  materials: readonly ReferredMaterial[];
  /** The joint form, not yet looked at. */
  form: unknown;
}

/** It has the record, now or before; or it takes none such, by its own code. */
export type RecordReply = { outcome: 'acknowledged' } | { outcome: 'refused'; code: string };

/** The portal's own wire. */
export interface GovernmentPortal {
  /** Throws AgencyContractBroken, which names the field. */
  readFiling(body: Buffer): PortalFiling;
  /** null: the portal has no such paper. Throws AgencyUnavailable or OutcomeUnknown. */
  fetchMaterial(reference: string, deadlineAt: number): Promise<Buffer | null>;
  /** Throws AgencyUnavailable, OutcomeUnknown or AgencyContractBroken: then it is sent again. */
  send(record: PortalRecord, deadlineAt: number): Promise<RecordReply>;
}
export const PORTAL = Symbol('PORTAL');
