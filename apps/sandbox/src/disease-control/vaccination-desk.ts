import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AgencySettings, type AgencySetting } from '../cases/agency-settings';
import { CaseBook } from '../cases/case-book';
import type { CaseRecord } from '../cases/case-record';
import type { Results } from '../ledger/ledger-entry';
import type { AgencyScript } from '../scenarios/agency-script';
import { sexOf } from '../wire/codes';
import { compactDate } from '../wire/local-time';
import type { ChildFields, FollowFields } from './disease-control.fields';
import { nowMs } from '../wire/clock';

export type ChildCase = CaseRecord<ChildFields>;
export type Registered = { outcome: 'opened' | 'exists'; record: ChildCase } | { outcome: 'unknown_supplement' };

const AGENCY = 'disease-control';

/** Opens vaccination records. It knows no key: the child's natural key keeps it from a second record. */
@Injectable()
export class VaccinationDesk implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly script: AgencyScript;
  private readonly setting: AgencySetting;
  private readonly book: CaseBook<ChildFields>;

  constructor(settings: AgencySettings) {
    this.setting = settings.of(AGENCY);
    this.script = this.setting.script;
    this.book = new CaseBook<ChildFields>({
      ...this.setting,
      instant: true,
      desk: 'children',
      correctionField: 'childName',
      usual: () => [],
      receipt: (number) => `YJ${compactDate(nowMs())}${String(number).padStart(6, '0')}`,
      results: (record) => vaccinationBook(record.id, record.facts),
    });
  }

  onApplicationBootstrap(): void {
    this.book.resume();
  }

  onApplicationShutdown(): void {
    this.book.close();
  }

  register(child: ChildFields): Registered {
    const naturalKey = [child.motherIdNo ?? child.fatherIdNo, child.birthTime, child.birthOrder].join('|');
    const existing = this.book.byNaturalKey(naturalKey);
    if (existing?.stage.kind === 'done') return { outcome: 'exists', record: existing };
    if (existing !== undefined && pending(existing)) return { outcome: 'opened', record: existing };
    const opened = this.book.open({
      key: null,
      digest: '',
      naturalKey,
      supplementOf: child.supplementOf,
      newborn: {
        name: child.childName,
        sex: sexOf(child.sexCode),
        bornAt: `${child.birthTime.replace(' ', 'T')}+08:00`,
      },
      facts: child,
      ...(this.script.of(child.childName)?.kind === 'accept_slowly' ? { course: NOW_DONE() } : {}),
    });
    return 'record' in opened ? { outcome: 'opened', record: opened.record } : { outcome: 'unknown_supplement' };
  }

  /** The record of a child; undefined where none was opened. */
  recordOf(motherIdNo: string, bornAt: string): ChildCase | undefined {
    const isChild = ({ facts, newborn }: ChildCase) =>
      facts.motherIdNo === motherIdNo && Date.parse(newborn.bornAt) === Date.parse(bornAt);
    return this.book.all().find((record) => record.stage.kind === 'done' && isChild(record));
  }

  /** The name and numbers that follow later; undefined when there is no such record. */
  follow(childCode: string, fields: FollowFields): ChildCase | undefined {
    const record = this.book
      .all()
      .find(({ stage }) => stage.kind === 'done' && stage.results['childCode'] === childCode);
    if (record === undefined) return undefined;
    const { childName: name, birthCertificateNo, personId } = fields;
    if (isNews(record, fields)) this.book.amend(record, { name }, { birthCertificateNo, personId });
    return record;
  }
}

/** The same again changes nothing. */
const isNews = ({ newborn, facts }: ChildCase, fields: FollowFields): boolean =>
  newborn.name !== fields.childName ||
  facts.birthCertificateNo !== fields.birthCertificateNo ||
  facts.personId !== fields.personId;

const NOW_DONE = (): [{ afterMs: number; stage: { kind: 'done' } }] => [{ afterMs: 0, stage: { kind: 'done' } }];

const pending = ({ stage, plan }: ChildCase): boolean =>
  plan.length > 0 && (stage.kind === 'special' || stage.kind === 'action');

function vaccinationBook(id: string, child: ChildFields): Results {
  const born = child.birthTime.slice(2, 10).replaceAll('-', '');
  return {
    childCode: `500235${born}${id.padStart(8, '0')}`,
    bookNumber: `JZ500235${id.padStart(8, '0')}`,
    unitName: `${child.unitCode}预防接种门诊`,
  };
}
