import type {
  AgencyText,
  BirthRecord,
  CaseConsent,
  DossierSections,
  LoadedCase,
  SectionName,
  StepSecrets,
} from '@birth/application';
import type { CaseState, NewbornState, StepRecord, WorkRecord } from '@birth/domain';
import type { CaseSeal } from '../sealing/case-seal';
import type { KeyRing } from '../sealing/key-ring';

/** Case-wide sections are stored under this index. */
export const WHOLE_CASE = -1;
const CASE_SECTIONS: readonly SectionName[] = ['mother', 'father', 'relation', 'applicant'];

/** What load_case() returns: bytes in base64, times in epoch ms. */
export interface CaseJson {
  id: string;
  caseNumber: string;
  status: CaseState['status'];
  definitionVersion: string;
  filedAt: number;
  subject: string;
  seq: number;
  head: string;
  key: string;
  newborns: NewbornState[];
  steps: StepRecord[];
  work: WorkRecord[];
  secrets: Record<string, Record<keyof StepSecrets, string | null>>;
  sections: Record<string, string>;
  consents: (Omit<CaseConsent, 'reason'> & { reason: string | null })[];
}

export const sectionRow = (newbornIndex: number | null, section: SectionName): string =>
  `${CASE_SECTIONS.includes(section) ? WHOLE_CASE : (newbornIndex ?? WHOLE_CASE)}/${section}`;

/** A case as it was read; sealed cells open when somebody asks for them. */
export class StoredCase implements LoadedCase {
  readonly state: CaseState;
  readonly seal: CaseSeal;

  constructor(
    private readonly json: CaseJson,
    keys: KeyRing,
    readonly records: readonly BirthRecord[] = [],
  ) {
    this.seal = keys.openCase(json.id, Buffer.from(json.key, 'base64'));
    const { id, status, definitionVersion, filedAt, newborns, steps, work } = json;
    this.state = { id, status, definitionVersion, filedAt, newborns, steps, work };
  }

  get caseNumber(): string {
    return this.json.caseNumber;
  }
  get applicantSubject(): string {
    return this.json.subject;
  }
  get chain(): { seq: number; head: Buffer } {
    return { seq: this.json.seq, head: Buffer.from(this.json.head, 'base64') };
  }

  get consents(): readonly CaseConsent[] {
    return this.json.consents.map(({ reason, ...consent }) => ({
      ...consent,
      reason: this.reason(consent.id, reason),
    }));
  }

  open<S extends SectionName>(newbornIndex: number, sections: readonly S[]): Pick<DossierSections, S> {
    return openSections(this.seal, this.json.sections, newbornIndex, sections);
  }

  openStep(stepId: string): StepSecrets {
    const sealed = this.json.secrets[stepId];
    return {
      receipt: this.secret<string>(stepId, 'receipt', sealed?.receipt),
      earlierReceipt: this.secret<string>(stepId, 'earlierReceipt', sealed?.earlierReceipt),
      agencyText: this.secret<AgencyText>(stepId, 'agencyText', sealed?.agencyText),
    };
  }

  private reason(id: string, sealed: string | null): string | null {
    return sealed === null ? null : this.seal.open<string>('consent', 'reason', id, Buffer.from(sealed, 'base64'));
  }

  private secret<T>(stepId: string, column: keyof StepSecrets, sealed: string | null | undefined): T | null {
    if (sealed === null || sealed === undefined) return null;
    return this.seal.open<T>('step_secret', column, stepId, Buffer.from(sealed, 'base64'));
  }
}

/** Opens named sections; a section that was not loaded or not stored is null (results: empty). */
export function openSections<S extends SectionName>(
  seal: CaseSeal,
  sealed: Readonly<Record<string, string>>,
  newbornIndex: number,
  sections: readonly S[],
): Pick<DossierSections, S> {
  const opened = sections.map((section) => {
    const row = sectionRow(newbornIndex, section);
    const cell = sealed[row];
    const empty = section === 'results' ? {} : null;
    const value = cell === undefined ? empty : seal.open('form_section', 'sealed', row, Buffer.from(cell, 'base64'));
    return [section, value] as const;
  });
  return Object.fromEntries(opened) as Pick<DossierSections, S>;
}
