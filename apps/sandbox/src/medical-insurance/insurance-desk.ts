import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AgencySettings, type AgencySetting } from '../cases/agency-settings';
import { CaseBook, type Opened } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import type { Planned } from '../cases/stage';
import type { Results } from '../ledger/ledger-entry';
import type { AgencyScript } from '../scenarios/agency-script';
import { sexOf } from '../wire/codes';
import { compactDate, isoDate } from '../wire/local-time';
import type { Facts, IdentityUpdate, PersonQuery, Registration } from './medical-insurance.fields';
import { InsuredPersons, type InsuredPerson } from './insured-persons';
import { nowMs } from '../wire/clock';

export type InsuranceCase = CaseRecord<Facts>;

const AGENCY = 'medical-insurance';

/** Registers newborns. It can be asked by business number but does not honour it: saving twice registers twice. */
@Injectable()
export class InsuranceDesk implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly script: AgencyScript;
  private readonly setting: AgencySetting;
  private readonly book: CaseBook<Facts>;

  constructor(
    settings: AgencySettings,
    private readonly persons: InsuredPersons,
  ) {
    this.setting = settings.of(AGENCY);
    this.script = this.setting.script;
    this.book = new CaseBook<Facts>({
      ...this.setting,
      desk: 'registrations',
      correctionField: 'psn_name',
      usual: () => [{ afterMs: this.setting.paceMs, stage: { kind: 'done' } }],
      receipt: (number) => `CB${compactDate(nowMs())}${String(number).padStart(8, '0')}`,
      results: (record) => this.results(record),
    });
    for (const record of this.book.all()) this.rememberCase(record);
  }

  onApplicationBootstrap(): void {
    this.book.resume();
  }

  onApplicationShutdown(): void {
    this.book.close();
  }

  find(bizsn: string): InsuranceCase | undefined {
    return this.book.byKey(bizsn);
  }

  recall(bizsn: string): InsuranceCase | undefined {
    return this.book.recalled(bizsn);
  }

  changedBetween(from: number, until: number): InsuranceCase[] {
    return this.book.changedBetween(from, until);
  }

  person(query: PersonQuery): InsuredPerson | undefined {
    return this.persons.byCertificate(query.certno);
  }

  personByNumber(psnNo: string): InsuredPerson | undefined {
    return this.persons.byNumber(psnNo);
  }

  save(registration: Registration): Opened<Facts> {
    const fails = this.script.of(registration.psn_name);
    const opened = this.book.open({
      key: registration.bizsn,
      digest: '',
      naturalKey: `registration:${registration.certno}`,
      supplementOf: registration.supplement_of,
      newborn: {
        name: registration.psn_name,
        sex: sexOf(registration.gend),
        bornAt: registration.brdy,
      },
      facts: { kind: 'registration', ...registration },
      ...(fails?.kind === 'save_ok_verify_fails' ? { course: [] } : {}),
    });
    if ('record' in opened) {
      this.persons.known(registration);
      if (fails?.kind === 'save_ok_verify_fails') this.book.hold(opened.record, fails.times);
    }
    return opened;
  }

  /** Each look at a registration that is "saved but not yet" uses up one of its failures. */
  look(record: InsuranceCase | undefined): void {
    if (record === undefined || record.stage.kind !== 'received' || record.verifyLeft === 0) return;
    if (this.book.release(record)) this.book.follow(record, [{ afterMs: 0, stage: { kind: 'done' } }]);
  }

  /** The latest registration of a person. */
  caseOf(person: InsuredPerson): InsuranceCase | undefined {
    return this.book.byNaturalKey(`registration:${person.certno}`);
  }

  update(update: IdentityUpdate, person: InsuredPerson): InsuranceCase | null {
    const opened = this.book.openOnce({
      key: update.bizsn,
      digest: JSON.stringify(update),
      naturalKey: `identity:${update.psn_no}`,
      supplementOf: null,
      newborn: { name: update.psn_name, sex: person.sex, bornAt: person.bornOn },
      facts: { kind: 'update', ...update },
      course: now(),
    });
    return 'record' in opened ? opened.record : null;
  }

  withdraw(record: InsuranceCase): 'withdrawn' | 'refused' {
    return this.book.withdraw(record);
  }

  private results(record: InsuranceCase): Results {
    const { facts } = record;
    if (facts.kind === 'update') {
      this.persons.rename(facts.psn_no, facts.new_certno, facts.psn_name);
      return { personNumber: facts.psn_no, updatedOn: isoDate(nowMs()) };
    }
    const person = this.persons.insure(facts, isoDate(nowMs()));
    return { personNumber: person.psnNo, insuredOn: person.insuredOn ?? '', areaCode: person.areaCode };
  }

  private rememberCase({ facts, stage }: InsuranceCase): void {
    if (facts.kind === 'update') {
      if (stage.kind === 'done') this.persons.rename(facts.psn_no, facts.new_certno, facts.psn_name);
      return;
    }
    this.persons.known(facts);
    if (stage.kind === 'done') this.persons.insure(facts, stage.results['insuredOn'] ?? '');
  }
}

const now = (): Planned[] => [{ afterMs: 0, stage: { kind: 'done' } }];
