import { type AgencyAnswer, ShareChanges, TakeAnswer } from '@birth/application';
import type { StepCode } from '@birth/domain';
import { caseDesk } from './cases';
import type { TestPlatform } from './platform';

type Results = Extract<AgencyAnswer, { kind: 'completed' }>['results'];

/** Its agency says that a step is done. */
export async function stepDone(platform: TestPlatform, id: string, code: StepCode, results: Results): Promise<void> {
  const { id: stepId, agency, generation } = await caseDesk(platform).step(id, code);
  const answer: AgencyAnswer = { kind: 'completed', receipt: `R-${stepId}`, results };
  const by = { actor: 'agency', actorId: agency } as const;
  await platform.app.get(TakeAnswer).execute({ stepId, generation, via: 'callback', answer, by });
}

/** The results with which `name` got its certificate. */
export const certificateOf = (name: string): Results => ({
  birth_certificate: {
    certificateNumber: 'Y500000001',
    issuedOn: '2026-11-03',
    issuer: '云阳县人民医院',
    registeredName: name,
  },
});

/** A child gets its certificate and its ID number, and what receivers are to be told is written down. @returns its case */
export async function sharedChild(platform: TestPlatform): Promise<string> {
  const { id, form } = await caseDesk(platform).file();
  const { surname, given } = form.newborns[0]!.name!;
  const registeredName = surname + given;
  await stepDone(platform, id, 'birth_certificate', certificateOf(registeredName));
  await stepDone(platform, id, 'household_registration', {
    household_registration: {
      residentIdNumber: '500235202611030017',
      registeredName,
      householdNumber: '1',
      address: '云阳县双江街道1号',
      registeredOn: '2026-11-04',
      stationName: '双江派出所',
    },
  });
  await platform.app.get(ShareChanges).catchUp();
  return id;
}
