import { AnswerCheck, type CheckAnswer, type ClerkScope, ShowApplication, TakeAnswer } from '@birth/application';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const COUNTY: ClerkScope = { regions: ['500235'], agencies: ['*'], offices: ['*'] };
const ISSUED = { issuedOn: '2026-01-05', issuer: '三台县人民医院' };
const ASKED = '登记系统中查无此证，已向签发地发起协查';

describe('P4: a certificate that cannot be verified, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());

  async function asked() {
    const filed = await desk.file();
    const { id: stepId, generation } = await desk.step(filed.id, 'birth_certificate');
    await platform.app.get(TakeAnswer).execute({
      stepId,
      generation,
      via: 'callback',
      answer: { kind: 'suspended', procedure: 'coordinated_check', text: ASKED },
      by: { actor: 'agency', actorId: 'health-commission' },
    });
    return { ...filed, stepId };
  }
  const record = async (
    { stepId, id }: Awaited<ReturnType<typeof asked>>,
    more: Partial<CheckAnswer> & Pick<CheckAnswer, 'outcome' | 'text'>,
    scope = COUNTY,
  ) => {
    const { version } = await desk.step(id, 'birth_certificate');
    const answer = { expectedVersion: version, reason: '收到复函', ...ISSUED, ...more };
    return platform.app.get(AnswerCheck).execute({ subject: 'clerk-1', scope }, stepId, answer);
  };
  const shown = async ({ id, mother }: Awaited<ReturnType<typeof asked>>) => {
    const view = await platform.app.get(ShowApplication).forApplicant(mother, id, 'zh-CN');
    return view.newborns[0]!.steps.find(({ code }) => code === 'birth_certificate')!;
  };

  it('family and clerk read who was asked, since when and until when', async () => {
    const filed = await asked();
    const expected = {
      with: '四川省（510722）出生医学证明签发机构',
      askedAt: expect.any(String) as string,
      dueAt: expect.stringMatching(/T00:00:00/) as string,
      outcome: null,
      answeredAt: null,
    };
    const step = await shown(filed);
    expect(step).toMatchObject({ state: 'suspended', agencyText: { text: ASKED }, coordinatedCheck: expected });
    const seen = await platform.app.get(ShowApplication).forClerk(COUNTY, filed.id, 'zh-CN');
    expect(seen.newborns[0]!.steps.find(({ code }) => code === 'birth_certificate')?.coordinatedCheck).toEqual(
      step.coordinatedCheck,
    );
    const police = { ...COUNTY, agencies: ['public-security'] };
    const others = await platform.app.get(ShowApplication).forClerk(police, filed.id, 'zh-CN');
    const { with: place } = others.newborns[0]!.steps.find(
      ({ code }) => code === 'birth_certificate',
    )!.coordinatedCheck!;
    expect(place).toBe('外地有关部门');
  });

  it('verified: done on the number that the family gave, and the household follows', async () => {
    const filed = await asked();
    expect(await record(filed, { outcome: 'verified', text: '经核，该证属实' })).toMatchObject({
      status: 200,
      body: { state: 'completed' },
    });
    expect(await shown(filed)).toMatchObject({
      state: 'completed',
      source: 'clerk',
      agencyText: { text: '经核，该证属实' },
      coordinatedCheck: { outcome: 'verified' },
    });
    expect(await desk.step(filed.id, 'household_registration')).toMatchObject({
      reason: 'visit_window',
    });
    const loaded = await desk.read(filed.id);
    expect(loaded.open(0, ['results']).results.birth_certificate).toMatchObject({
      ...ISSUED,
      certificateNumber: filed.form.newborns[0]!.existing!.birthCertificateNumber,
    });
  });

  it('not verified: the family reads the answer and what it may correct', async () => {
    const filed = await asked();
    await record(filed, { outcome: 'not_verified', text: '系统无此编号' });
    const step = await shown(filed);
    expect(step).toMatchObject({
      state: 'correction_needed',
      reason: 'certificate_not_verified',
      agencyText: { text: '系统无此编号', fields: ['/existing/birthCertificateNumber', '/name'] },
      coordinatedCheck: { outcome: 'not_verified' },
    });
    expect(step.reasonText).toContain('请看答复');
  });

  it('a stale look, a foreign scope, a second answer and a demand are refused, and nothing is kept', async () => {
    const filed = await asked();
    const answer = { outcome: 'verified', text: '属实' } as const;
    const before = await desk.read(filed.id);
    await expect(record(filed, { ...answer, expectedVersion: 0 })).rejects.toMatchObject({ status: 412 });
    await expect(record(filed, answer, { ...COUNTY, agencies: ['public-security'] })).rejects.toMatchObject({
      status: 404,
    });
    await expect(record(filed, { ...answer, text: '请提供准生证' })).rejects.toMatchObject({
      status: 422,
      options: { errors: [{ pointer: '/text', code: 'unlawful_demand' }] },
    });
    for (const [wrong, errors] of [
      [{ issuedOn: undefined, issuer: undefined }, ['/issuer', '/issuedOn']],
      [{ issuedOn: '2999-01-01' }, ['/issuedOn']],
      [{ issuedOn: '2026-02-30' }, ['/issuedOn']],
    ] as const) {
      const refused = record(filed, { ...answer, ...wrong } as never);
      await expect(refused).rejects.toMatchObject({ options: { errors: errors.map((pointer) => ({ pointer })) } });
    }
    expect((await desk.read(filed.id)).state).toEqual(before.state);
    await record(filed, answer);
    await expect(record(filed, answer)).rejects.toMatchObject({ status: 409, code: 'no_coordinated_check' });
  });
});
