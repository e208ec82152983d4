import { type AgencyAnswer, Reapply, SubmitApplication, TakeAnswer } from '@birth/application';
import type { StepCode } from '@birth/domain';
import { caseDesk } from '../../support/cases';
import { once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const REFUSED: AgencyAnswer = {
  kind: 'rejected',
  refusal: { reason: '材料不符', legalBasis: '第三十八条', documentNumber: '1号', office: '医院', remedy: '可复议' },
};
const VACCINATED: AgencyAnswer = {
  kind: 'completed',
  results: { vaccination: { childCode: 'C1', bookNumber: 'B1', unitName: '青龙' } },
};

describe('P15: applying again, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());

  async function say(id: string, code: StepCode, answer: AgencyAnswer): Promise<void> {
    const { id: stepId, generation, agency } = await desk.step(id, code);
    const by = { actor: 'agency', actorId: agency } as const;
    await platform.app.get(TakeAnswer).execute({ stepId, generation, via: 'callback', answer, by });
  }
  /** Refused, everything else ended: the case is closed. */
  async function closed() {
    const filed = await desk.file();
    await say(filed.id, 'vaccination', VACCINATED);
    await say(filed.id, 'birth_certificate', REFUSED);
    expect((await desk.read(filed.id)).state.status).toBe('partly_completed');
    const { id: stepId } = await desk.step(filed.id, 'birth_certificate');
    return { ...filed, at: { applicationId: filed.id, stepId } };
  }
  const fileAgain = ({ form, mother }: Awaited<ReturnType<typeof closed>>, by = mother) =>
    platform.app.get(SubmitApplication).execute(by, once(form), form, 'zh-CN');
  const reapply = ({ mother, at }: Awaited<ReturnType<typeof closed>>, by = mother) =>
    platform.app.get(Reapply).execute(by, once(at), at);

  it('holds the newborn again: a second filing finds the case that is open', async () => {
    const filed = await closed();
    await reapply(filed);
    expect(await desk.step(filed.id, 'birth_certificate')).toMatchObject({ state: 'queued', generation: 2 });
    await expect(fileAgain(filed)).rejects.toMatchObject({
      status: 409,
      code: 'case_open',
      options: { extra: { applicationId: filed.id } },
    });
  });

  it('is refused while another case of the newborn is open, and changes nothing', async () => {
    const filed = await closed();
    const { body } = await fileAgain(filed);
    const other = (body as { id: string }).id;
    const before = (await desk.read(filed.id)).state;
    await expect(reapply(filed)).rejects.toMatchObject({
      status: 409,
      code: 'case_open',
      options: { extra: { applicationId: other } },
    });
    expect((await desk.read(filed.id)).state).toEqual(before);
  });

  it('of two at once, a filing and a re-application, one is told of the other', async () => {
    const filed = await closed();
    const results = await Promise.allSettled([fileAgain(filed), reapply(filed)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result): result is PromiseRejectedResult => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ status: 409, code: 'case_open' });
  });

  it('again while its own case is open still, it takes what it holds', async () => {
    const filed = await desk.file();
    await say(filed.id, 'birth_certificate', REFUSED);
    const { id: stepId } = await desk.step(filed.id, 'birth_certificate');
    const at = { applicationId: filed.id, stepId };
    await platform.app.get(Reapply).execute(filed.mother, once(at), at);
    expect(await desk.step(filed.id, 'birth_certificate')).toMatchObject({ state: 'queued', generation: 2 });
  });
});
