import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { aFamily } from '../../support/families';

jest.setTimeout(60_000);

describe('P9: fertility registration over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  let token: string;
  const folder = mkdtempSync(join(tmpdir(), 'birth-fertility-'));
  const { mother } = aFamily();
  const person = {
    name: mother.identity!.name,
    identity: { type: 'resident_id_card', number: mother.identity!.number },
    nationality: 'CHN',
    mobile: '13812345678',
    household: { region: '510722' },
    residence: { region: '500235001' },
  };
  const form = { declarant: 'mother', mother: person, expectedOn: '2027-03-01', parity: 2, officeBy: 'residence' };

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    token = await client.token({ name: mother.identity!.name, identity: mother.identity! });
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const PATH = '/v1/fertility-registrations';

  it('gives a receipt, shows office, owner and next time, and waits for nobody’s marriage', async () => {
    const { status, body } = await client.send({ path: PATH, token, body: form });
    expect([status, body['state'], body['owner']]).toEqual([201, 'comparing', 'office']);
    expect(body['office']).toMatchObject({ code: 'YYF001', name: expect.stringContaining('双江街道') as string });
    const shown = await client.get(`${PATH}/${String(body['id'])}`, token);
    expect(shown.body).toMatchObject({ receiptNumber: body['receiptNumber'], nextAt: expect.any(String) as string });
    const list = await client.get(PATH, token);
    expect((list.body['items'] as { id: string }[]).map(({ id }) => id)).toEqual([body['id']]);
  });

  it.each([
    ['marriage', { ...form, marriage: 'married' }, '400 /marriage unknown_property'],
    ['no parity', { ...form, parity: undefined }, '400 /parity missing'],
    ['a town elsewhere', { ...form, parity: 3, officeBy: 'mother_household' }, '422 /officeBy office_outside_county'],
  ])('%s is refused with its pointer', async (_name, body, expected) => {
    const refused = await client.send({ path: PATH, token, body });
    const [error] = refused.body['errors'] as { pointer: string; code: string }[];
    expect(`${refused.status} ${error?.pointer} ${error?.code}`).toBe(expected);
  });
});
