import { ALONE_DECLARATION } from '@birth/domain';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Person, PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { aCouple, aStranger, type Couple, filedBy } from '../../support/families';

jest.setTimeout(60_000);

type Body = Record<string, unknown>;

describe('parents of one case, over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  let database: Client;
  const folder = mkdtempSync(join(tmpdir(), 'birth-parents-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    database = new Client({ connectionString: stack.postgres.url });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const tokenOf = ({ identity }: { identity?: Person['identity'] & { name: string } }): Promise<string> =>
    client.token({ name: identity!.name, identity: identity! });
  async function filed({ form, mother }: Couple): Promise<{ id: string; token: string }> {
    const token = await tokenOf(mother);
    const { status, body } = await client.send({ path: '/v1/applications', token, body: form });
    expect(status).toBe(201);
    return { id: String(body['id']), token };
  }
  const problem = async (answer: Promise<{ status: number; body: Body }>) => {
    const { status, body } = await answer;
    const errors = (body['errors'] ?? []) as { pointer: string; code: string }[];
    return [status, body['code'], ...errors.map(({ pointer, code }) => `${pointer} ${code}`)];
  };
  /** As if it had been asked so many days ago. */
  const age = (id: string, days: number) =>
    database.query('update consent set asked_at = asked_at - make_interval(days => $2) where application_id = $1', [
      id,
      days,
    ]);

  describe('P7: the mother goes on alone', () => {
    const declaration = { ...ALONE_DECLARATION, acceptedAt: '2026-11-02T08:30:00+08:00' };
    const send = (id: string, token: string, body: unknown) =>
      client.send({ path: `/v1/applications/${id}/mother-alone`, token, body });

    it('is told what she declares, from when she may, what to give anew, and goes on', async () => {
      const couple = aCouple();
      const { id, token } = await filed(couple);
      const services = (await client.get('/v1/services', token)).body['declarations'];
      expect(services).toMatchObject([{ ...ALONE_DECLARATION, text: expect.stringContaining('亲子鉴定') as string }]);
      const early = await send(id, token, { declaration, newborns: [] });
      expect([early.status, early.body['code']]).toEqual([409, 'father_not_silent_yet']);
      expect(Date.parse(String(early.body['from']))).toBeGreaterThan(Date.now() + 6 * 86_400_000);
      await age(id, 7);
      expect(await problem(send(id, token, { declaration, newborns: [] }))).toEqual([
        422,
        'form_invalid',
        '/newborns/0/surnameSource came_from_father',
        '/newborns/0/household/follows came_from_father',
      ]);
      const { name, identity, household } = couple.form.mother!;
      const head = { name, identityNumber: identity.number, relationToFollowed: 'self' };
      const own = { follows: 'mother', head, kind: 'family', region: household.region, address: household.address };
      const surname = name.slice(0, name.startsWith('欧阳') ? 2 : 1);
      const newborns = [{ name: { surname, given: '安' }, surnameSource: 'mother', household: own }];
      const gone = await send(id, token, { declaration, newborns });
      expect([gone.status, gone.body['warnings']]).toEqual([200, []]);
      expect(await problem(send(id, token, { declaration, newborns }))).toEqual([409, 'nothing_to_confirm']);
      const his = await tokenOf(couple.father);
      expect((await client.get('/v1/consents', his)).body['items']).toEqual([]);
      expect(await problem(send(id, his, { declaration, newborns }))).toEqual([404, 'not_found']);
    });

    it.each<[string, unknown, string[]]>([
      ['no declaration', { newborns: [] }, ['/declaration missing']],
      [
        'another declaration',
        { declaration: { ...declaration, code: 'truthful' }, newborns: [] },
        ['/declaration/code unknown_code'],
      ],
      [
        'an older version',
        { declaration: { ...declaration, version: '0' }, newborns: [] },
        ['/declaration/version unknown_code'],
      ],
      ['no newborns', { declaration }, ['/newborns missing']],
      [
        'a surname from nowhere',
        { declaration, newborns: [{ surnameSource: 'neighbour' }] },
        ['/newborns/0/surnameSource unknown_code'],
      ],
      ['an unknown property', { declaration, newborns: [{ father: null }] }, ['/newborns/0/father unknown_property']],
    ])('bad input: %s', async (_name, body, errors) => {
      const { id, token } = await filed(aCouple());
      expect(await problem(send(id, token, body))).toEqual([400, 'invalid_request', ...errors]);
    });
  });

  describe('P7: the hospital’s desk links a record in place of the mother', () => {
    const link = async (id: string, body: unknown, index = '0') =>
      client.send({
        path: `/clerk/v1/applications/${id}/newborns/${index}/birth-record`,
        token: await client.clerkToken('clerk'),
        body,
      });
    const good = { recordNumber: 'ZY-1', mother: 'deceased', reason: '已核验死亡医学证明' };
    async function fatherFiled(): Promise<{ id: string; couple: Couple }> {
      const couple = aCouple();
      const form = filedBy(couple.form, 'father', couple.father);
      const sent = { path: '/v1/applications', token: await tokenOf(couple.father), body: form };
      const { status, body } = await client.send(sent);
      expect(status).toBe(201);
      return { id: String(body['id']), couple };
    }

    it('once it is the child’s', async () => {
      const { id, couple } = await fatherFiled();
      expect(await problem(link(id, good))).toEqual([409, 'record_not_usable']);
      const { office, facts } = couple.record;
      const { status } = await client.control('POST', '/_sandbox/hospital/birth-records', { office, ...facts });
      expect(status).toBe(202);
      const wanted = { ...good, recordNumber: facts['recordNumber'] };
      expect((await link(id, wanted)).body).toEqual({ applicationId: id, newbornIndex: 0, mother: 'deceased' });
      expect(await problem(link(id, wanted))).toEqual([409, 'nothing_to_link']);
      expect(await problem(link(id, wanted, '7'))).toEqual([404, 'not_found']);
    });

    it.each<[string, Body, string]>([
      ['no number', { ...good, recordNumber: undefined }, '/recordNumber missing'],
      ['no reason', { ...good, reason: '' }, '/reason bad_value'],
      ['a mother who is only away', { ...good, mother: 'away' }, '/mother unknown_code'],
      ['her number', { ...good, motherIdNumber: '1' }, '/motherIdNumber unknown_property'],
    ])('bad input: %s', async (_name, body, error) => {
      const { id } = await fatherFiled();
      expect(await problem(link(id, body))).toEqual([400, 'invalid_request', error]);
    });

    it('a viewer looks and links nothing', async () => {
      const { id } = await fatherFiled();
      const path = `/clerk/v1/applications/${id}/newborns/0/birth-record`;
      const sent = client.send({ path, token: await client.clerkToken('viewer'), body: good });
      expect(await problem(sent)).toEqual([403, 'role_missing']);
    });
  });

  describe('P7: a protected case', () => {
    const protect = async (id: string, body: unknown, role = 'clerk') =>
      client.send({ path: `/clerk/v1/applications/${id}/protection`, token: await client.clerkToken(role), body });
    const good = { isProtected: true, reason: '母亲持人身安全保护令' };

    it('is kept from the other parent, whose filing gets everybody’s answer', async () => {
      const couple = aCouple();
      const { id } = await filed(couple);
      const his = await tokenOf(couple.father);
      const again = { path: '/v1/applications', token: his, body: filedBy(couple.form, 'father', couple.father) };
      expect(await problem(client.send(again))).toEqual([409, 'case_open_by_other_parent']);
      expect((await protect(id, good)).body).toEqual({ applicationId: id, isProtected: true });
      expect(await problem(client.send(again))).toEqual([409, 'cannot_file_now']);
      expect((await client.get('/v1/consents', his)).body['items']).toEqual([]);
      expect((await protect(id, { ...good, isProtected: false }, 'supervisor')).status).toBe(200);
      expect(await problem(client.send(again))).toEqual([409, 'case_open_by_other_parent']);
    });

    it.each<[string, Body, string]>([
      ['no word', { reason: good.reason }, '/isProtected missing'],
      ['no reason', { isProtected: true }, '/reason missing'],
      ['a text', { ...good, isProtected: 'yes' }, '/isProtected bad_value'],
      ['against whom', { ...good, parent: 'father' }, '/parent unknown_property'],
    ])('bad input: %s', async (_name, body, error) => {
      const { id } = await filed(aCouple());
      expect(await problem(protect(id, body))).toEqual([400, 'invalid_request', error]);
    });

    it('a viewer protects nothing', async () => {
      const { id } = await filed(aCouple());
      expect(await problem(protect(id, good, 'viewer'))).toEqual([403, 'role_missing']);
    });
  });

  describe('P16: a death by mistake, and a guardian', () => {
    const clerks = async (id: string, operation: string, body: unknown) =>
      client.send({ path: `/clerk/v1/applications/${id}/${operation}`, token: await client.clerkToken('clerk'), body });
    const reason = '病历与证件已核验';

    it('a clerk undoes a death once', async () => {
      const { id } = await filed(aCouple());
      const undo = 'newborns/0/death-retractions';
      expect(await problem(clerks(id, undo, { reason }))).toEqual([409, 'no_death_reported']);
      expect((await clerks(id, 'newborns/0/death', { reason })).status).toBe(200);
      const undone = await clerks(id, undo, { reason });
      expect(undone.status).toBe(200);
      const steps = undone.body['steps'] as { code: string; reason: string }[];
      expect(steps.map(({ code }) => code)).toEqual(expect.arrayContaining(['vaccination', 'social_security_card']));
      expect(steps.map(({ reason: why }) => why)).not.toContain('newborn_died');
      expect(await problem(clerks(id, undo, { reason: '' }))).toEqual([400, 'invalid_request', '/reason bad_value']);
      expect(await problem(clerks(id, 'newborns/9/death-retractions', { reason }))).toEqual([404, 'not_found']);
    });

    it('a parent’s death is told by the other parent or a clerk, and undone once', async () => {
      const { id, token } = await filed(aCouple());
      const [path, undo] = ['parents/father/death', 'parents/father/death-retractions'];
      const told = { path: `/v1/applications/${id}/${path}`, token };
      expect(await problem(clerks(id, undo, { reason }))).toEqual([409, 'no_death_reported']);
      expect((await client.send(told)).status).toBe(200);
      expect((await clerks(id, path, { reason })).body).toEqual({ applicationId: id, parent: 'father' });
      expect((await clerks(id, undo, { reason })).body).toEqual({ applicationId: id, parent: 'father', isAsked: true });
      expect(await problem(clerks(id, undo, { reason }))).toEqual([409, 'no_death_reported']);
      const own = client.send({ ...told, path: told.path.replace('father', 'mother') });
      expect(await problem(own)).toEqual([409, 'own_death']);
      expect(await problem(client.send({ ...told, path: told.path.replace('father', 'uncle') }))).toEqual([
        404,
        'not_found',
      ]);
    });

    it('a guardian takes over with the token of the desk and the paper that was shown', async () => {
      const { id, token: hers } = await filed(aCouple());
      const guardian = aStranger();
      const { type, number } = guardian.identity!;
      const good = { identity: { type, number }, unable: ['mother', 'father'], reason };
      const { status, body } = await clerks(id, 'guardians', good);
      expect(status).toBe(200);
      const path = `/v1/takeovers/${String(body['token'])}`;
      const own = await tokenOf(guardian);
      const mobile = '13900001111';
      expect(await problem(client.send({ path, token: hers, body: { mobile } }))).toEqual([404, 'not_found']);
      expect(await problem(client.send({ path, token: own, body: { mobile: '1' } }))).toEqual([
        400,
        'invalid_request',
        '/mobile bad_value',
      ]);
      expect((await client.send({ path, token: own, body: { mobile } })).body).toMatchObject({ applicationId: id });
      expect(await problem(client.send({ path, token: own, body: { mobile } }))).toEqual([410, 'consent_expired']);
      expect((await client.get(`/v1/applications/${id}`, own)).status).toBe(200);
      expect((await client.get(`/v1/applications/${id}`, hers)).status).toBe(404);
      expect(await problem(clerks(id, 'guardians', { ...good, unable: ['uncle'] }))).toEqual([
        400,
        'invalid_request',
        '/unable unknown_code',
      ]);
      expect(await problem(clerks(id, 'guardians', { ...good, identity: { type: 'none', number: '' } }))).toEqual([
        422,
        'form_invalid',
        '/identity/number missing',
      ]);
    });
  });
});
