import { Injectable } from '@nestjs/common';
import { VaccinationDesk } from '../disease-control/vaccination-desk';
import { CertificateRegister } from '../health-commission/certificate-register';
import type { Results } from '../ledger/ledger-entry';
import { InsuredPersons } from '../medical-insurance/insured-persons';
import { PersonRegister, registrationOf } from '../public-security/person-register';
import type { WorklistTask } from '../worklist/worklist-task';

/** Staff look into their agency's register before they do anything: what is there already is not done again. */
@Injectable()
export class KnownRegisters {
  constructor(
    private readonly certificates: CertificateRegister,
    private readonly people: PersonRegister,
    private readonly insured: InsuredPersons,
    private readonly vaccinations: VaccinationDesk,
  ) {}

  /** What the register holds of the child by the documents told; null where it holds nothing. */
  find({ stepCode, newborn, documents: { residentId, certificate, motherId } }: WorklistTask): Results | null {
    switch (stepCode) {
      case 'vaccination':
        return motherId === null ? null : this.vaccinated(motherId, newborn.bornAt);
      case 'birth_certificate':
        return certificate === null ? null : this.issued(certificate);
      case 'household_registration':
        return residentId === null ? null : this.registered(residentId);
      case 'medical_insurance':
        return this.insuredUnder(residentId) ?? this.insuredUnder(certificate);
      default:
        return null;
    }
  }

  private vaccinated(motherId: string, bornAt: string): Results | null {
    const record = this.vaccinations.recordOf(motherId, bornAt);
    return record?.stage.kind === 'done' ? { ...record.stage.results, registeredName: record.newborn.name } : null;
  }

  private issued(number: string): Results | null {
    const found = this.certificates.find(number);
    if (found === undefined) return null;
    const { certificateNumber, issuedOn, issuer } = found;
    return { certificateNumber, issuedOn, issuer };
  }

  private registered(number: string): Results | null {
    const person = this.people.find(number);
    return person === undefined ? null : registrationOf(person);
  }

  private insuredUnder(number: string | null): Results | null {
    const person = number === null ? undefined : this.insured.byCertificate(number);
    if (person?.insuredOn == null) return null;
    return { personNumber: person.psnNo, insuredOn: person.insuredOn, areaCode: person.areaCode };
  }
}
