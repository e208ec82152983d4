import { Injectable } from '@nestjs/common';
import type { LineFile } from '../ledger/line-file';
import { Ledgers } from '../ledger/ledgers';
import type { Newborn } from '../ledger/ledger-entry';

/** A certificate that the health side knows of. */
export interface KnownCertificate {
  certificateNumber: string;
  issuedOn: string;
  issuer: string;
  newborn: Newborn;
  motherIdNo: string | null;
}

/** Certificates issued here, and those of other places once they have answered. */
@Injectable()
export class CertificateRegister {
  private readonly known = new Map<string, KnownCertificate>();
  private readonly file: LineFile<KnownCertificate> | null;

  constructor(ledgers: Ledgers) {
    this.file = ledgers.open<KnownCertificate>('health-commission.register');
    for (const one of this.file?.loaded ?? []) this.known.set(one.certificateNumber, one);
  }

  find(certificateNumber: string): KnownCertificate | undefined {
    return this.known.get(certificateNumber);
  }

  /** From another place: kept for the next start, because no ledger line of ours brings it back. */
  enter(certificate: KnownCertificate): void {
    this.file?.append(certificate);
    this.known.set(certificate.certificateNumber, certificate);
  }

  /** Issued here: the ledger brings it back. */
  remember(certificate: KnownCertificate): void {
    this.known.set(certificate.certificateNumber, certificate);
  }
}
