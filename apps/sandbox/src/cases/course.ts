import type { AgencyScript } from '../scenarios/agency-script';
import type { Scenario } from '../scenarios/scenario';
import { isoDate } from '../wire/local-time';
import type { Planned, Stage } from './stage';

export interface CourseInput {
  script: AgencyScript;
  name: string;
  now: number;
  paceMs: number;
  /** Everything that is decided is decided in the first reply. */
  instant: boolean;
  usual: readonly Planned[];
  /** The agency's office, for refusals. */
  office: string;
  /** Which of its own fields the agency complains about when the script names none. */
  correctionField: string;
}

const ILLEGAL_TEXT = '请补充提供准生证后再办理';

/** The stages that a new case will pass, by the script in force when it came. */
export function planCourse(input: CourseInput): Planned[] {
  const scenario = input.script.of(input.name);
  if (scenario?.kind === 'accept_slowly') {
    return [
      { afterMs: 0, stage: { kind: 'received' } },
      { afterMs: scenario.delayMs, stage: { kind: 'done' } },
    ];
  }
  const asked = scenario === null ? null : askedStage(scenario, input);
  if (asked === null) return [...input.usual];
  const lead: Planned[] = input.instant ? [] : [{ afterMs: 0, stage: { kind: 'received' } }];
  return [...lead, { afterMs: input.instant ? 0 : input.paceMs, stage: asked }, ...resumption(scenario, input.paceMs)];
}

function askedStage(scenario: Scenario, input: CourseInput): Exclude<Stage, { kind: 'done' }> | null {
  switch (scenario.kind) {
    case 'correction_once':
      return once(
        input,
        scenario.fields ?? [input.correctionField],
        scenario.text ?? '信息与证件不一致,请核对后重新填写',
      );
    case 'illegal_ground':
      return once(input, [input.correctionField], scenario.text ?? ILLEGAL_TEXT);
    case 'refuse':
      return { kind: 'refused', byBank: false, refusal: { ...withoutKind(scenario), office: input.office } };
    case 'action_needed':
      return { kind: 'action', text: scenario.text ?? '请监护人到窗口核验身份证件' };
    case 'special_procedure':
      return {
        kind: 'special',
        coordinated: scenario.coordinated ?? false,
        text: '材料需进一步核实',
        until: isoDate(input.now + scenario.days * 86_400_000),
      };
    default:
      return null;
  }
}

function once(input: CourseInput, fields: string[], text: string): Exclude<Stage, { kind: 'done' }> | null {
  return input.script.takeOnce(input.name) ? { kind: 'correction', fields, text } : null;
}

function withoutKind({ kind: _, ...parts }: Extract<Scenario, { kind: 'refuse' }>): Omit<typeof parts, 'kind'> {
  return parts;
}

/** What ends by itself: the family acted, the procedure is over. */
function resumption(scenario: Scenario | null, paceMs: number): Planned[] {
  if (scenario?.kind !== 'action_needed' && scenario?.kind !== 'special_procedure') return [];
  return [{ afterMs: scenario.resumeAfterMs ?? 10 * paceMs, stage: { kind: 'done' } }];
}
