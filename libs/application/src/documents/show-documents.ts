import { type Clock, CLOCK, Problem } from '@birth/platform';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../caller';
import { DOCUMENT_PRESS, type DocumentPress, type PrintedDocument } from '../ports/document-press';
import { RECEIPT_SIGNER, type ReceiptSigner } from '../ports/receipt-signer';
import {
  DOCUMENT_MEDIA_TYPE,
  type DocumentList,
  type EntitlementList,
  type ReceiptCheck,
} from '../shapes/document-shapes';
import { type FamilyCase, ShowApplication } from '../views/show-application';
import { stateName, stepName } from '../views/words';
import { type Entitlement, ENTITLEMENTS, entitlementsFor } from './entitlements';
import { type IssuerLink, ISSUER_LINKS, linksFor } from './issuer-links';
import { PassOnLicence } from './pass-on-licence';
import {
  type CaseToPrint,
  claimsOf,
  DOCUMENT_IDS,
  DOCUMENT_NAMES,
  type DocumentId,
  isOver,
  printedCompletion,
  printedReceipt,
} from './printed-case';

const LANGUAGE = 'zh-CN';

export interface OpenedDocument {
  fileName: string;
  mediaType: string;
  bytes: Buffer;
}

/** The papers that are ours: receipt and completion list (P17). In Chinese, as offices read them. */
@Injectable()
export class ShowDocuments {
  constructor(
    private readonly show: ShowApplication,
    private readonly licences: PassOnLicence,
    @Inject(DOCUMENT_PRESS) private readonly press: DocumentPress,
    @Inject(RECEIPT_SIGNER) private readonly signer: ReceiptSigner,
    @Inject(ENTITLEMENTS) private readonly entitlements: readonly Entitlement[],
    @Inject(ISSUER_LINKS) private readonly links: readonly IssuerLink[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(caller: Caller, applicationId: string): Promise<DocumentList> {
    const found = await this.show.openCase(caller, applicationId);
    const view = this.show.shown(found, LANGUAGE);
    const licences = this.licences.offered(found, LANGUAGE);
    const ours = DOCUMENT_IDS.map((id) => ({
      id,
      kind: id,
      name: DOCUMENT_NAMES[id],
      issuer: null,
      isReady: id === 'receipt' || isOver(view),
      link: null,
    }));
    const theirs = licences.map(({ stepId, name, issuer }) => ({
      id: stepId,
      kind: 'licence' as const,
      name,
      issuer,
      isReady: true,
      link: null,
    }));
    return { items: [...ours, ...theirs, ...this.linked(found)] };
  }

  /** Of the parent who filed: whose account the child is bound to is that parent's affair. */
  private linked({ loaded: { state }, isOwner }: FamilyCase): DocumentList['items'] {
    if (!isOwner) return [];
    const today = toShanghaiDate(this.clock.now());
    return state.newborns.flatMap(({ index }) => {
      const steps = state.steps.filter(({ newbornIndex }) => newbornIndex === index);
      return linksFor(this.links, today, steps).flatMap(({ step, name, issuer, url, how }) => {
        const id = steps.find(({ code }) => code === step)?.id ?? step;
        return [{ id, kind: 'link' as const, name, issuer, isReady: true, link: { url, how } }];
      });
    });
  }

  /** One of ours, or the e-licence of a step. 404 for a foreign case; 409 for a list of what is not over. */
  async open(caller: Caller, applicationId: string, id: string): Promise<OpenedDocument> {
    const found = await this.show.openCase(caller, applicationId);
    const own = DOCUMENT_IDS.find((known) => known === id);
    if (own !== undefined) return this.print(found, own);
    const { mediaType, bytes } = await this.licences.fetch(found, id);
    return { fileName: `${id}.${mediaType.split('/').at(-1) ?? 'bin'}`, mediaType, bytes };
  }

  private async print(found: FamilyCase, id: DocumentId): Promise<OpenedDocument> {
    const shown = await this.toPrint(found);
    const paper = id === 'receipt' ? printedReceipt(shown) : this.completion(found, shown);
    return {
      fileName: `${shown.caseNumber}-${id}.pdf`,
      mediaType: DOCUMENT_MEDIA_TYPE,
      bytes: await this.press.print(paper),
    };
  }

  private completion({ loaded }: FamilyCase, shown: CaseToPrint): PrintedDocument {
    if (!isOver(shown.view)) throw new Problem(409, 'document_not_ready');
    const bornOn = loaded.state.newborns[0]?.bornOn ?? null;
    const today = toShanghaiDate(shown.now);
    return printedCompletion(shown, {
      entitlements: entitlementsFor(this.entitlements, today, bornOn),
      links: linksFor(this.links, today, loaded.state.steps),
    });
  }

  /** What a receipt says, for whoever was shown one; nothing that was not on the paper. */
  async check(code: string): Promise<ReceiptCheck> {
    const claims = await this.signer.read(code);
    if (claims === null) return { isGenuine: false, receipt: null };
    const results = claims.results.map(({ newborn, service, state }) => ({
      newborn,
      service,
      serviceName: stepName(service, LANGUAGE),
      state,
      stateName: stateName(state, LANGUAGE),
    }));
    return { isGenuine: true, receipt: { caseNumber: claims.caseNumber, printedOn: claims.printedOn, results } };
  }

  /** For a child born on that day, or for all where it is not said. */
  owed(bornOn: string | null): EntitlementList {
    const rows = entitlementsFor(this.entitlements, toShanghaiDate(this.clock.now()), bornOn);
    const items = rows.map(({ code, name, what, office, until, source, publishedOn, assumed }) => ({
      code,
      name,
      what,
      office,
      until,
      source,
      publishedOn,
      assumed,
    }));
    return { items };
  }

  keys(): { keys: readonly Readonly<Record<string, string>>[] } {
    return { keys: [this.signer.publicKey()] };
  }

  private async toPrint(found: FamilyCase): Promise<CaseToPrint> {
    const view = this.show.shown(found, LANGUAGE);
    const shown = { caseNumber: view.caseNumber, view, now: this.clock.now() };
    return { ...shown, code: await this.signer.sign(claimsOf(shown)) };
  }
}
