import type { StepCode } from '@birth/domain';
import { until } from '../../../apps/standalone/src/embedded/until';
import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformClient, type Person, WHOLE_COUNTY } from '../../../apps/standalone/src/demo/platform-client';
import type { Sample } from '../../../apps/standalone/src/samples/sample';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { verifyPack } from '../../../apps/verifier/src/verify-pack';
import { AgencySigner } from '../../support/agency-signer';
import { aCouple, aFamily } from '../../support/families';
import { FiledSample } from '../../support/filed-sample';

jest.setTimeout(60_000);

type Body = Record<string, unknown>;

/** Every answer heard here is held against the contract (test/support/check-answers.ts). */
describe('operations answer as the contract says', () => {
  let stack: Stack;
  let client: PlatformClient;
  let clerk: string;
  const folder = mkdtempSync(join(tmpdir(), 'birth-operations-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    clerk = await client.clerkToken('clerk');
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const tokenOf = ({ identity }: { identity?: Person['identity'] & { name: string } }): Promise<string> =>
    client.token({ name: identity!.name, identity: identity! });
  const ok = async (answer: Promise<{ status: number; body: Body }>, status = 200): Promise<Body> => {
    const { status: given, body } = await answer;
    expect([given, body['code']]).toEqual([status, undefined]);
    return body;
  };

  async function refusedBy(owner: string, path: string, message: Body): Promise<Body> {
    const response = await sendSigned(owner, path, message);
    return { status: response.status, ...((await response.json()) as Body) };
  }

  async function signed(owner: string, path: string, message?: Body): Promise<Body> {
    const response = await sendSigned(owner, path, message);
    expect(response.status).toBe(200);
    return (await response.json()) as Body;
  }

  async function sendSigned(owner: string, path: string, message?: Body): Promise<Response> {
    const pem = readFileSync(join(folder, 'keys', `${owner}.key.pem`));
    const signer = new AgencySigner(owner, `${owner}-1`, createPrivateKey(pem));
    const method = message === undefined ? 'GET' : 'POST';
    const body = message === undefined ? '' : JSON.stringify(message);
    const url = stack.apiUrl + path;
    const headers = signer.headers({ method, url, body });
    return fetch(url, { method, headers, ...(body === '' ? {} : { body }) });
  }

  /** What a clerk does to a step as it is now. */
  async function act(family: FiledSample, code: StepCode, action: string, more: Body = {}): Promise<Body> {
    const { id } = await family.step(code);
    const shown = await ok(client.get(`/clerk/v1/applications/${family.id}`, clerk));
    const steps = (shown['newborns'] as { steps: { id: string; version: number }[] }[])[0]!.steps;
    const { version: expectedVersion } = steps.find((step) => step.id === id)!;
    const body = { expectedVersion, reason: 'spoke with the office', ...more };
    return ok(client.send({ path: `/clerk/v1/steps/${id}/${action}`, token: clerk, body }));
  }

  /** The certificate goes on meanwhile: a clerk whose look is out of date looks again. */
  async function spokenWith(id: string, deadline: number): Promise<number> {
    const shown = await ok(client.get(`/clerk/v1/applications/${id}`, clerk));
    const tasks = shown['openTasks'] as { kind: string; stepId: string }[];
    const { stepId } = tasks.find(({ kind }) => kind === 'family_contact')!;
    const [{ steps }] = shown['newborns'] as [{ steps: { id: string; version: number }[] }];
    const { version: expectedVersion } = steps.find((step) => step.id === stepId)!;
    const body = { expectedVersion, reason: 'spoke with the mother', decision: 'family_spoken_with' };
    const { status } = await client.send({ path: `/clerk/v1/steps/${stepId}/resolutions`, token: clerk, body });
    return status === 412 && Date.now() < deadline ? spokenWith(id, deadline) : status;
  }

  const sample = (name: string, change?: (sample: Sample) => void): Promise<FiledSample> =>
    FiledSample.of(client, name, change).file();

  it.each(['/health/live', '/health/ready', '/openapi.json', '/v1/services'])('GET %s', async (path) => {
    expect((await fetch(stack.apiUrl + path)).status).toBe(200);
  });

  it.each([
    ['applicant', /^\/(v1|health|openapi)/],
    ['clerk', /^\/(clerk|health|openapi)/],
    ['agency', /^\/(agency|health|openapi)/],
  ])('the part of the contract for one audience: %s', async (audience, own) => {
    const response = await fetch(`${stack.apiUrl}/openapi/${audience}`);
    const text = await response.text();
    const { paths, components } = JSON.parse(text) as { paths: Body; components: { schemas: Body } };
    expect(Object.keys(paths).filter((path) => !own.test(path))).toEqual([]);
    const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!);
    expect(Object.keys(components.schemas).sort()).toEqual([...new Set(named)].sort());
  });

  it('there is no part for anybody else', async () => {
    expect((await fetch(`${stack.apiUrl}/openapi/everybody`)).status).toBe(404);
  });

  it('a family checks, files, reads along, and takes a step back', async () => {
    const { form, mother } = aFamily();
    const token = await tokenOf(mother);
    const check = await ok(client.send({ path: '/v1/checks', token, body: form }));
    expect(check['errors']).toEqual([]);
    expect(check['householdPaper']).toMatchObject({ when: 'at_pickup' });
    // P12: what follows when an earlier step is refused is read before filing
    const [planned] = check['newborns'] as [{ steps: { code: string; ifRefused: { becomes: string }[] }[] }];
    expect(planned.steps.find((step) => step.code === 'medical_insurance')?.ifRefused).toEqual([
      {
        code: 'household_registration',
        becomes: 'certificate_basis',
        text: expect.stringContaining('出生医学证明') as string,
      },
    ]);
    await ok(client.get('/v1/birth-records', token));
    const { id, newborns } = await ok(client.send({ path: '/v1/applications', token, body: form }), 201);
    const { items } = await ok(client.get(`/v1/applications/${String(id)}/events?limit=2`, token));
    expect(items).toHaveLength(2);
    const [{ steps }] = newborns as [{ steps: { id: string; code: string }[] }];
    const card = steps.find(({ code }) => code === 'social_security_card')!;
    const path = `/v1/applications/${String(id)}/steps/${card.id}/withdrawal`;
    expect((await ok(client.send({ path, token })))['withdrawals']).toMatchObject([{ outcome: 'withdrawn' }]);
  });

  it('two parents: asked, refused, asked again, agreed, named', async () => {
    const { form, mother, father, record } = aCouple();
    const { office, facts } = record;
    const message = { messageId: randomUUID(), occurredAt: new Date().toISOString(), office, records: [facts] };
    expect((await signed('hospital', '/agency/v1/birth-notifications', message))['outcome']).toBe('stored');
    const [newborn] = form.newborns;
    const nameless = { ...form, newborns: [{ ...newborn!, name: null }] };
    const [hers, his] = [await tokenOf(mother), await tokenOf(father)];
    const { id } = await ok(client.send({ path: '/v1/applications', token: hers, body: nameless }), 201);
    const { items } = await ok(client.get('/v1/consents', his));
    const asked = `/v1/consents/${(items as { id: string }[])[0]!.id}`;
    expect(await ok(client.get(asked, his))).toMatchObject({ parent: 'father', state: 'open' });
    await ok(client.send({ path: asked, token: his, body: { answer: 'refused', reason: '先商量' } }));
    const again = `/v1/applications/${String(id)}/consents`;
    const { consent } = await ok(client.send({ path: again, token: hers, body: { parent: 'father' } }));
    const path = `/v1/consents/${(consent as { token: string }).token}`;
    await ok(client.send({ path, token: his, body: { answer: 'agreed' } }));
    const name = { surname: form.father!.name.slice(0, 1), given: '安安', surnameSource: 'father' };
    const naming = `/v1/applications/${String(id)}/newborns/0/name`;
    const { consents } = await ok(client.send({ method: 'PUT', path: naming, token: hers, body: name }));
    await ok(client.get(`/v1/applications/${String(id)}`, hers));
    const toTheName = `/v1/consents/${(consents as { token: string }[])[0]!.token}`;
    await ok(client.send({ path: toTheName, token: his, body: { answer: 'agreed' } }));
    // P16: either parent may tell of a death; the other one reads states and dates
    const told = await ok(client.send({ path: `/v1/applications/${String(id)}/newborns/0/death`, token: his }));
    const [one] = told['newborns'] as { deathReportedAt: string; steps: { papers: string[] }[] }[];
    expect(one!.deathReportedAt).not.toBeNull();
    expect(one!.steps.flatMap(({ papers }) => papers)).toEqual([]);
    // P16: who filed has died; the other parent goes on with the case, once he has confirmed
    const takeovers = { path: `/clerk/v1/applications/${String(id)}/takeovers`, token: clerk };
    const reason = 'death certificate of the mother seen at the desk';
    const unknown = await client.send({ ...takeovers, body: { parent: 'mother', reason } });
    expect([unknown.status, unknown.body['code']]).toEqual([409, 'parent_not_confirmed']);
    for (let time = 0; time < 2; time += 1) await ok(client.send({ ...takeovers, body: { parent: 'father', reason } }));
    const { items: history } = await ok(client.get(`/v1/applications/${String(id)}/events`, his));
    expect((history as { type: string }[]).filter(({ type }) => type === 'applicant_changed')).toHaveLength(1);
    expect((await client.get(`/v1/applications/${String(id)}`, hers)).status).toBe(404);
    expect(await ok(client.get(`/v1/applications/${String(id)}`, his))).toHaveProperty('consents');
  });

  it('P16: a death is told by a parent and by a clerk, and a named person spoke with the family', async () => {
    const { form, mother } = aFamily();
    const token = await tokenOf(mother);
    const { id } = await ok(client.send({ path: '/v1/applications', token, body: form }), 201);
    const path = `/v1/applications/${String(id)}/newborns/0/death`;
    const key = randomUUID();
    const told = await ok(client.send({ path, token, key }));
    expect(await ok(client.send({ path, token, key }))).toEqual(told);
    const [{ steps }] = told['newborns'] as [{ steps: { id: string; code: string; version: number }[] }];
    expect(steps).toContainEqual(
      expect.objectContaining({ code: 'social_security_card', state: 'cancelled', reason: 'newborn_died' }),
    );
    const recorded = await ok(
      client.send({ path: `/clerk${path}`, token: clerk, body: { reason: 'told by the ward' } }),
    );
    expect(recorded).toMatchObject({ newbornIndex: 0 });
    expect(await spokenWith(String(id), Date.now() + 20_000)).toBe(200);
    const after = await ok(client.get(`/clerk/v1/applications/${String(id)}`, clerk));
    expect((after['openTasks'] as { kind: string }[]).map(({ kind }) => kind)).not.toContain('family_contact');
  });

  it('a parent who never answers signs at the hospital’s desk', async () => {
    const { form, mother } = aCouple();
    const { id } = await ok(client.send({ path: '/v1/applications', token: await tokenOf(mother), body: form }), 201);
    const body = { parent: 'father', reason: '持身份证到窗口签字' };
    const path = `/clerk/v1/applications/${String(id)}/consents`;
    expect(await ok(client.send({ path, token: clerk, body }))).toEqual({ parent: 'father', state: 'agreed' });
  });

  it('P11: insurance waits for a household step that takes long, and is enrolled on the certificate instead', async () => {
    const family = await sample('police-special-procedure', (s) => {
      s.scenarios = { 'public-security': { kind: 'special_procedure', days: 3, resumeAfterMs: 600_000 } };
    });
    await family.until('household_registration', ({ state }) => state === 'suspended');
    const { notices } = await family.until('medical_insurance', ({ state }) => state === 'waiting');
    expect(notices).toMatchObject([{ code: 'certificate_basis_offered', ground: 'household_suspended' }]);
    const switched = await family.send('medical_insurance', 'basis-switches', { basis: 'birth_certificate' });
    expect(switched.status).toBe(200);
    await family.until('medical_insurance', ({ state, notices: left }) => state === 'completed' && left.length === 0);
    expect(await family.send('medical_insurance', 'basis-switches', { basis: 'citizen_id' })).toMatchObject({
      status: 409,
      body: { code: 'basis_cannot_change_now' },
    });
  });

  it('P15: a correction does what was shown before it was sent, and an office that changed its data says so', async () => {
    const family = await sample('human-resources-correct');
    await family.until('social_security_card', ({ state }) => state === 'correction_needed');
    const fields = { '/mother/mobile': '13900002222' };
    const preview = await family.send('social_security_card', 'correction-previews', { fields });
    expect(preview.status).toBe(200);
    const shown = preview.body['consequences'] as { code: string; what: string }[];
    expect(Object.fromEntries(shown.map(({ code, what }) => [code, what]))).toEqual({
      birth_certificate: 'nothing',
      vaccination: 'nothing',
      household_registration: 'update_task',
      medical_insurance: 'update_task',
      insurance_payment: 'nothing',
      social_security_card: 'resend',
    });
    expect((await family.step('social_security_card')).state).toBe('correction_needed');
    expect(
      await family.send('social_security_card', 'correction-previews', { fields: { '/name/third': 'x' } }),
    ).toMatchObject({ status: 422, body: { code: 'form_invalid' } });
    const sent = await family.send('social_security_card', 'corrections', { fields });
    expect(sent.body['consequences']).toEqual(shown);
    expect(await family.send('social_security_card', 'correction-previews', { fields })).toMatchObject({
      status: 409,
      body: { code: 'no_correction_asked' },
    });
    const openTasks = async () => {
      const { openTasks: tasks } = await ok(client.get(`/clerk/v1/applications/${family.id}`, clerk));
      return (tasks as { kind: string; agency: string }[]).flatMap(({ kind, agency }) =>
        kind === 'data_update' ? [agency] : [],
      );
    };
    expect((await openTasks()).sort()).toEqual(['medical-insurance', 'public-security']);
    await act(family, 'household_registration', 'resolutions', { decision: 'data_updated' });
    expect(await openTasks()).toEqual(['medical-insurance']);
  });

  it('a refused step is applied for again', async () => {
    const family = await sample('insurance-refuses');
    await family.until('medical_insurance', ({ state }) => state === 'rejected');
    expect((await family.send('medical_insurance', 'reapplications', {})).status).toBe(200);
  });

  it('done at the counter meanwhile', async () => {
    const family = await sample('done-at-the-counter');
    await family.until('household_registration', ({ state }) => state === 'delivered');
    await act(family, 'household_registration', 'checks');
    const residentIdNumber = family.values['childId:0'];
    expect((await family.send('household_registration', 'done-elsewhere', { residentIdNumber })).status).toBe(200);
  });

  it('registered elsewhere, told by the family, verified by a clerk', async () => {
    const family = await sample('external-household-reported');
    const code = 'household_registration';
    await family.until(code, ({ state }) => state === 'action_needed');
    const residentIdNumber = family.values['childId:0'];
    expect((await family.send(code, 'external-results', { residentIdNumber })).status).toBe(200);
    expect(await act(family, code, 'verifications', { confirmed: true })).toMatchObject({ state: 'completed' });
  });

  it('a certificate of another place is not known, its place answers, a clerk records it', async () => {
    const family = await sample('certificate-not-verified');
    await family.until('birth_certificate', ({ state }) => state === 'suspended');
    const answer = { outcome: 'not_verified', text: '系统无此编号' };
    expect(await act(family, 'birth_certificate', 'check-answers', answer)).toMatchObject({
      state: 'correction_needed',
    });
  });

  it('a stuck step is found in the list and sent again', async () => {
    const family = await sample('police-garbage');
    const code = 'household_registration';
    const { id } = await family.until(code, ({ state }) => state === 'stuck');
    const { items } = await ok(client.get(`/clerk/v1/steps?state=stuck&code=${code}`, clerk));
    expect((items as { stepId: string }[]).map(({ stepId }) => stepId)).toContain(id);
    await act(family, code, 'retries', { evidenceNotSent: true });
    await family.until(code, ({ state }) => state === 'completed');
  });

  it('an office that works by hand pulls, answers, and says what became of a withdrawal', async () => {
    const family = await sample('remote-town-worklist');
    const { id } = await family.until('vaccination', ({ state }) => state === 'delivered');
    const { items } = await signed('disease-control', '/agency/v1/worklist?agency=disease-control&limit=100');
    const { taskId } = (items as { taskId: string; stepId: string }[]).find(({ stepId }) => stepId === id)!;
    const message = { messageId: randomUUID(), occurredAt: new Date().toISOString(), kind: 'accepted', receipt: 'R1' };
    expect(await signed('disease-control', `/agency/v1/worklist/${taskId}/answers`, message)).toEqual({
      outcome: 'taken',
    });
    expect((await family.send('vaccination', 'withdrawal', {})).status).toBe(200);
    const decision = 'withdrawal_confirmed';
    expect(await act(family, 'vaccination', 'resolutions', { decision })).toMatchObject({ state: 'withdrawn' });
  });

  it('P13: the family and the station tell where the certificate is, and what cannot be is said', async () => {
    const code = 'household_registration';
    const family = await FiledSample.of(client, 'ordinary-couple-3', (one) => {
      one.scenarios = { 'public-security': { kind: 'paper_awaited', resumeAfterMs: 60_000 } };
    }).file();
    const { custody } = await family.until(code, (step) => step.custody.length > 0);
    expect(custody).toMatchObject([{ kind: 'certificate_main', holder: { kind: 'office' }, version: 0 }]);
    const token = await client.token(family.real.form.applicant);
    const papers = `/v1/applications/${family.id}/papers`;
    const events = `${papers}/${custody[0]!.paperId}/events`;
    const tell = async (body: Body): Promise<unknown[]> => {
      const { status, body: said } = await client.send({ path: events, token, body });
      return [status, said['code']];
    };
    expect(await tell({ event: 'posted', waybill: 'EA123456789CN' })).toEqual([409, 'paper_elsewhere']);
    expect(await tell({ event: 'returned' })).toEqual([409, 'paper_not_posted']);
    expect(await tell({ event: 'received' })).toEqual([200, undefined]);
    expect(await family.step(code)).toMatchObject({ owner: 'applicant', custody: [{ holder: { kind: 'family' } }] });
    expect(await tell({ event: 'received' })).toEqual([409, 'paper_arrived']);
    expect(await tell({ event: 'posted' })).toEqual([409, 'waybill_missing']);
    expect(await tell({ event: 'posted', waybill: 'EA123456789CN' })).toEqual([200, undefined]);
    expect(await tell({ event: 'posted', waybill: 'EA123456789CN' })).toEqual([409, 'paper_on_its_way']);
    const record = (body: Body) =>
      client.send({ path: `/clerk${events}`, token: clerk, body: { reason: '窗口登记', ...body } });
    expect(await ok(record({ event: 'received', expectedVersion: 2 }))).toMatchObject({
      event: 'received',
      version: 3,
    });
    expect((await record({ event: 'cut', expectedVersion: 2 })).body).toMatchObject({ code: 'version_conflict' });
    expect((await record({ event: 'page_printed', expectedVersion: 3 })).body['code']).toBe('not_done_to_paper');
    const back = { event: 'posted', waybill: 'EA123456788CN', expectedVersion: 3 };
    expect((await record(back)).body['code']).toBe('paper_not_ready');
    await ok(record({ event: 'lost', expectedVersion: 3 }));
    expect((await record({ event: 'lost', expectedVersion: 4 })).body['code']).toBe('paper_is_lost');
    const [{ events: seen }] = (await ok(client.get(papers, token)))['items'] as [{ events: { event: string }[] }];
    expect(seen.map(({ event }) => event)).toEqual(['received', 'posted', 'received', 'lost']);
    await ok(client.get(`/clerk${papers}`, clerk));
  });

  it('P13: before filing a family reads who pays for a parcel, and what its own book has to do with it', async () => {
    const { form, mother } = aFamily();
    const to = { mode: 'mail', recipient: '王芳', mobile: '13800000000', address: '重庆市云阳县' } as const;
    const [newborn] = form.newborns;
    newborn!.delivery = [
      { document: 'household_page', ...to },
      { document: 'social_security_card', mode: 'self' },
    ];
    const token = await tokenOf(mother);
    const check = await ok(client.send({ path: '/v1/checks', token, body: form }));
    const [{ deliveries }] = check['newborns'] as [{ deliveries: Body[] }];
    expect(deliveries).toMatchObject([
      { document: 'household_page', mode: 'mail', promiseWorkingDays: 3 },
      { document: 'social_security_card', mode: 'self', promiseWorkingDays: 10 },
    ]);
    expect(String(deliveries[0]!['text'])).toMatch(/户口簿.*邮费到付/);
    expect(String(deliveries[1]!['text'])).not.toMatch(/邮费/);
    newborn!.delivery = [{ document: 'household_page', mode: 'mail' }];
    const wrong = await ok(client.send({ path: '/v1/checks', token, body: form }));
    const fields = (wrong['errors'] as { pointer: string; code: string }[]).map(({ pointer, code }) => [pointer, code]);
    expect(fields).toEqual(['recipient', 'mobile', 'address'].map((at) => [`/newborns/0/delivery/0/${at}`, 'missing']));
    expect((await client.send({ path: '/v1/applications', token, body: form })).status).toBe(422);
    const services = (await (await fetch(`${stack.apiUrl}/v1/services`)).json()) as Body;
    expect(services).toMatchObject({ postage: { payer: 'recipient' }, householdPaper: { when: 'at_pickup' } });
  });

  it('P13: an office posts what it has made, and says so by its worklist; what it says wrongly is refused', async () => {
    const family = await sample('vaccination-book-received');
    await family.until('vaccination', ({ state }) => state === 'completed');
    const { id } = await family.until('delivery', ({ state }) => state === 'accepted');
    const { items } = await signed('disease-control', '/agency/v1/worklist?agency=disease-control&limit=100');
    const task = (items as { taskId: string; stepId: string; payload: Body }[]).find(({ stepId }) => stepId === id)!;
    expect(Object.keys(task.payload).sort()).toEqual(['code', 'delivery', 'name', 'paper', 'qualifier']);
    expect(task.payload['delivery']).toMatchObject({ document: 'vaccination_book', mode: 'mail' });
    const path = `/agency/v1/worklist/${task.taskId}/answers`;
    const message = () => ({ messageId: randomUUID(), occurredAt: new Date().toISOString(), kind: 'accepted' });
    const wrong = await refusedBy('disease-control', path, { ...message(), paper: 'posted' });
    expect(wrong).toMatchObject({
      status: 400,
      code: 'bad_message',
      errors: [{ pointer: '/waybill', code: 'missing' }],
    });
    expect(await refusedBy('disease-control', path, { ...message(), paper: 'burnt' })).toMatchObject({ status: 400 });
    const posted = { ...message(), paper: 'posted', waybill: 'EA123456789CN' };
    expect(await signed('disease-control', path, posted)).toEqual({ outcome: 'taken' });
    const done = { ...message(), kind: 'completed', results: { receivedOn: '2026-11-03' } };
    expect(await signed('disease-control', path, done)).toEqual({ outcome: 'taken' });
  });

  it('an agency’s message about a step that nobody knows yet is kept', async () => {
    const message = {
      messageId: `HCM-${randomUUID()}`,
      idempotencyKey: randomUUID(),
      receipt: 'YZ2026000001',
      sequence: 1,
      occurredAt: new Date().toISOString(),
      statusCode: '10',
      items: [],
    };
    expect(await signed('health-commission', '/agency/v1/health-commission/messages', message)).toEqual({
      outcome: 'kept',
    });
  });

  it('P19: a receiver reads what it is told of a newborn, says that it has it, and doubts it', async () => {
    const { form, mother } = aFamily();
    await ok(client.send({ path: '/v1/applications', token: await tokenOf(mother), body: form }), 201);
    const owner = 'health-population';
    const path = '/agency/v1/deliveries';
    const page = async () => (await signed(owner, `${path}?receiver=${owner}`))['items'] as { id: string }[];
    await until(async () => (await page()).length > 0, 30_000, 'a shared birth');
    const [{ id } = { id: '' }] = await page();
    const message = () => ({ messageId: randomUUID() });
    expect(await signed(owner, `${path}/${id}/receipts`, message())).toEqual({ outcome: 'taken' });
    expect(await signed(owner, `${path}/${id}/resends`, message())).toEqual({ outcome: 'taken' });
    const doubt = { ...message(), fields: ['childName'], text: '姓名与户籍不符' };
    expect(await signed(owner, `${path}/${id}/disputes`, doubt)).toEqual({ outcome: 'taken' });
    expect(await refusedBy('hospital', `${path}/${id}/receipts`, message())).toMatchObject({ status: 401 });
    expect(await refusedBy(owner, `${path}/${id}/disputes`, message())).toMatchObject({ status: 400 });
    const { receivers } = await ok(client.get('/clerk/v1/sharing', clerk));
    const known = (receivers as { code: string; counts: unknown[] }[]).find(({ code }) => code === owner);
    expect(known?.counts).not.toEqual([]);
  });

  it('D11: an auditor of the whole county takes the evidence of a case, and it is noted who did', async () => {
    const { form, mother } = aFamily();
    const { id } = await ok(client.send({ path: '/v1/applications', token: await tokenOf(mother), body: form }), 201);
    const path = `/clerk/v1/applications/${String(id)}/evidence`;
    const [auditor, ofOneAgency] = [
      await client.clerkToken('auditor'),
      await client.clerkToken('auditor', { ...WHOLE_COUNTY, agencies: ['public-security'] }),
    ];
    const ask = (token: string) => fetch(stack.apiUrl + path, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask(clerk)).status).toBe(403);
    expect((await ask(ofOneAgency)).status).toBe(404);
    const answer = await ask(auditor);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
    const pack = await answer.text();
    expect(verifyPack(pack).complaints).toEqual([]);
    expect([pack.includes(String(id)), pack.includes(mother.identity!.name)]).toEqual([true, false]);
    const digest = createHash('sha256').update(pack).digest('hex');
    const { exports } = await ok(client.get(`${path}-exports`, auditor));
    expect(exports).toEqual([expect.objectContaining({ takenAs: 'clerk', withBodies: false, digest })]);
  });

  it('a fertility registration whose data differ', async () => {
    const { mother } = aFamily();
    const token = await tokenOf(mother);
    const person = {
      name: mother.identity!.name,
      identity: { type: 'resident_id_card', number: mother.identity!.number },
      nationality: 'CHN',
      mobile: '13812345678',
      household: { region: '510722' },
      residence: { region: '500235001' },
    };
    const form = { declarant: 'mother', mother: person, expectedOn: '2027-03-01', parity: 2, officeBy: 'residence' };
    const path = '/v1/fertility-registrations';
    const { id, version: expectedVersion } = await ok(client.send({ path, token, body: form }), 201);
    const desk = `/clerk/v1/fertility-registrations/${String(id)}`;
    await ok(client.get('/clerk/v1/fertility-registrations?state=comparing', clerk));
    await ok(client.get(desk, clerk));
    const body = { expectedVersion, decision: 'differs', reason: '姓名与户籍信息不一致' };
    await ok(client.send({ path: `${desk}/decisions`, token: clerk, body }));
    await ok(client.send({ path: `${path}/${String(id)}/evidence`, token, body: { materials: [] } }));
  });

  it('an answer that is not as the contract says is heard as such', async () => {
    const liar = createServer((request, reply) => {
      const type = 'application/json; charset=utf-8';
      reply.writeHead(200, { 'content-type': type }).end(JSON.stringify({ status: 'sideways', url: request.url }));
    });
    await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve));
    await fetch(`http://127.0.0.1:${(liar.address() as AddressInfo).port}/health/live`);
    await new Promise((resolve) => liar.close(resolve));
    expect(globalThis.heardAnswers.take()).toEqual([
      'GET /health/live 200: / additionalProperties url',
      'GET /health/live 200: /status enum',
    ]);
  });
});
