import { OutcomeUnknown, type PortalFiling, ReceivePortalFiling, ShowApplication } from '@birth/application';
import type { ApplicationForm } from '@birth/domain';
import { createHash, randomUUID } from 'node:crypto';
import { aFamily, filedBy } from '../../support/families';
import { BASELINE_JPEG } from '../../support/papers';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const PAPER = BASELINE_JPEG;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const asForm = (form: unknown): ApplicationForm => form as ApplicationForm;

describe('a family files at the city’s portal, on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  function aFiling(): PortalFiling {
    const { form, mother } = aFamily();
    const { type, number, name } = mother.identity!;
    const identity = { type, number } as PortalFiling['person']['identity'];
    const verification = {
      method: 'face',
      level: '3',
      verifiedAt: new Date().toISOString(),
      transaction: 'T',
    } as const;
    const person = { account: `portal-${randomUUID()}`, name, identity, mobile: '13812345678', verification };
    return { caseNumber: `CQ-${randomUUID()}`, channel: 'computer', person, materials: [], form };
  }
  const send = (filing: PortalFiling) =>
    platform.app.get(ReceivePortalFiling).execute(
      {
        method: 'POST',
        url: 'http://localhost/agency/v1/portal/applications',
        headers: {},
        body: Buffer.from(JSON.stringify(filing)),
      },
      { readForm: asForm, subjectOf: (account) => account },
    );
  const rows = async (text: string, values: unknown[]) =>
    (await platform.database.pool.query<Record<string, unknown>>(text, values)).rows;
  const casesOf = ({ person }: PortalFiling) =>
    rows('select id, channel from application where applicant_subject = $1', [person.account]);

  it('is planned as its own filing would be, and read by its own account', async () => {
    const filing = aFiling();
    const { status, body } = await send(filing);
    expect(status).toBe(201);
    const { id } = body as { id: string };
    expect(await casesOf(filing)).toEqual([{ id, channel: 'computer' }]);
    const shown = await platform.app.get(ShowApplication).forApplicant({ subject: filing.person.account }, id, 'zh-CN');
    expect(shown.newborns[0]!.steps.length).toBeGreaterThan(4);
    await expect(
      platform.app.get(ShowApplication).forApplicant({ subject: 'another' }, id, 'zh-CN'),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('its number makes it happen once, also when it is sent several times at once', async () => {
    const filing = aFiling();
    const sent = await Promise.allSettled(Array.from({ length: 4 }, () => send(filing)));
    const taken = sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value.body] : []));
    expect(new Set(taken.map((body) => (body as { id: string }).id)).size).toBe(1);
    expect(await send(filing)).toMatchObject({ status: 201, body: taken[0] });
    expect(await casesOf(filing)).toHaveLength(1);
  });

  it('another family under the same number is refused, and nothing is stored of it', async () => {
    const [filing, other] = [aFiling(), aFiling()];
    await send(filing);
    await expect(send({ ...other, caseNumber: filing.caseNumber })).rejects.toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    });
    expect(await casesOf(other)).toEqual([]);
  });

  it('a form that breaks a rule is answered as the family would be, and may come again mended', async () => {
    const filing = aFiling();
    const form = asForm(filing.form);
    const wrong = { ...filing, form: { ...form, declarations: [] } };
    await expect(send(wrong)).rejects.toMatchObject({ status: 422, code: 'form_invalid' });
    expect(await casesOf(filing)).toEqual([]);
    expect((await send(filing)).status).toBe(201);
  });

  it('only the verified person files for itself', async () => {
    const filing = aFiling();
    const person = { ...filing.person, identity: aFiling().person.identity };
    await expect(send({ ...filing, person })).rejects.toMatchObject({ status: 422, code: 'form_invalid' });
  });

  it('what was sent stands in the inbox under the case’s key, with a row of evidence, and nothing of it in clear', async () => {
    const filing = aFiling();
    await send(filing);
    const received = `${filing.caseNumber}/%`;
    const kept = await rows('select disposition, row_to_json(i)::text as all from inbox i where message_id like $1', [
      received,
    ]);
    expect(kept).toMatchObject([{ disposition: 'applied' }]);
    const [portal] = await rows('select row_to_json(p)::text as all from portal_case p where case_number = $1', [
      filing.caseNumber,
    ]);
    const { name, identity, mobile } = filing.person;
    for (const secret of [name, identity.number, mobile]) {
      expect(`${String(kept[0]!['all'])}${String(portal!['all'])}`).not.toContain(secret);
    }
    const evidence = await rows('select sender, outcome from message_evidence where door = $1 and digest = $2', [
      'portal',
      createHash('sha256').update(JSON.stringify(filing)).digest(),
    ]);
    expect(evidence).toEqual([{ sender: 'government-portal', outcome: 'received' }]);
  });

  describe('papers by reference', () => {
    /** An agent, whose authorisation lies at the portal. */
    function anAgents(digest = sha256(PAPER)): PortalFiling {
      const filing = aFiling();
      const agent = aFiling().person;
      const reference = randomUUID();
      const form = filedBy(
        asForm(filing.form),
        'agent',
        { subject: '', identity: { ...agent, ...agent.identity } },
        reference,
      );
      const mobile = form.applicant.mobile;
      return {
        ...filing,
        person: { ...agent, mobile },
        form,
        materials: [{ reference, name: '授权委托书', digest }],
      };
    }

    it('are fetched, held against what was signed, and kept as the family’s own', async () => {
      const filing = anAgents();
      platform.portal.materials.set(filing.materials[0]!.reference, PAPER);
      expect((await send(filing)).status).toBe(201);
      expect(await casesOf(filing)).toHaveLength(1);
      expect((await send(filing)).status).toBe(201);
      expect(await casesOf(filing)).toHaveLength(1);
    });

    it.each([
      ['another', Buffer.concat([PAPER, Buffer.from('\n')])],
      ['not there', null],
    ])('one that is %s files nothing', async (_, bytes) => {
      const filing = anAgents();
      if (bytes !== null) platform.portal.materials.set(filing.materials[0]!.reference, bytes);
      await expect(send(filing)).rejects.toMatchObject({
        status: 422,
        options: { errors: [{ pointer: '/materials/0', code: 'unknown_material' }] },
      });
      expect(await casesOf(filing)).toEqual([]);
    });

    it('a portal that does not give it is asked again when it files again', async () => {
      const filing = anAgents();
      const { reference } = filing.materials[0]!;
      platform.portal.materials.set(reference, new OutcomeUnknown('no reply'));
      await expect(send(filing)).rejects.toMatchObject({ status: 503 });
      platform.portal.materials.set(reference, PAPER);
      expect((await send(filing)).status).toBe(201);
    });
  });
});
