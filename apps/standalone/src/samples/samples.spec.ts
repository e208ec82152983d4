import { loadCounty } from '@birth/application';
import { checkForm, type KnownBirth, newCase, planNewborns } from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { certificateNumber, childId } from '../demo/known-values';
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
function named(sample: Sample): Sample {
  const { laterName } = sample;
  if (laterName === undefined) return sample;
  const { surname, given, surnameSource } = laterName;
  const newborns = sample.form.newborns.map((newborn) => ({ ...newborn, name: { surname, given }, surnameSource }));
  return { ...sample, form: { ...sample.form, newborns } };
}

describe('sample applications', () => {
  it('are at least sixty, each with an expectation, no name twice', () => {
    expect(samples.length).toBeGreaterThanOrEqual(60);
    expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
    expect(
      samples.filter(({ refusedWith, expect: { newborns } }) => refusedWith === undefined && newborns.length === 0),
    ).toEqual([]);
  });

  it.each(
    samples.filter(({ refusedWith }) => refusedWith === undefined).map((sample) => [sample.name, sample] as const),
  )('%s is routed as the policy says', (_name, sample) => {
    const now = sample.clock === undefined ? Date.parse('2026-11-24T10:00:00+08:00') : Date.parse(sample.clock);
    const values = { 'childId:0': childId(sample, now), 'certificate:0': certificateNumber(sample), material: 'm' };
    const real = realise(named(sample), now, values);
    const births = birthsOf(sample, real.bornAt);
    const context = { now, today: toShanghaiDate(now), offices: county.offices, births, isAuthorisationKept: true };
    const verified = { ...context, verifiedIdentity: real.form.applicant.identity };
    expect(checkForm(real.form, verified).errors).toEqual([]);
    const plans = planNewborns(real.form, births, { ...county, now });
    const { steps } = newCase('case', real.form, plans, { ...county, now, newId: () => 'step' });
    sample.expect.newborns.forEach((expected, index) => {
      for (const [code, wanted] of Object.entries(expected)) {
        const step = steps.find((candidate) => candidate.newbornIndex === index && candidate.code === code);
        if (step === undefined || wanted.state === 'not_applicable') continue;
        const given = { mode: step.mode, route: step.route, officeKind: step.officeKind, papers: [...step.papers] };
        const { mode = given.mode, route = given.route, officeKind = given.officeKind, papers = given.papers } = wanted;
        expect({ code, ...given }).toEqual({ code, mode, route, officeKind, papers });
        if (sample.clock !== undefined && wanted.safeAt !== undefined) {
          expect(step.statutory?.safeAt).toBe(wanted.safeAt);
        }
      }
    });
  });
});
