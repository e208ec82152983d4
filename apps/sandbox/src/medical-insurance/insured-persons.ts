import { Injectable } from '@nestjs/common';
import type { LineFile } from '../ledger/line-file';
import { Ledgers } from '../ledger/ledgers';
import type { Registration } from './medical-insurance.fields';

export interface InsuredPerson {
  psnNo: string;
  certno: string;
  name: string;
  sex: 'male' | 'female';
  bornOn: string;
  areaCode: string;
  /** Null until a registration took effect. */
  insuredOn: string | null;
}

/** Who has a personal number; built again from the ledger at start. */
@Injectable()
export class InsuredPersons {
  private readonly byCert = new Map<string, InsuredPerson>();
  private readonly byNo = new Map<string, InsuredPerson>();
  private readonly file: LineFile<InsuredPerson> | null;

  constructor(ledgers: Ledgers) {
    this.file = ledgers.open<InsuredPerson>('medical-insurance.register');
    for (const person of this.file?.loaded ?? []) this.add(person);
  }

  /** Insured before, at another desk (control call). */
  enter(person: Omit<InsuredPerson, 'psnNo'>): InsuredPerson {
    const entered = { ...person, psnNo: `500235${String(this.byNo.size + 1).padStart(12, '0')}` };
    this.file?.append(entered);
    return this.add(entered);
  }

  byCertificate(certno: string): InsuredPerson | undefined {
    return this.byCert.get(certno);
  }

  byNumber(psnNo: string): InsuredPerson | undefined {
    return this.byNo.get(psnNo);
  }

  /** Gets a number with the first save, insured or not. */
  known(registration: Registration): InsuredPerson {
    const before = this.byCert.get(registration.certno);
    if (before !== undefined) return before;
    const person: InsuredPerson = {
      psnNo: `500235${String(this.byNo.size + 1).padStart(12, '0')}`,
      certno: registration.certno,
      name: registration.psn_name,
      sex: registration.gend === '1' ? 'male' : 'female',
      bornOn: registration.brdy,
      areaCode: registration.insu_admdvs,
      insuredOn: null,
    };
    return this.add(person);
  }

  private add(person: InsuredPerson): InsuredPerson {
    this.byCert.set(person.certno, person);
    this.byNo.set(person.psnNo, person);
    return person;
  }

  insure(registration: Registration, on: string): InsuredPerson {
    const person = this.known(registration);
    person.name = registration.psn_name;
    person.areaCode = registration.insu_admdvs;
    person.insuredOn ??= on;
    return person;
  }

  rename(psnNo: string, certno: string, name: string): void {
    const person = this.byNo.get(psnNo);
    if (person === undefined) return;
    this.byCert.delete(person.certno);
    person.certno = certno;
    person.name = name;
    this.byCert.set(certno, person);
  }
}
