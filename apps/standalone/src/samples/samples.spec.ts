import { loadCounty } from '@birth/application';
import { checkForm, type KnownBirth, newCase, planNewborns, SERVICE_CODES, type StepRecord } from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectedLimit } from '../demo/expected-dates';
import { certificateNumber, childId } from '../demo/known-values';
import { projectFolder } from '../embedded/postgres-binaries';
import { generateSamples } from './generator/generate';
import { loadSamples, realise } from './realise';
import type { Sample } from './sample';

const county = loadCounty();
const samples = loadSamples();

/** Births as the platform would know them. */
function birthsOf(sample: Sample, bornAt: (string | null)[]): KnownBirth[] {
  return sample.form.newborns.map((newborn, index) => {
    const birth = sample.births[index]!;
    const place = newborn.birth?.place ?? { region: '500235', kind: 'hospital' };
    const awaitsMother = Boolean(newborn.claimedBirth) && sample.form.applicant.role !== 'mother';
    const isClaimed = awaitsMother || (Boolean(newborn.claimedBirth) && birth.notified !== 'before');
    return {
      bornOn: bornAt[index]!.slice(0, 10),
      bornAt: isClaimed ? null : Date.parse(bornAt[index]!),
      sex: isClaimed ? null : birth.sex,
      plurality: birth.plurality,
      deliveryOrder: birth.deliveryOrder,
      officeCode: newborn.birth ? null : birth.office,
      outcome: 'live',
      recordedMother: null,
      awaitsMother,
      ...place,
    };
  });
}

/** A name chosen later is planned as if it had been filed with it. */
function named<S extends Sample>(sample: S): S {
  const { laterName } = sample;
  if (laterName === undefined) return sample;
  const { surname, given, surnameSource } = laterName;
  const newborns = sample.form.newborns.map((newborn) => ({ ...newborn, name: { surname, given }, surnameSource }));
  return { ...sample, form: { ...sample.form, newborns } };
}

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
    const now = sample.clock === undefined ? Date.parse('2026-11-24T10:00:00+08:00') : Date.parse(sample.clock);
    const today = toShanghaiDate(now);
    const values = { 'childId:0': childId(sample, now), 'certificate:0': certificateNumber(sample), material: 'm' };
    const real = realise(named(sample), now, values);
    const births = birthsOf(sample, real.bornAt);
    const policy = county.policyAt(now);
    const { nextYearWithinDays } = policy.settings;
    const context = { now, today, offices: county.offices, births, nextYearWithinDays, isAuthorisationKept: true };
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
        if (wanted.state === 'not_applicable' && wanted.reason === 'dependency_ended') continue;
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
