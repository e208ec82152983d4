import { Injectable } from '@nestjs/common';
import type { Opened } from '../cases/case-book';
import type { InsuredPerson } from './insured-persons';
import { InsuranceDesk, type InsuranceCase } from './insurance-desk';
import type {
  Facts,
  IdentityUpdate,
  InterfaceNumber,
  ListQuery,
  PersonQuery,
  Registration,
} from './medical-insurance.fields';
import { pageAfter, readMoment } from '../wire/listing';
import { stateOf, withdrawalRefused } from './registration-state';

/** Output of a call, or `null` for -404. */
export type Output = Record<string, unknown> | null;

/** What each interface number does: docs/agencies/wire/medical-insurance.md, "Interfaces". */
@Injectable()
export class InsuranceInterfaces {
  constructor(private readonly desk: InsuranceDesk) {}

  run(infno: InterfaceNumber, data: unknown): Output {
    switch (infno) {
      case '1101':
        return this.query(data as PersonQuery);
      case '1901':
        return this.preCheck(data as PersonQuery);
      case '2901':
        return this.saved(this.desk.save(data as Registration));
      case '1902':
        return this.verify((data as { psn_no: string }).psn_no);
      case '1903':
        return this.queryCase((data as { bizsn: string }).bizsn);
      case '1904':
        return this.list(data as ListQuery);
      case '2902':
        return this.update(data as IdentityUpdate);
      case '2903':
        return this.withdraw((data as { bizsn: string }).bizsn);
    }
  }

  private query(query: PersonQuery): Output {
    const person = this.desk.person(query);
    if (person === undefined) return { psninfo: [] };
    const columns = personColumns(person);
    return {
      psninfo: [{ ...columns, gend: person.sex === 'male' ? '1' : '2', brdy: person.bornOn }],
    };
  }

  private preCheck(query: PersonQuery): Output {
    const insured = (this.desk.person(query)?.insuredOn ?? null) !== null;
    return insured
      ? { chk_rslt: '0', chk_code: '01', chk_msg: '该人员已在本地参保' }
      : { chk_rslt: '1', chk_code: null, chk_msg: '该人员可以进行城乡居民参保登记' };
  }

  private saved(opened: Opened<Facts>): Output {
    return 'record' in opened ? this.state(opened.record) : null;
  }

  private verify(psnNo: string): Output {
    const person = this.desk.personByNumber(psnNo);
    if (person === undefined) return null;
    this.desk.look(this.desk.caseOf(person));
    return personColumns(person);
  }

  private queryCase(bizsn: string): Output {
    const record = this.desk.recall(bizsn);
    if (record === undefined) return { found: '0' };
    this.desk.look(record);
    return { found: '1', ...this.state(record) };
  }

  private list({ begin, end, after }: ListQuery): Output {
    const [from, to] = [readMoment(begin) ?? 0, readMoment(end) ?? 0];
    const { records, next } = pageAfter(this.desk.changedBetween(from, to), after ?? undefined);
    return { items: records.map((record) => this.state(record)), next };
  }

  private update(update: IdentityUpdate): Output {
    const person = this.desk.personByNumber(update.psn_no);
    if (person === undefined) return null;
    const record = this.desk.update(update, person);
    return record === null ? null : this.state(record);
  }

  private withdraw(bizsn: string): Output {
    const record = this.desk.find(bizsn);
    if (record === undefined) return null;
    const person = this.personOf(record);
    return this.desk.withdraw(record) === 'withdrawn' ? stateOf(record, person) : withdrawalRefused(record, person);
  }

  private state(record: InsuranceCase): Record<string, unknown> {
    return stateOf(record, this.personOf(record));
  }

  private personOf({ facts }: InsuranceCase): InsuredPerson | undefined {
    return facts.kind === 'update' ? this.desk.personByNumber(facts.psn_no) : this.desk.person(facts);
  }
}

const personColumns = (person: InsuredPerson): Record<string, unknown> => ({
  psn_no: person.psnNo,
  psn_name: person.name,
  psn_insu_stas: person.insuredOn === null ? '0' : '1',
  insu_admdvs: person.areaCode,
  crt_insu_date: person.insuredOn,
});
