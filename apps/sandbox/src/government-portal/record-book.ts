import { join } from 'node:path';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LineFile } from '../ledger/line-file';
import { SandboxConfig } from '../sandbox.config';
import { checkFields, matching, oneOf, type Rule, type Shape, text } from '../wire/field-check';

export type RecordTable =
  'up_pro_accept' | 'up_pro_process' | 'up_pro_special_procedure' | 'up_pro_result' | 'up_pro_evaluate';

export interface ReportedRecord {
  recordId: string;
  table: RecordTable;
  data: Record<string, unknown>;
}

/** Once for each arrival: a record that comes again is counted, and is no second record. */
interface Line extends ReportedRecord {
  isRepeated: boolean;
}

const TIME = matching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
const CASE: Shape = {
  project_no: text(50),
  source_no: text(50),
  task_code: text(24),
  task_name: text(200),
  unit_name: text(200),
  unit_uscc: matching(/^[0-9A-Z]{18}$/),
  region_code: matching(/^\d{6,9}$/),
};

const SATISFACTION = oneOf('1', '2', '3', '4', '5');
const INDICATOR: Shape = { indicator_name: text(100), satisfaction: SATISFACTION };
const INDICATORS: Rule = (value) =>
  Array.isArray(value) && value.every((one: unknown) => checkFields(INDICATOR, one) === null);

/** What each table takes besides the case; of a special procedure one of its two times. */
export const DATA_SHAPES: Readonly<Record<RecordTable, readonly Shape[]>> = {
  up_pro_accept: [{ ...CASE, accept_time: TIME, project_type: oneOf('1', '2', '9') }],
  up_pro_process: [
    {
      ...CASE,
      business_action: oneOf('通过', '退回', '其他'),
      link_name: text(100),
      link_state: oneOf('1', '2'),
      end_time: TIME,
    },
  ],
  up_pro_special_procedure: [
    { ...CASE, procedure_type: oneOf('1', '2'), start_time: TIME },
    { ...CASE, procedure_type: oneOf('1', '2'), end_time: TIME },
  ],
  up_pro_result: [{ ...CASE, result_type: oneOf('0', '1', '2', '3', '4', '5', '6'), finish_time: TIME }],
  up_pro_evaluate: [{ ...CASE, satisfaction: SATISFACTION, indicators: INDICATORS, evaluate_time: TIME }],
};

/** What the portal has of each case; kept over a restart. */
@Injectable()
export class RecordBook implements OnApplicationShutdown {
  private readonly file: LineFile<Line> | null;
  private readonly lines: Line[];
  private readonly known: Set<string>;

  constructor({ SANDBOX_LEDGER: kind, SANDBOX_DATA_DIR: folder }: SandboxConfig) {
    this.file = kind === 'memory' ? null : new LineFile<Line>(join(folder, 'government-portal.jsonl'));
    this.lines = [...(this.file?.loaded ?? [])];
    this.known = new Set(this.lines.map(({ recordId }) => recordId));
  }

  /** False: it had this record before. */
  take(record: ReportedRecord): boolean {
    const isRepeated = this.known.has(record.recordId);
    const line = { ...record, isRepeated };
    this.file?.append(line);
    this.lines.push(line);
    this.known.add(record.recordId);
    return !isRepeated;
  }

  show(): { records: ReportedRecord[]; repeated: number } {
    const first = this.lines.filter(({ isRepeated }) => !isRepeated);
    const records = first.map(({ recordId, table, data }) => ({ recordId, table, data }));
    return { records, repeated: this.lines.length - first.length };
  }

  onApplicationShutdown(): void {
    this.file?.close();
  }
}
