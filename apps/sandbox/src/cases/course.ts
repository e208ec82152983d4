import type { AgencyScript } from '../scenarios/agency-script';
import type { Scenario, ScenarioKind } from '../scenarios/scenario';
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

const CORRECTION_TEXT = '信息与证件不一致,请核对后重新填写';
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

type Asked = Exclude<Stage, { kind: 'done' }> | null;
type AskedBy = { [K in ScenarioKind]?: (scenario: Extract<Scenario, { kind: K }>, input: CourseInput) => Asked };

/** What the agency asks or says instead of the result; scenarios that are not here change other things. */
const ASKED: AskedBy = {
  correction_once: (scenario, input) =>
    once(input, scenario.fields ?? [input.correctionField], scenario.text ?? CORRECTION_TEXT),
  illegal_ground: (scenario, input) => once(input, [input.correctionField], scenario.text ?? ILLEGAL_TEXT),
  refuse: ({ reason, legalBasis, documentNumber, remedy }, { office }) => ({
    kind: 'refused',
    byBank: false,
    refusal: {
      office,
      ...(reason === undefined ? {} : { reason }),
      ...(legalBasis === undefined ? {} : { legalBasis }),
      ...(documentNumber === undefined ? {} : { documentNumber }),
      ...(remedy === undefined ? {} : { remedy }),
    },
  }),
  action_needed: (scenario) => ({ kind: 'action', text: scenario.text ?? '请监护人到窗口核验身份证件' }),
  special_procedure: ({ coordinated = false, days }, { now }) => ({
    kind: 'special',
    coordinated,
    text: '材料需进一步核实',
    until: isoDate(now + days * 86_400_000),
  }),
};

function askedStage(scenario: Scenario, input: CourseInput): Asked {
  const asked = ASKED[scenario.kind] as ((scenario: Scenario, input: CourseInput) => Asked) | undefined;
  return asked?.(scenario, input) ?? null;
}

function once(input: CourseInput, fields: string[], text: string): Asked {
  return input.script.takeOnce(input.name) ? { kind: 'correction', fields, text } : null;
}

/** What ends by itself: the family acted, the procedure is over. */
function resumption(scenario: Scenario | null, paceMs: number): Planned[] {
  if (scenario?.kind !== 'action_needed' && scenario?.kind !== 'special_procedure') return [];
  return [{ afterMs: scenario.resumeAfterMs ?? 10 * paceMs, stage: { kind: 'done' } }];
}
