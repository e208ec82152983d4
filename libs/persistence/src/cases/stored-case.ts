import type {
  AgencyText,
  BirthRecord,
  CaseConsent,
  DossierSections,
  LoadedCase,
  SectionName,
  StepSecrets,
} from '@birth/application';
import type { CaseState, StepRecord } from '@birth/domain';
import type { CaseSeal } from '../sealing/case-seal';
import type { KeyRing } from '../sealing/key-ring';
import type { CaseRows, ConsentRow, SealedSections, StepRow } from './load-case';

/** Case-wide sections are stored under this index. */
export const WHOLE_CASE = -1;
const CASE_SECTIONS: readonly SectionName[] = ['mother', 'father', 'relation', 'applicant', 'rating'];

export const sectionRow = (newbornIndex: number | null, section: SectionName): string =>
  `${CASE_SECTIONS.includes(section) ? WHOLE_CASE : (newbornIndex ?? WHOLE_CASE)}/${section}`;

/** A case as it was read; sealed cells open when somebody asks for them. */
export class StoredCase implements LoadedCase {
  readonly state: CaseState;
  readonly seal: CaseSeal;

  constructor(
    private readonly rows: CaseRows,
    keys: KeyRing,
    readonly records: readonly BirthRecord[] = [],
  ) {
    const { application, newborns, steps, work } = rows;
    const { id, status, definition_version: definitionVersion, filed_at: filedAt } = application;
    this.seal = keys.openCase(id, application.wrapped);
    this.state = {
      id,
      status: status as CaseState['status'],
      definitionVersion,
      filedAt,
      newborns,
      steps: steps.map(withoutSecrets),
      work,
      overall: application.overall_promise,
      unheard: application.unheard,
      rating: application.rating,
    };
  }

  get caseNumber(): string {
    return this.rows.application.case_number;
  }
  get applicantSubject(): string {
    return this.rows.application.applicant_subject;
  }
  get isProtected(): boolean {
    return this.rows.application.protected;
  }
  get chain(): { seq: number; head: Buffer } {
    return { seq: this.rows.application.event_seq, head: this.rows.application.chain_head };
  }
  get exchangeChain(): { seq: number; head: Buffer } {
    return { seq: this.rows.application.exchange_seq, head: this.rows.application.exchange_head };
  }

  get consents(): readonly CaseConsent[] {
    return this.rows.consents.filter(isOfParent).map(
      ({ reason, ...consent }) =>
        ({
          ...consent,
          reason: reason === null ? null : this.seal.open<string>('consent', 'reason', consent.id, reason),
        }) as CaseConsent,
    );
  }

  get guardians(): LoadedCase['guardians'] {
    const asked = this.rows.consents.filter((row) => !isOfParent(row));
    return asked.map(({ id, state, expiresAt }) => ({ id, expiresAt, state: state as CaseConsent['state'] }));
  }

  open<S extends SectionName>(newbornIndex: number, sections: readonly S[]): Pick<DossierSections, S> {
    return openSections(this.seal, this.rows.sections, newbornIndex, sections);
  }

  openStep(stepId: string): StepSecrets {
    const step = this.rows.steps.find(({ id }) => id === stepId);
    return {
      receipt: this.secret<string>(stepId, 'receipt', step?.receipt),
      earlierReceipt: this.secret<string>(stepId, 'earlierReceipt', step?.earlier_receipt),
      agencyText: this.secret<AgencyText>(stepId, 'agencyText', step?.agency_text),
    };
  }

  private secret<T>(stepId: string, column: keyof StepSecrets, sealed: Buffer | null | undefined): T | null {
    if (sealed === null || sealed === undefined) return null;
    return this.seal.open<T>('step_secret', column, stepId, sealed);
  }
}

const isOfParent = ({ parent }: ConsentRow): boolean => parent !== 'guardian';

function withoutSecrets(row: StepRow): StepRecord {
  const { receipt: _receipt, earlier_receipt: _earlier, agency_text: _text, ...step } = row;
  return step;
}

/** Opens named sections; a section that was not loaded or not stored is null (results: empty). */
export function openSections<S extends SectionName>(
  seal: CaseSeal,
  sealed: SealedSections,
  newbornIndex: number,
  sections: readonly S[],
): Pick<DossierSections, S> {
  const opened = sections.map((section) => {
    const row = sectionRow(newbornIndex, section);
    const cell = sealed[row];
    const empty = section === 'results' ? {} : null;
    const value = cell === undefined ? empty : seal.open('form_section', 'sealed', row, cell);
    return [section, value] as const;
  });
  return Object.fromEntries(opened) as Pick<DossierSections, S>;
}
