import { loadCounty } from '@birth/application';
import { checkForm, newCase, planNewborns, SERVICE_CODES, type StepRecord } from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectedLimit } from '../demo/expected-dates';
import { projectFolder } from '../embedded/postgres-binaries';
import { generateSamples } from './generator/generate';
import { planned } from './planned-sample';
import { loadSamples } from './realise';

const county = loadCounty();
const samples = loadSamples();

const filesOf = (folder: string): [file: string, text: string][] =>
  readdirSync(folder)
    .sort()
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);

const filed = samples.flatMap(({ expect: expected, ...sample }) =>
  expected === null ? [] : [{ ...sample, expect: expected }],
);

describe('sample applications', () => {
  it('are at least sixty, each expected to end somehow, no name twice', () => {
    expect(samples.length).toBeGreaterThanOrEqual(60);
    expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
    expect(samples.filter((sample) => (sample.expect === null) !== (sample.refusedWith !== undefined))).toEqual([]);
  });

  it('are what the generator writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'birth-samples-'));
    try {
      generateSamples(folder);
      expect(filesOf(join(projectFolder(), 'seeds', 'applications'))).toEqual(filesOf(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('expect something of every step of every newborn', () => {
    const bare = filed.filter(({ form, expect: { newborns } }) => {
      const hasAll = newborns.every((steps) => SERVICE_CODES.every((code) => steps[code] !== undefined));
      return newborns.length !== form.newborns.length || !hasAll;
    });
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('are of people of whom no two share a number', () => {
    const numbers = samples.flatMap(({ form: { mother, father } }) =>
      [mother, father].flatMap((parent) => (parent === null ? [] : [parent.identity.number])),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each(filed.map((sample) => [sample.name, sample] as const))('%s is routed as the policy says', (_name, sample) => {
    const { real, births, now } = planned(sample);
    const today = toShanghaiDate(now);
    const policy = county.policyAt(now);
    const { nextYearWithinDays, premiums } = policy.settings;
    const rules = { nextYearWithinDays, premiums, offices: county.offices };
    const context = { ...rules, now, today, births, isAuthorisationKept: true };
    const verified = { ...context, verifiedIdentity: real.form.applicant.identity };
    expect(checkForm(real.form, verified).errors).toEqual([]);
    const plans = planNewborns(real.form, births, { ...policy, now });
    const { steps } = newCase('case', real.form, plans, { ...county, ...policy, now, newId: () => 'step' });
    sample.expect.newborns.forEach((expected, index) => {
      for (const code of SERVICE_CODES) {
        const wanted = expected[code];
        const step = steps.find((candidate) => candidate.newbornIndex === index && candidate.code === code);
        if (wanted === undefined || step === undefined) throw new Error(`${code} is missing`);
        // what ends otherwise later was planned all the same
        if (wanted.reason === 'dependency_ended' || wanted.reason === 'birth_and_death_registration') continue;
        if (wanted.state === 'not_applicable') {
          expect({ code, state: step.state, reason: step.reason }).toEqual({
            code,
            state: wanted.state,
            reason: wanted.reason,
          });
          continue;
        }
        const { mode, route, officeKind, papers } = wanted;
        const { safeAt, dueAt, estimated, lateOnArrival: late } = step.statutory ?? {};
        expect({ code, ...pick(step), statutory: step.statutory && { safeAt, dueAt, estimated, late } }).toEqual({
          code,
          ...{ mode, route, officeKind, papers },
          statutory: wanted.statutory && expectedLimit(wanted.statutory, real.bornAt[index]!.slice(0, 10), today),
        });
      }
    });
  });
});

const pick = ({ mode, route, officeKind, papers }: StepRecord) => ({ mode, route, officeKind, papers });
