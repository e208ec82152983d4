import type { ApplicationStatus, StepCode } from '@birth/domain';
import type { Sample, SampleAction, Scenario } from '../sample';
import { allDone, type Changes, done, heldBack, not, refused, waits } from './expectations';
import { ordinaryFamily } from './family';

interface AgencyCase {
  name: string;
  title: string;
  agency: string;
  scenario: Scenario;
  actions?: SampleAction[];
  changes?: Changes;
  status: ApplicationStatus;
  tweak?: (sample: Sample) => void;
}

const REFUSAL = {
  legalBasis: '行政许可法第三十八条',
  documentNumber: '云行不〔2026〕001号',
  reason: '材料核验未通过',
  remedy: '可在六十日内申请行政复议',
};
const correct = (step: StepCode, fields: Record<string, unknown>): SampleAction[] => [
  { when: { step, state: 'correction_needed' }, do: 'correct', fields },
];

/** Each agency refusing, asking a correction, down and slow; and what agencies do on bad days. */
const CASES: AgencyCase[] = [
  {
    name: 'health-refuses',
    title: 'The certificate is refused: what follows ends with words (P12)',
    agency: 'health-commission',
    scenario: { kind: 'refuse', ...REFUSAL },
    status: 'partly_completed',
    changes: {
      birth_certificate: refused(),
      household_registration: not('dependency_ended'),
      medical_insurance: not('dependency_ended'),
      social_security_card: not('dependency_ended'),
    },
  },
  {
    name: 'disease-control-refuses',
    title: 'The unit refuses the vaccination, which nobody may: held back for the coordinator (P8)',
    agency: 'disease-control',
    scenario: { kind: 'refuse', ...REFUSAL },
    status: 'needs_clerk',
    changes: { vaccination: heldBack },
  },
  {
    name: 'police-refuse',
    title: 'Household is refused: insurance switches to the certificate (P12)',
    agency: 'public-security',
    scenario: { kind: 'refuse', ...REFUSAL },
    status: 'partly_completed',
    changes: {
      household_registration: refused(),
      medical_insurance: done({ basis: 'birth_certificate' }),
      social_security_card: not('dependency_ended'),
    },
  },
  {
    name: 'insurance-refuses',
    title: 'Insurance is refused: no card without it',
    agency: 'medical-insurance',
    scenario: { kind: 'refuse', ...REFUSAL },
    status: 'partly_completed',
    changes: { medical_insurance: refused(), social_security_card: not('dependency_ended') },
  },
  {
    name: 'bank-refuses',
    title: 'The bank refuses the card',
    agency: 'human-resources',
    scenario: { kind: 'bank_refuses' },
    status: 'partly_completed',
    changes: { social_security_card: refused() },
  },
  {
    name: 'health-corrects',
    title: 'The certificate needs one correction (P15)',
    agency: 'health-commission',
    scenario: { kind: 'correction_once', fields: ['mother.address'] },
    status: 'completed',
    actions: correct('birth_certificate', { '/mother/residence/address': '重庆市云阳县双江街道示例路199号' }),
  },
  {
    name: 'disease-control-corrects',
    title: 'Vaccination needs one correction',
    agency: 'disease-control',
    scenario: { kind: 'correction_once', fields: ['residenceAddress'] },
    status: 'completed',
    actions: correct('vaccination', { '/vaccination/residenceAddress': '重庆市云阳县双江街道示例路198号' }),
  },
  {
    name: 'police-correct',
    title: 'Household needs one correction',
    agency: 'public-security',
    scenario: { kind: 'correction_once', fields: ['hkszdxz'] },
    status: 'completed',
    actions: correct('household_registration', { '/household/address': '重庆市云阳县双江街道示例路197号' }),
  },
  {
    name: 'insurance-corrects',
    title: 'Insurance needs one correction',
    agency: 'medical-insurance',
    scenario: { kind: 'correction_once', fields: ['paylv'] },
    status: 'completed',
    actions: correct('medical_insurance', { '/insurance/tier': '2' }),
  },
  {
    name: 'human-resources-correct',
    title: 'The card needs one correction',
    agency: 'human-resources',
    scenario: { kind: 'correction_once', fields: ['JHRDH'] },
    status: 'completed',
    actions: correct('social_security_card', { '/mother/mobile': '13900002222' }),
  },
  ...['health-commission', 'disease-control', 'public-security', 'medical-insurance', 'human-resources'].flatMap(
    (agency): AgencyCase[] => [
      {
        name: `${agency}-down`,
        title: `${agency} is down for two calls`,
        agency,
        scenario: { kind: 'down', times: 2 },
        status: 'completed',
      },
      {
        name: `${agency}-slow`,
        title: `${agency} takes its time`,
        agency,
        scenario: { kind: 'accept_slowly', delayMs: 1200 },
        status: 'completed',
      },
    ],
  ),
  {
    name: 'health-unavailable',
    title: '429 with Retry-After pauses the agency for everybody',
    agency: 'health-commission',
    scenario: { kind: 'unavailable', retryAfterSeconds: 1, times: 1 },
    status: 'completed',
  },
  {
    name: 'health-callback-early',
    title: 'The callback overtakes the reply',
    agency: 'health-commission',
    scenario: { kind: 'early_callback' },
    status: 'completed',
  },
  {
    name: 'health-callback-twice',
    title: 'The callback comes twice',
    agency: 'health-commission',
    scenario: { kind: 'duplicate_callback' },
    status: 'completed',
  },
  {
    name: 'health-contradicts',
    title: 'Completed, then refused: the first word stands, a clerk finds out',
    agency: 'health-commission',
    scenario: { kind: 'contradictory_callbacks' },
    status: 'completed',
  },
  {
    name: 'health-html-page',
    title: 'An HTML error page: a clerk looks, nothing is sent blindly',
    agency: 'health-commission',
    // again and again: a page that is lost with the worker that read it must not be the only one
    scenario: { kind: 'html_error_page', times: 1_000 },
    // who works by hand sends no page
    tweak: (sample) => (sample.byHand = { expect: { status: 'completed', newborns: [allDone()] } }),
    status: 'needs_clerk',
    changes: {
      birth_certificate: waits('clerk', 'contract_broken', { state: 'stuck' }),
      household_registration: waits('clerk'),
      medical_insurance: waits('clerk'),
      social_security_card: waits('clerk'),
    },
  },
  {
    name: 'police-garbage',
    title: 'Unreadable bytes after the work was done: the next question finds it',
    agency: 'public-security',
    scenario: { kind: 'garbage' },
    status: 'completed',
  },
  {
    name: 'police-gbk',
    title: 'Replies in GBK',
    agency: 'public-security',
    scenario: { kind: 'gbk_text' },
    status: 'completed',
  },
  {
    name: 'human-resources-gbk',
    title: 'XML in GBK',
    agency: 'human-resources',
    scenario: { kind: 'gbk_text' },
    status: 'completed',
  },
  {
    name: 'insurance-timeout-after-work',
    title: 'No reply although the work was done: asked first, never saved twice',
    agency: 'medical-insurance',
    scenario: { kind: 'timeout_after_work' },
    status: 'completed',
  },
  {
    name: 'human-resources-timeout-after-work',
    title: 'No reply although the record was made: asked first, one record',
    agency: 'human-resources',
    scenario: { kind: 'timeout_after_work' },
    status: 'completed',
  },
  {
    name: 'disease-control-timeout-after-work',
    title: 'No reply: sent again, the agency says that it exists',
    agency: 'disease-control',
    scenario: { kind: 'timeout_after_work' },
    status: 'completed',
  },
  {
    name: 'police-timeout-after-work',
    title: 'No reply: the same key again',
    agency: 'public-security',
    scenario: { kind: 'timeout_after_work' },
    status: 'completed',
  },
  {
    name: 'insurance-not-yet-effective',
    title: 'Saved, but twice not yet effective: verified after the write',
    agency: 'medical-insurance',
    scenario: { kind: 'save_ok_verify_fails', times: 2 },
    status: 'completed',
  },
  {
    name: 'police-special-procedure',
    title: 'A special procedure pauses the promise, then goes on',
    agency: 'public-security',
    scenario: { kind: 'special_procedure', days: 3, resumeAfterMs: 800 },
    status: 'completed',
  },
];

function build({ name, title, agency, scenario, actions, changes, status, tweak }: AgencyCase): Sample {
  const sample = ordinaryFamily(name, title);
  sample.scenarios = { [agency]: scenario };
  if (actions !== undefined) sample.actions = actions;
  sample.expect = { status, newborns: [allDone(changes)] };
  tweak?.(sample);
  return sample;
}

export const AGENCY_CASES: Sample[] = CASES.map(build);
