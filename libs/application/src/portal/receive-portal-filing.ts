import type { ApplicationForm } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type Incoming, inboxRow, readOrKeep } from '../agency/incoming';
import { type Caller, onceRow, type Reply } from '../caller';
import { SubmitApplication } from '../intake/submit-application';
import type { RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import type { KeptReference } from '../ports/case-store';
import { GOVERNMENT_PORTAL, type GovernmentPortal, PORTAL, type PortalFiling } from '../ports/government-portal';
import { INBOX_STORE, type InboxStore } from '../ports/inbox-store';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import { FetchMaterials } from './fetch-materials';

const ROUTE = 'POST /agency/v1/portal/applications';

/**
 * What a family filed at the city's portal: checked, planned and kept as its own filing here would be, once by the
 * portal's number. Each sending is kept by its nonce, so that a replay is told from a repetition.
 */
@Injectable()
export class ReceivePortalFiling {
  constructor(
    @Inject(MESSAGE_VERIFIER) private readonly verifier: MessageVerifier,
    @Inject(PORTAL) private readonly portal: GovernmentPortal,
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly materials: FetchMaterials,
    private readonly submit: SubmitApplication,
  ) {}

  async execute(raw: RawMessage, { readForm, subjectOf }: FilingReader): Promise<Reply> {
    const verified = this.verifier.verify(GOVERNMENT_PORTAL, raw);
    const incoming = { ...verified, agency: GOVERNMENT_PORTAL, body: raw.body, receivedAt: this.clock.now() };
    const { filing, form } = await readOrKeep(this.inbox, incoming, (body) => {
      const read = this.portal.readFiling(body);
      return { filing: read, form: formOf(read, readForm) };
    });
    const message = inboxRow(incoming, `${filing.caseNumber}/${verified.nonce}`);
    if ((await this.inbox.keepReceived(message)) !== 'kept') throw new MessageRefused('used_before', verified.keyId);
    return this.file({ filing, form, incoming, caller: callerOf(filing, subjectOf) });
  }

  private async file({ filing, form, incoming, caller }: Received): Promise<Reply> {
    const materials = await this.materials.of(filing, caller);
    const { caseNumber, channel, person } = filing;
    const once = { key: caseNumber, route: ROUTE, body: incoming.body.toString('utf8') };
    return this.submit.file({
      caller,
      once: onceRow({ subject: GOVERNMENT_PORTAL }, once),
      form: withAuthorisation(form, materials),
      locale: 'zh-CN',
      channel,
      portal: {
        caseNumber,
        message: inboxRow(incoming, `${caseNumber}/${incoming.nonce}`),
        filed: { verification: person.verification, materials },
      },
    });
  }
}

/** What the public contract knows of a filing. */
export interface FilingReader {
  /** Throws Problem 400 with pointers into the form. */
  readForm: (form: unknown) => ApplicationForm;
  /** As whom the person of this account calls here. */
  subjectOf: (account: string) => string;
}

interface Received {
  caller: Caller;
  filing: PortalFiling;
  form: ApplicationForm;
  incoming: Incoming;
}

const callerOf = (
  { person: { account, name, identity, mobile } }: PortalFiling,
  subjectOf: FilingReader['subjectOf'],
): Caller => ({
  subject: subjectOf(account),
  identity: { ...identity, name, mobile },
});

function formOf({ form }: PortalFiling, readForm: (form: unknown) => ApplicationForm): ApplicationForm {
  try {
    return readForm(form);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = error.options.errors?.map((one) => ({ ...one, pointer: `/application${one.pointer}` })) ?? [];
    throw new Problem(400, 'bad_message', { errors });
  }
}

/** An agent's authorisation is named in the form by the portal's reference, and known here by our own id. */
function withAuthorisation(form: ApplicationForm, materials: readonly KeptReference[]): ApplicationForm {
  const { applicant } = form;
  const kept = materials.find(({ reference }) => reference === applicant.authorisation);
  return kept === undefined ? form : { ...form, applicant: { ...applicant, authorisation: kept.materialId } };
}
