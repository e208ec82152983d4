import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AgencySettings, type AgencySetting } from '../cases/agency-settings';
import { CaseBook, type Opened } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import { AGENCY_NAMES } from '../cases/offices';
import type { Planned } from '../cases/stage';
import type { Results } from '../ledger/ledger-entry';
import type { AgencyScript } from '../scenarios/agency-script';
import { sexOf } from '../wire/codes';
import { compactDate, isoDate } from '../wire/local-time';
import { CertificateRegister, type KnownCertificate } from './certificate-register';
import type { IssueFields, VerifyFields } from './health-commission.fields';
import { enquiryElsewhere } from './enquiry';
import { CertificateMessages } from './certificate-messages';
import { nowMs } from '../wire/clock';

export type CertificateFacts = ({ mode: 'issue' } & IssueFields) | ({ mode: 'verify' } & VerifyFields);
export type CertificateCase = CaseRecord<CertificateFacts>;

const AGENCY = 'health-commission';

/** Issues certificates, and verifies those that exist. */
@Injectable()
export class CertificateDesk implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly script: AgencyScript;
  private readonly setting: AgencySetting;
  private readonly book: CaseBook<CertificateFacts>;
  private issued = 0;

  constructor(
    settings: AgencySettings,
    private readonly register: CertificateRegister,
    private readonly messages: CertificateMessages,
  ) {
    this.setting = settings.of(AGENCY);
    this.script = this.setting.script;
    this.book = new CaseBook<CertificateFacts>({
      ...this.setting,
      desk: 'certificates',
      correctionField: 'newborn.name',
      usual: () => this.usual(),
      receipt: (number) => `CSYX${compactDate(nowMs())}${String(number).padStart(6, '0')}`,
      results: (record) => this.results(record),
      changed: (record) => this.messages.changed(record, this.script.of(record.newborn.name)),
    });
    for (const record of this.book.all()) this.rememberIssued(record);
  }

  onApplicationBootstrap(): void {
    this.book.resume();
    this.messages.resume(this.book.all());
  }

  onApplicationShutdown(): void {
    this.book.close();
  }

  find(key: string): CertificateCase | undefined {
    return this.book.byKey(key);
  }

  recall(key: string): CertificateCase | undefined {
    return this.book.recalled(key);
  }

  changedBetween(from: number, until: number): CertificateCase[] {
    return this.book.changedBetween(from, until);
  }

  issue(key: string, digest: string, fields: IssueFields): Opened<CertificateFacts> {
    const { newborn, mother, father } = fields;
    return this.book.openOnce({
      key,
      digest,
      naturalKey: [mother?.idNo ?? father?.idNo, newborn.birthTime, newborn.birthOrder].join('|'),
      supplementOf: fields.supplementOf,
      newborn: { name: newborn.name, sex: sexOf(newborn.sexCode), bornAt: newborn.birthTime },
      facts: { mode: 'issue', ...fields },
    });
  }

  verify(key: string, digest: string, fields: VerifyFields): Opened<CertificateFacts> {
    const known = this.register.find(fields.certificateNo);
    const course = this.verdict(fields, known);
    return this.book.openOnce({
      key,
      digest,
      naturalKey: `verification:${fields.certificateNo}`,
      supplementOf: fields.supplementOf,
      newborn: known?.newborn ?? { name: fields.newbornName, sex: 'female', bornAt: '' },
      facts: { mode: 'verify', ...fields },
      ...(course === null ? {} : { course }),
    });
  }

  withdraw(record: CertificateCase): 'withdrawn' | 'refused' {
    return this.book.withdraw(record);
  }

  /** Runs the rest of the case now; for a callback that overtakes its own reply. */
  hurry(record: CertificateCase): void {
    this.book.follow(
      record,
      record.plan.map(({ stage }) => ({ afterMs: 0, stage })),
    );
  }

  /** The other place answered: what waited for it goes on. */
  enter(certificate: KnownCertificate): void {
    this.register.enter(certificate);
    for (const record of this.book.all()) {
      const { facts, stage } = record;
      if (facts.mode !== 'verify' || facts.certificateNo !== certificate.certificateNumber) continue;
      if (stage.kind !== 'special' || record.plan.length > 0) continue;
      record.newborn = certificate.newborn;
      this.book.follow(record, matches(facts, certificate) ? NOW_DONE : [{ afterMs: 0, stage: mismatch() }]);
    }
  }

  private usual(): Planned[] {
    return [{ afterMs: this.setting.paceMs, stage: { kind: 'done' } }];
  }

  /** Null: nothing speaks against it, the usual course (or the script) decides. */
  private verdict(fields: VerifyFields, known: KnownCertificate | undefined): Planned[] | null {
    const afterMs = this.setting.instant ? 0 : this.setting.paceMs;
    if (known === undefined) return [{ afterMs, stage: enquiryElsewhere() }];
    return matches(fields, known) ? null : [{ afterMs, stage: mismatch() }];
  }

  private results(record: CertificateCase): Results {
    const known = record.facts.mode === 'issue' ? this.print(record) : this.register.find(record.facts.certificateNo);
    if (known === undefined) throw new Error('a verification without certificate');
    const { certificateNumber, issuedOn, issuer, newborn } = known;
    return { certificateNumber, issuedOn, issuer, registeredName: newborn.name };
  }

  private print(record: CertificateCase): KnownCertificate {
    this.issued += 1;
    const certificate = {
      certificateNumber: `Z50${String(this.issued).padStart(7, '0')}`,
      issuedOn: isoDate(nowMs()),
      issuer: '云阳县出生医学证明管理办公室',
      newborn: record.newborn,
      motherIdNo: record.facts.mode === 'issue' ? (record.facts.mother?.idNo ?? null) : null,
    };
    this.register.remember(certificate);
    return certificate;
  }

  private rememberIssued({ stage, facts, newborn }: CertificateCase): void {
    if (stage.kind !== 'done' || facts.mode !== 'issue') return;
    const { certificateNumber = '', issuedOn = '', issuer = '' } = stage.results;
    this.issued = Math.max(this.issued, Number(certificateNumber.slice(3)));
    const motherIdNo = facts.mother?.idNo ?? null;
    this.register.remember({ certificateNumber, issuedOn, issuer, newborn, motherIdNo });
  }
}

const NOW_DONE: Planned[] = [{ afterMs: 0, stage: { kind: 'done' } }];

function matches(fields: VerifyFields, known: KnownCertificate): boolean {
  const mother = fields.motherIdNo === null || known.motherIdNo === null || fields.motherIdNo === known.motherIdNo;
  return mother && fields.newbornName === known.newborn.name;
}

const mismatch = (): Planned['stage'] => ({
  kind: 'refused',
  byBank: false,
  refusal: {
    reason: '出生医学证明登记信息与申请信息不一致',
    legalBasis: '《出生医学证明管理办法》',
    documentNumber: `云卫核〔${isoDate(nowMs()).slice(0, 4)}〕1号`,
    office: AGENCY_NAMES[AGENCY],
    remedy: '可向签发机构申请更正,或自收到之日起60日内申请行政复议',
  },
});
