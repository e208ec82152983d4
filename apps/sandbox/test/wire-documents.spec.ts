import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHILD_SHAPE } from '../src/disease-control/disease-control.fields';
import { ISSUE_SHAPE, VERIFY_SHAPE } from '../src/health-commission/health-commission.fields';
import { REQUEST_SHAPE } from '../src/human-resources/human-resources.fields';
import { Sm2Verifier } from '../src/medical-insurance/sm2';
import { shapeOf, type InterfaceNumber } from '../src/medical-insurance/medical-insurance.fields';
import { CHECK_SHAPE, ROW_SHAPE } from '../src/public-security/public-security.fields';
import { NOTICE_SHAPE } from '../src/tax-administration/tax-administration.fields';
import type { Shape } from '../src/wire/field-check';

const document = (name: string): string =>
  readFileSync(join(__dirname, '../../../docs/agencies/wire', `${name}.md`), 'utf8');

/** Leaf names of a shape, nested ones included. */
const namesOf = (shape: Shape): string[] =>
  Object.entries(shape).flatMap(([name, rule]) => {
    if (typeof rule === 'function') return [name];
    const inner = typeof rule['orNull'] === 'object' ? rule['orNull'] : rule;
    return [name, ...namesOf(inner as Shape)];
  });

const goldenListOf = (name: string): Set<string> => {
  const [, list = ''] = document(name).split('## Minimum field set (golden list)');
  return new Set(list.match(/[A-Za-z_][A-Za-z0-9_]*/g));
};

describe('the wire documents and the sandbox agree', () => {
  it.each([
    ['health-commission', [ISSUE_SHAPE, VERIFY_SHAPE]],
    ['disease-control', [CHILD_SHAPE]],
    ['public-security', [ROW_SHAPE, CHECK_SHAPE]],
    [
      'human-resources',
      [(REQUEST_SHAPE['request'] as Shape)['head'] as Shape, (REQUEST_SHAPE['request'] as Shape)['body'] as Shape],
    ],
    ['tax-administration', [NOTICE_SHAPE]],
  ])('on the minimum field set of %s', (agency, shapes) => {
    const listed = goldenListOf(agency);
    expect(shapes.flatMap(namesOf).filter((name) => !listed.has(name))).toEqual([]);
  });

  it.each(['1101', '1901', '2901', '1902', '1903', '2902', '2903'] satisfies InterfaceNumber[])(
    'on the fields of insurance interface %s',
    (infno) => {
      const text = document('medical-insurance');
      const missing = namesOf(shapeOf(infno)).filter((name) => name !== 'data' && !text.includes(name));
      expect(missing).toEqual([]);
    },
  );
});

describe('the worked examples', () => {
  it('of the gateway holds', () => {
    const signature = createHash('sha256').update('1793595000sandbox-gateway-tokenk3Jx9fQ21793595000').digest('hex');
    expect(document('signing')).toContain(signature.toUpperCase());
  });

  it('of a signed message holds', () => {
    const text = document('signing');
    const base = /```\n("@method": POST[\s\S]*?)\n```/.exec(text)?.[1] ?? '';
    const signature = /```\nContent-Digest[\s\S]*?Signature: birth=:([^:]+):/.exec(text)?.[1] ?? '';
    const key = createPublicKey({
      key: Buffer.from('MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=', 'base64'),
      format: 'der',
      type: 'spki',
    });
    expect(verify(null, Buffer.from(base), key, Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('of the insurance envelope holds', () => {
    const text = document('medical-insurance');
    const input = '{"data":{"certno":"50023520261102001X","psn_cert_type":"01","psn_name":"测试"}}';
    const lines = ['1101', 'P50023500001202611021630000001', '2026-11-02 16:30:00', 'platform-sm2-1'];
    const sealed = /→ `encinput` `([^`]+)`/.exec(text)?.[1] ?? '';
    const point = /04 ([0-9a-f]{64}) ([0-9a-f]{64})/.exec(text) ?? [];
    const spki = `3059301306072a8648ce3d020106082a811ccf5501822d03420004${point[1] ?? ''}${point[2] ?? ''}`;
    const verifier = new Sm2Verifier(createPublicKey({ key: Buffer.from(spki, 'hex'), format: 'der', type: 'spki' }));
    const signatures = [...text.matchAll(/`(ME[A-Za-z0-9+/=]{94})`/g)].map(([, found]) => found ?? '');
    expect(signatures).toHaveLength(2);
    for (const [at, payload] of [input, sealed].entries()) {
      expect(text).toContain(payload);
      const signed = Buffer.from([...lines, payload].join('\n'));
      expect(verifier.verify(signed, Buffer.from(signatures[at] ?? '', 'base64'))).toBe(true);
    }
  });
});
