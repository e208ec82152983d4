import {
  AgencyUnavailable,
  type County,
  COUNTY,
  GOVERNMENT_PORTAL,
  type GovernmentPortal,
  type PortalFiling,
  type PortalRecord,
  type RecordReply,
} from '@birth/application';
import type { Office } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyHttp } from '../kit/agency-http';
import { HttpMessageSigner } from '../kit/http-message-signer';
import { type KeyPair, SIGNING_KEYS } from '../kit/key-pair';
import { GovernmentPortalConfig } from './government-portal.config';
import { toFiling } from './government-portal.mapper';
import { readJson } from '../kit/parse';
import { recordMessage, toRecordReply } from './record.mapper';
import { readPortalFiling } from './government-portal.schema';

const JSON_TYPE = 'application/json';
const MAX_MATERIAL = 5 * 1_048_576;
/** What it says is kept with what it is about: the filing, or the record. */
const NO_STEP = { record: () => undefined };

/** The city's portal (渝快办): a front door for families, and a reader of case records. Both ways signed as RFC 9421. */
@Injectable()
export class GovernmentPortalAdapter implements GovernmentPortal {
  private readonly http: AgencyHttp | null;

  constructor(
    config: GovernmentPortalConfig,
    @Inject(CLOCK) clock: Clock,
    @Inject(SIGNING_KEYS) keys: KeyPair,
    @Inject(COUNTY) private readonly county: Pick<County, 'offices'>,
  ) {
    const { GOVERNMENT_PORTAL_URL: url, GOVERNMENT_PORTAL_CA_FILE: caFile } = config;
    const profile = {
      keys,
      owner: GOVERNMENT_PORTAL,
      algorithm: 'ecdsa-p256-sha256',
      repliesAreSigned: false,
    } as const;
    const signer = new HttpMessageSigner(profile, () => clock.now());
    this.http = url === '' ? null : new AgencyHttp({ url, caFile }, clock, undefined, signer);
  }

  readFiling(body: Buffer): PortalFiling {
    return toFiling(readPortalFiling(body));
  }

  async fetchMaterial(reference: string, deadlineAt: number): Promise<Buffer | null> {
    const { status, bytes } = await this.reached().fetchFile({
      method: 'GET',
      path: `/materials/${reference}`,
      accepts: '',
      deadlineAt,
      evidence: NO_STEP,
      understands: [404],
      maxBytes: MAX_MATERIAL,
    });
    return status === 404 ? null : bytes;
  }

  async send(record: PortalRecord, deadlineAt: number): Promise<RecordReply> {
    const { text } = await this.reached().send({
      method: 'POST',
      path: '/records',
      headers: { 'content-type': JSON_TYPE },
      body: JSON.stringify(recordMessage(record, this.unitOf(record))),
      accepts: JSON_TYPE,
      deadlineAt,
      evidence: NO_STEP,
    });
    return toRecordReply(readJson(text), record);
  }

  private unitOf({ service }: PortalRecord): Office | undefined {
    return this.county.offices.find(({ code }) => code === service?.officeCode);
  }

  private reached(): AgencyHttp {
    if (this.http === null) throw new AgencyUnavailable('no address of the portal');
    return this.http;
  }
}
