import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AgencySettings, type AgencySetting } from '../cases/agency-settings';
import { CaseBook, type Opened } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import type { Planned } from '../cases/stage';
import type { Newborn, Results } from '../ledger/ledger-entry';
import type { AgencyScript } from '../scenarios/agency-script';
import { sexOf } from '../wire/codes';
import { isoDate } from '../wire/local-time';
import { IdNumbers } from './id-numbers';
import { PersonRegister, registrationOf, type Person } from './person-register';
import { registeredName } from './registered-name';
import type { CheckFields, Row } from './public-security.fields';
import { nowMs } from '../wire/clock';

export type RowCase = CaseRecord<Row>;

const AGENCY = 'public-security';

/** The station behind the exchange table: takes rows, waits for the paper, allots ID numbers. */
@Injectable()
export class ExchangeDesk implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly script: AgencyScript;
  private readonly setting: AgencySetting;
  private readonly rows: CaseBook<Row>;
  private readonly checks: CaseBook<CheckFields>;

  constructor(
    settings: AgencySettings,
    private readonly numbers: IdNumbers,
    private readonly people: PersonRegister,
  ) {
    this.setting = settings.of(AGENCY);
    this.script = this.setting.script;
    const common = { ...this.setting, correctionField: 'xm' };
    this.rows = new CaseBook<Row>({
      ...common,
      desk: 'rows',
      usual: (_now, name) => this.usual(name),
      receipt: (number) => `HK500235${String(number).padStart(10, '0')}`,
      results: (record) => this.registration(record),
    });
    this.checks = new CaseBook<CheckFields>({
      ...common,
      desk: 'checks',
      instant: true,
      usual: () => [],
      receipt: (number) => `HC500235${String(number).padStart(10, '0')}`,
      results: (record) => registrationOf(this.known(record.facts.gmsfhm)),
    });
    for (const record of this.rows.all()) this.rememberRow(record);
  }

  onApplicationBootstrap(): void {
    this.rows.resume();
  }

  onApplicationShutdown(): void {
    this.rows.close();
    this.checks.close();
  }

  find(postid: string): RowCase | undefined {
    return this.rows.byKey(postid);
  }

  recall(postid: string): RowCase | undefined {
    return this.rows.recalled(postid);
  }

  changedBetween(from: number, until: number): RowCase[] {
    return this.rows.changedBetween(from, until);
  }

  write(row: Row, digest: string): Opened<Row> {
    return this.rows.openOnce({
      key: row.postid,
      digest,
      naturalKey: [row['mqzjhm'] ?? row['fqzjhm'], row.csrq + row.cssj, row.dtxh].join('|'),
      supplementOf: row['yywlsh'] ?? null,
      newborn: newbornOf(row),
      facts: row,
    });
  }

  withdraw(record: RowCase): 'withdrawn' | 'refused' {
    return this.rows.withdraw(record);
  }

  /** Compares with the population; a consistent check is the effect of a step that was done before. */
  check(fields: CheckFields, digest: string): { verdict: '0' | '1' | '2'; person: Person | null } {
    const person = this.people.find(fields.gmsfhm);
    if (person === undefined) return { verdict: '0', person: null };
    const same = person.xm === fields.xm && person.gmsfhm.slice(6, 14) === fields.csrq;
    if (!same) return { verdict: '2', person: null };
    this.checks.openOnce({
      key: fields.hclsh,
      digest,
      naturalKey: `person:${fields.gmsfhm}`,
      supplementOf: null,
      newborn: personAsNewborn(person),
      facts: fields,
      course: [{ afterMs: 0, stage: { kind: 'done' } }],
    });
    return { verdict: '1', person };
  }

  enter(person: Person): void {
    this.people.enter(person);
  }

  private known(number: string): Person {
    const person = this.people.find(number);
    if (person === undefined) throw new Error('no such person');
    return person;
  }

  private usual(name: string): Planned[] {
    const third = Math.ceil(this.setting.paceMs / 3);
    const asked = this.script.of(name);
    const paperMs =
      asked?.kind === 'paper_awaited' ? (asked.resumeAfterMs ?? 10 * this.setting.paceMs) : this.setting.paceMs;
    return [
      { afterMs: third, stage: { kind: 'working', detail: '待收' } },
      { afterMs: paperMs, stage: { kind: 'working', detail: '已收' } },
      { afterMs: third, stage: { kind: 'working', detail: '已裁' } },
      { afterMs: third, stage: { kind: 'done' } },
    ];
  }

  private registration({ facts, newborn, id }: RowCase): Results {
    const person: Person = {
      gmsfhm: this.numbers.allot(facts.csrq, newborn.sex),
      xm: registeredName(this.script, facts.xm),
      hh: `500235${id.padStart(9, '0')}`,
      zzdz: facts.hkszdxz,
      pcs: facts.pcs,
      pcsmc: `${facts.pcs}派出所`,
      djrq: isoDate(nowMs()).replaceAll('-', ''),
    };
    this.people.remember(person);
    return registrationOf(person);
  }

  private rememberRow({ stage, facts, newborn }: RowCase): void {
    if (stage.kind !== 'done') return;
    const {
      residentIdNumber = '',
      householdNumber = '',
      address = '',
      stationName = '',
      registeredOn = '',
    } = stage.results;
    if (this.people.find(residentIdNumber) !== undefined) return;
    this.numbers.remember(facts.csrq, newborn.sex);
    this.people.remember({
      gmsfhm: residentIdNumber,
      xm: facts.xm,
      hh: householdNumber,
      zzdz: address,
      pcs: facts.pcs,
      pcsmc: stationName,
      djrq: registeredOn.replaceAll('-', ''),
    });
  }
}

function newbornOf(row: Row): Newborn {
  const [year, month, day] = [row.csrq.slice(0, 4), row.csrq.slice(4, 6), row.csrq.slice(6)];
  const bornAt = `${year}-${month}-${day}T${row.cssj.slice(0, 2)}:${row.cssj.slice(2)}:00+08:00`;
  return { name: row.xm, sex: sexOf(row.xb), bornAt };
}

function personAsNewborn(person: Person): Newborn {
  const born = person.gmsfhm.slice(6, 14);
  const sex = Number(person.gmsfhm.charAt(16)) % 2 === 1 ? 'male' : 'female';
  return { name: person.xm, sex, bornAt: `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}` };
}
