import { Injectable } from '@nestjs/common';
import type { Results } from '../ledger/ledger-entry';
import type { LineFile } from '../ledger/line-file';
import { Ledgers } from '../ledger/ledgers';

export interface Person {
  gmsfhm: string;
  xm: string;
  hh: string;
  zzdz: string;
  pcs: string;
  pcsmc: string;
  /** yyyyMMdd */
  djrq: string;
}

/** The population: children registered through the exchange table, and those entered by a control call (at a counter). */
@Injectable()
export class PersonRegister {
  private readonly people = new Map<string, Person>();
  private readonly file: LineFile<Person> | null;

  constructor(ledgers: Ledgers) {
    this.file = ledgers.open<Person>('public-security.register');
    for (const person of this.file?.loaded ?? []) this.people.set(person.gmsfhm, person);
  }

  find(idNumber: string): Person | undefined {
    return this.people.get(idNumber);
  }

  enter(person: Person): void {
    this.file?.append(person);
    this.people.set(person.gmsfhm, person);
  }

  remember(person: Person): void {
    this.people.set(person.gmsfhm, person);
  }
}

/** As an application hears of a registration. */
export const registrationOf = ({ gmsfhm, xm, hh, zzdz, pcsmc, djrq }: Person): Results => ({
  residentIdNumber: gmsfhm,
  registeredName: xm,
  householdNumber: hh,
  address: zzdz,
  stationName: pcsmc,
  registeredOn: `${djrq.slice(0, 4)}-${djrq.slice(4, 6)}-${djrq.slice(6)}`,
});
