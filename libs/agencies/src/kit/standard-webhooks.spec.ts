import { randomBytes } from 'node:crypto';
import { Webhook as Library } from 'standardwebhooks';
import { verifyWebhook, webhookHeaders, webhookKey } from './standard-webhooks';

/** The example of the reference libraries' own tests. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const BODY = '{"test": 2432232314}';
const AT = 1_614_265_330_000;
const PUBLISHED = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

const secret = (bytes = 32): string => `whsec_${randomBytes(bytes).toString('base64')}`;
const receiver = (secrets: readonly string[], now = AT) => {
  const seen = new Set<string>();
  return { secrets, now, isNew: (id: string) => !seen.has(id) && seen.add(id).has(id) };
};

describe('Standard Webhooks 1.0', () => {
  it('signs the published example to the letter', () => {
    expect(webhookHeaders({ id: ID, body: BODY }, [SECRET], AT)).toEqual({
      'webhook-id': ID,
      'webhook-timestamp': '1614265330',
      'webhook-signature': PUBLISHED,
    });
    expect(new Library(SECRET).sign(ID, new Date(AT), BODY)).toBe(PUBLISHED);
  });

  it('the reference library takes what we send now, and we take what it sends', () => {
    const own = secret();
    const [now, body] = [Date.now(), '{"state":"completed","text":"已办结"}'];
    const headers = webhookHeaders({ id: ID, body }, [own], now);
    expect(new Library(own).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Library(own).verify(`${body} `, headers)).toThrow();
    const theirs = { ...headers, 'webhook-signature': new Library(own).sign(ID, new Date(now), body) };
    expect(verifyWebhook(theirs, body, receiver([own], now))).toBe(ID);
  });

  it('D12: during a roll-over who knows either secret takes it; afterwards the old one proves nothing', () => {
    const [old, next] = [secret(), secret()];
    const now = Date.now();
    const both = webhookHeaders({ id: ID, body: BODY }, [next, old], now);
    expect(both['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
    for (const known of [old, next]) {
      expect(new Library(known).verify(BODY, both)).toEqual({ test: 2432232314 });
      expect(verifyWebhook(both, BODY, receiver([known], now))).toBe(ID);
    }
    const after = webhookHeaders({ id: ID, body: BODY }, [next], now);
    expect(() => verifyWebhook(after, BODY, receiver([old], now))).toThrow('signature_wrong');
    expect(() => new Library(old).verify(BODY, after)).toThrow();
  });

  it.each([
    [-300, null],
    [300, null],
    [301, 'too_old'],
    [-301, 'too_new'],
  ])('%i s after its time: %s', (seconds, code) => {
    const headers = webhookHeaders({ id: ID, body: BODY }, [SECRET], AT);
    const verify = () => verifyWebhook(headers, BODY, receiver([SECRET], AT + seconds * 1000));
    if (code === null) expect(verify()).toBe(ID);
    else expect(verify).toThrow(code);
  });

  it('D3: each id is taken once', () => {
    const headers = webhookHeaders({ id: ID, body: BODY }, [SECRET], AT);
    const once = receiver([SECRET]);
    expect(verifyWebhook(headers, BODY, once)).toBe(ID);
    expect(() => verifyWebhook(headers, BODY, once)).toThrow('seen_before');
  });

  it.each<[string, Record<string, string | undefined>, string, string]>([
    ['another body', {}, `${BODY}\n`, 'signature_wrong'],
    ['another id', { 'webhook-id': 'msg_2' }, BODY, 'signature_wrong'],
    ['another time', { 'webhook-timestamp': '1614265331' }, BODY, 'signature_wrong'],
    ['an unknown version', { 'webhook-signature': PUBLISHED.replace('v1', 'v1a') }, BODY, 'signature_wrong'],
    ['half a signature', { 'webhook-signature': PUBLISHED.slice(0, 20) }, BODY, 'signature_wrong'],
    ['no id', { 'webhook-id': undefined }, BODY, 'headers_missing'],
    ['an id with a full stop', { 'webhook-id': 'a.b' }, BODY, 'headers_missing'],
    ['no time', { 'webhook-timestamp': 'NaN' }, BODY, 'headers_missing'],
    ['no signature', { 'webhook-signature': undefined }, BODY, 'headers_missing'],
  ])('refuses %s, and notes no id', (_name, changes, body, code) => {
    const headers = { ...webhookHeaders({ id: ID, body: BODY }, [SECRET], AT), ...changes };
    const once = receiver([SECRET]);
    expect(() => verifyWebhook(headers, body, once)).toThrow(code);
    expect(once.isNew(ID)).toBe(true);
  });

  it.each([
    ['too short', secret(23)],
    ['too long', secret(65)],
    ['no base64', 'whsec_!!'],
  ])('a secret that is %s is none', (_name, bad) => expect(() => webhookKey(bad)).toThrow());

  it('an id with a full stop is not signed', () => {
    expect(() => webhookHeaders({ id: 'a.b', body: BODY }, [SECRET], AT)).toThrow();
  });
});
