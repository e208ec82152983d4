import {
  ClerkSteps,
  ListSharing,
  ReceiverDesk,
  RecordDeath,
  RetractDeath,
  ShareChanges,
  SHARE_STORE,
  type ShareStore,
} from '@birth/application';
import type { StepCode } from '@birth/domain';
import { randomUUID } from 'node:crypto';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';
import { certificateOf, stepDone } from '../../support/shared-child';

jest.setTimeout(60_000);

const CLERK = { subject: 'clerk', scope: { regions: ['*'], agencies: ['*'], offices: ['*'] } };

describe('P19: population information for its receivers, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());

  const message = (body: object = {}) => ({
    method: 'POST',
    url: 'http://localhost/agency/v1/deliveries',
    headers: {},
    body: Buffer.from(JSON.stringify({ messageId: randomUUID(), ...body })),
  });
  const catchUp = () => platform.app.get(ShareChanges).catchUp();
  const receivers = () => platform.app.get(ReceiverDesk);
  const list = (receiver: string, from: { after?: string; since?: string } = {}, limit = 200) =>
    receivers().list(message(), { receiver, limit, ...from });

  /** A certificate is issued; whoever reads, reads from here on. */
  async function certified() {
    await catchUp();
    const since = new Date(Date.now()).toISOString();
    const { id, form } = await desk.file();
    const { surname, given } = form.newborns[0]!.name!;
    const name = surname + given;
    await answer(id, 'birth_certificate', certificateOf(name));
    return { id, name, since };
  }
  const answer = (...step: [id: string, code: StepCode, results: Parameters<typeof stepDone>[3]]) =>
    stepDone(platform, ...step);
  const told = async (receiver: string, { since }: { since: string }) =>
    (await list(receiver, { since })).items.map(({ about, event, version }) => [about, event, version]);

  it('who gets certificates is told once, in order, with its fields and no other', async () => {
    const { name, since } = await certified();
    await catchUp();
    await catchUp();
    expect(await told('health-population', { since })).toEqual([
      ['birth_recorded', 'birth_recorded', 1],
      ['certificate_issued', 'certificate_issued', 1],
    ]);
    const { items } = await list('health-population', { since });
    expect(Object.keys(items[1]!.values).sort()).toEqual([
      'birthInstitution',
      'certificateIssuedOn',
      'certificateNumber',
      'childBornOn',
      'childName',
      'childSex',
      'motherIdNumber',
      'motherName',
    ]);
    expect(items[1]!.values).toMatchObject({ childName: name, certificateNumber: 'Y500000001' });
    expect(items[0]!.subject).toBe(items[1]!.subject);
    expect(await told('education-commission', { since })).toEqual([]);
  });

  it('pages follow each other, from after a place; reading again finds the same', async () => {
    const { since } = await certified();
    await catchUp();
    const first = await list('health-population', { since }, 1);
    const second = await list('health-population', { since, after: first.nextCursor }, 1);
    expect([first.hasMore, (await list('health-population', { since, after: second.nextCursor })).items]).toEqual([
      true,
      [],
    ]);
    expect([first.items.length, second.items[0]?.about]).toEqual([1, 'certificate_issued']);
    expect(await list('health-population', { since }, 1)).toEqual(first);
  });

  it('a death is told, and retracted when it was a mistake; the fact told before stays', async () => {
    const { id, since } = await certified();
    await catchUp();
    const newborn = { applicationId: id, newbornIndex: 0 };
    await platform.app.get(RecordDeath).execute(CLERK, newborn, 'told by the hospital');
    await catchUp();
    await platform.app.get(RetractDeath).execute(CLERK, newborn, 'another child');
    await catchUp();
    expect((await told('health-population', { since })).slice(2)).toEqual([
      ['died', 'died', 1],
      ['died', 'retracted', 2],
    ]);
  });

  it('whoever got the old value gets the new one', async () => {
    const { id, since } = await certified();
    await catchUp();
    const { id: stepId, version: expectedVersion } = await desk.step(id, 'birth_certificate');
    const reissue = { decision: 'data_updated', certificateNumber: 'Y500000002' } as const;
    const request = { expectedVersion, reason: 'issued anew' };
    await platform.app.get(ClerkSteps).resolve(CLERK, stepId, { ...request, ...reissue });
    await catchUp();
    const { items } = await list('health-population', { since });
    expect(items.at(-1)).toMatchObject({
      about: 'certificate_issued',
      event: 'corrected',
      version: 2,
      subject: items[0]!.subject,
      values: { certificateNumber: 'Y500000002' },
    });
    expect(items).toHaveLength(3);
  });

  it('two processes at once tell nothing twice', async () => {
    const { since } = await certified();
    await Promise.all(Array.from({ length: 6 }, catchUp));
    await catchUp();
    expect(await told('health-population', { since })).toHaveLength(2);
  });

  it('a receipt counts once; one that is asked for again comes at the end', async () => {
    const { since } = await certified();
    await catchUp();
    const { items } = await list('health-population', { since });
    const [recorded] = items;
    const receipt = message();
    expect(await receivers().receipt(receipt, recorded!.id)).toEqual({ outcome: 'taken' });
    expect(await receivers().receipt(receipt, recorded!.id)).toEqual({ outcome: 'duplicate' });
    expect(await receivers().resend(message(), recorded!.id)).toEqual({ outcome: 'taken' });
    const again = await list('health-population', { since });
    expect(again.items.map(({ about }) => about)).toEqual(['certificate_issued', 'birth_recorded']);
    const { year, receivers: all } = await platform.app.get(ListSharing).execute(CLERK.scope, undefined);
    expect(year).toBeGreaterThan(2025);
    const health = all.find(({ code }) => code === 'health-population')!;
    expect(health.counts.find(({ about }) => about === 'birth_recorded')!.made).toBeGreaterThan(0);
  });

  it('a dispute is a task for the office that made the data, with the receiver’s words, and ends when it was answered', async () => {
    const { id, since } = await certified();
    await catchUp();
    const { items } = await list('health-population', { since });
    const issued = items.find(({ about }) => about === 'certificate_issued')!;
    const dispute = message({ fields: ['childName'], text: '姓名与户籍不符' });
    expect(await receivers().dispute(dispute, issued.id)).toEqual({ outcome: 'taken' });
    expect(await receivers().dispute(dispute, issued.id)).toEqual({ outcome: 'duplicate' });
    const { id: stepId, version: expectedVersion } = await desk.step(id, 'birth_certificate');
    const open = async () => (await desk.openTasks(stepId)).map(({ kind, reason }) => [kind, reason]);
    expect(await open()).toEqual([['data_update', 'receiver_disputes']]);
    const answered = { expectedVersion, reason: 'the certificate is right', decision: 'data_updated' } as const;
    await platform.app.get(ClerkSteps).resolve(CLERK, stepId, answered);
    expect(await open()).toEqual([]);
    await expect(receivers().dispute(message({ fields: ['parity'], text: '?' }), issued.id)).rejects.toMatchObject({
      status: 400,
    });
  });

  it('what is told stays sealed where it lies', async () => {
    const { name, id } = await certified();
    await catchUp();
    const { rows } = await platform.database.pool.query<{ all: string }>(
      `select string_agg(row_to_json(d)::text, '') as all from share_delivery d where application_id = $1`,
      [id],
    );
    expect(rows[0]!.all).not.toContain(name);
    const store = platform.app.get<ShareStore>(SHARE_STORE);
    expect(await store.byId(randomUUID())).toBeNull();
    await expect(receivers().list(message(), { receiver: 'nobody', limit: 1 })).rejects.toMatchObject({
      name: 'MessageRefused',
    });
  });
});
