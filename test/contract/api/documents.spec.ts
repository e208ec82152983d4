import { compactVerify, importJWK, type JWK } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronicCertificate } from '../../../apps/sandbox/src/health-commission/e-licence';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { until } from '../../../apps/standalone/src/embedded/until';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { FiledSample } from '../../support/filed-sample';
import { codeOn } from '../../support/pdf-code';
import { pdfText } from '../../support/pdf-text';
import { aFamily } from '../../support/families';

jest.setTimeout(90_000);

type Body = Record<string, unknown>;

describe('P17, P18: papers of ours over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  let family: FiledSample;
  let token: string;
  const folder = mkdtempSync(join(tmpdir(), 'birth-documents-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    family = await FiledSample.of(client, 'ordinary-couple').file();
    token = await client.token({ name: family.real.form.mother!.name, identity: family.real.form.mother!.identity });
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const fetched = (path: string, token?: string) =>
    fetch(stack.apiUrl + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  const papers = () => `/v1/applications/${family.id}/documents`;
  const isReady = ({ body }: { body: Body }): boolean => (body['items'] as Body[]).every((paper) => paper['isReady']);
  const signedCode = async (): Promise<string> =>
    codeOn(Buffer.from(await (await fetched(`${papers()}/receipt`, token)).arrayBuffer())) ?? '';
  /** Names, numbers, mobiles and addresses of the family. */
  const personal = (): string[] => {
    const { mother, father, newborns } = family.real.form;
    const parents = [mother, father].flatMap((parent) =>
      parent === null ? [] : [parent.name, parent.identity.number, parent.mobile, parent.residence?.address],
    );
    const children = newborns.flatMap(({ name }) => (name === null ? [] : [name.surname + name.given]));
    return [...parents, ...children].filter((fact): fact is string => typeof fact === 'string' && fact !== '');
  };
  /** As the register makes it of what its own ledger says. */
  async function atTheIssuer(): Promise<Buffer> {
    const entries = await family.ledger('health-commission');
    const { certificateNumber, issuedOn } = entries.find(({ results }) => results !== null)!.results!;
    return electronicCertificate(certificateNumber!, issuedOn!);
  }
  const check = async (code: string): Promise<Body> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${stack.apiUrl}/v1/receipt-checks`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ code }),
    });
    return (await response.json()) as Body;
  };

  it('a receipt at once, a list of what is done once every step has ended', async () => {
    const { body: before } = await client.get(papers(), token);
    expect((before['items'] as Body[])[0]).toMatchObject({ id: 'receipt', name: '受理回执', isReady: true });
    const receipt = await fetched(`${papers()}/receipt`, token);
    expect(receipt.status).toBe(200);
    expect(receipt.headers.get('content-type')).toBe('application/pdf');
    const { said } = pdfText(Buffer.from(await receipt.arrayBuffer()));
    expect(said).toContain('本回执不是证照');
    expect(said).toContain('出生医学证明');
    await until(async () => isReady(await client.get(papers(), token)), 30_000, 'every step has ended');
    const list = await fetched(`${papers()}/completion-list`, token);
    expect(list.headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9A-Z]+-completion-list\.pdf"$/);
    const done = pdfText(Buffer.from(await list.arrayBuffer())).said;
    expect(done).toContain('育儿补贴');
    expect(done).toContain('已办结');
    for (const paper of [said, done]) for (const fact of personal()) expect(paper).not.toContain(fact);
  });

  it('no list before that, and says what there is instead', async () => {
    const waiting = await FiledSample.of(client, 'hospital-record-missing').file();
    const { name, identity } = waiting.real.form.mother!;
    const answer = await client.get(
      `/v1/applications/${waiting.id}/documents/completion-list`,
      await client.token({ name, identity }),
    );
    expect([answer.status, answer.body['code']]).toEqual([409, 'document_not_ready']);
    expect(answer.body['detail']).toContain('受理回执');
  });

  it.each(['receipt', 'passport', '..%2Freceipt'])('%s of somebody else is as unknown as none', async (paper) => {
    const stranger = aFamily().mother.identity!;
    const answer = await client.get(
      `${papers()}/${paper}`,
      await client.token({ name: stranger.name, identity: stranger }),
    );
    expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
  });

  it('the issuer’s e-licence, byte for byte; not for the other parent, not for others, not before there is one', async () => {
    const { id } = await family.until('birth_certificate', ({ state }) => state === 'completed');
    const { body } = await client.get(papers(), token);
    expect((body['items'] as Body[]).find(({ kind }) => kind === 'licence')).toEqual({
      id,
      kind: 'licence',
      name: '出生医学证明（电子证照）',
      issuer: '云阳县卫生健康委员会',
      isReady: true,
      link: null,
    });
    const passedOn = await fetched(`${papers()}/${id}`, token);
    expect([passedOn.status, passedOn.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = Buffer.from(await passedOn.arrayBuffer());
    expect(bytes.equals(await atTheIssuer())).toBe(true);
    const vaccination = await family.step('vaccination');
    expect((await fetched(`${papers()}/${vaccination.id}`, token)).status).toBe(404);
    const stranger = aFamily().mother.identity!;
    expect(
      (await fetched(`${papers()}/${id}`, await client.token({ name: stranger.name, identity: stranger }))).status,
    ).toBe(404);
  });

  it('P17: what issuers show on their own pages alone is linked, to the parent who filed', async () => {
    const { id } = await family.until('social_security_card', ({ state }) => state === 'completed');
    const { body } = await client.get(papers(), token);
    const linked = (body['items'] as Body[]).filter(({ kind }) => kind === 'link');
    expect(linked.map(({ name }) => name)).toEqual(['居民户口簿电子证照（本人页）', '医保电子凭证', '电子社会保障卡']);
    expect(linked[2]).toEqual({
      id,
      kind: 'link',
      name: '电子社会保障卡',
      issuer: '人力资源和社会保障部',
      isReady: true,
      link: { url: 'https://www.12333.gov.cn', how: expect.stringContaining('亲情服务') as string },
    });
    expect((await fetched(`${papers()}/${id}`, token)).status).toBe(404);
  });

  it('an issuer that is down costs the family a wait, and says so', async () => {
    const { id } = await family.until('birth_certificate', ({ state }) => state === 'completed');
    await family.tell('health-commission', { kind: 'down', times: 1 });
    const answer = await fetched(`${papers()}/${id}`, token);
    const { code } = (await answer.json()) as Body;
    expect([answer.status, answer.headers.get('retry-after'), code]).toEqual([503, '60', 'issuer_unavailable']);
    const again = await fetched(`${papers()}/${id}`, token);
    expect(again.status).toBe(200);
    await again.arrayBuffer();
  });

  it('its code proves case number, date and results, to us and to whoever has the public key', async () => {
    const { body } = await client.get('/v1/receipt-keys', token);
    const [key] = body['keys'] as JWK[];
    const code = await signedCode();
    expect(personal().length).toBeGreaterThan(6);
    const { payload } = await compactVerify(code, await importJWK(key!, 'EdDSA'));
    const proven = Buffer.from(payload).toString();
    for (const fact of personal()) expect(proven).not.toContain(fact);
    const checked = await check(code);
    expect(checked).toMatchObject({
      isGenuine: true,
      receipt: { results: expect.arrayContaining([expect.objectContaining({ service: 'vaccination' })]) },
    });
    const forged = code.replace(
      /^(.{60})(.)/,
      (_, head: string, letter: string) => head + (letter === 'A' ? 'B' : 'A'),
    );
    expect(await check(forged)).toEqual({ isGenuine: false, receipt: null });
  });

  it('what else is owed, with office, deadline and source; what is over for the child is left out', async () => {
    const all = await fetched('/v1/entitlements');
    const { items } = (await all.json()) as { items: Body[] };
    expect(items.map(({ code }) => code)).toContain('child_allowance');
    const old = (await (await fetched('/v1/entitlements?bornOn=2025-01-31')).json()) as { items: Body[] };
    expect(old.items.map(({ code }) => code)).not.toContain('newborn_screening');
    expect((await fetched('/v1/entitlements?bornOn=yesterday')).status).toBe(400);
  });
});
