import { ContractCheck, type HeardAnswer } from '../../support/contract-check';

const ID = '01920000-0000-7000-8000-000000000000';
const PROBLEM = {
  type: 'urn:birth-one-thing:problem:not_found',
  title: 'Not found',
  status: 404,
  code: 'not_found',
  detail: 'Not found',
  instance: `urn:uuid:${ID}`,
};
const GOOD: HeardAnswer = {
  method: 'POST',
  path: `/v1/materials`,
  status: 201,
  type: 'application/json; charset=utf-8',
  body: { id: ID, mediaType: 'image/png', bytes: 3 },
};
const REFUSED: HeardAnswer = {
  method: 'GET',
  path: `/v1/applications/${ID}`,
  status: 404,
  type: 'application/problem+json; charset=utf-8',
  body: PROBLEM,
};

describe('the check of answers against the contract', () => {
  const check = new ContractCheck();

  it.each([
    ['a good answer', GOOD],
    ['a problem of the operation', REFUSED],
    ['a query', { ...REFUSED, path: `/v1/applications/${ID}?a=b` }],
    ['an address of nobody', { ...REFUSED, path: '/v1/nowhere' }],
  ])('lets %s pass', (_name, answer) => {
    expect(check.violations(answer)).toEqual([]);
  });

  it.each<[string, HeardAnswer, RegExp]>([
    ['a field that is missing', { ...GOOD, body: { id: ID, bytes: 3 } }, /required mediaType/],
    ['a field that nobody named', { ...GOOD, body: { ...(GOOD.body as object), name: 'x' } }, /additionalProp.* name/],
    ['a code outside its list', { ...GOOD, body: { id: ID, mediaType: 'image/gif', bytes: 3 } }, /\/mediaType enum/],
    ['another type', { ...GOOD, body: { id: ID, mediaType: 'image/png', bytes: '3' } }, /\/bytes type/],
    ['no identifier', { ...GOOD, body: { id: '7', mediaType: 'image/png', bytes: 3 } }, /\/id format/],
    ['another success', { ...GOOD, status: 200 }, /this status is not in the contract/],
    ['another media type', { ...GOOD, type: 'text/html' }, /text\/html is not in the contract/],
    ['an operation of nobody', { ...GOOD, path: '/v1/nowhere' }, /operation that is not in the contract/],
    ['a method of nobody', { ...GOOD, method: 'DELETE' }, /operation that is not in the contract/],
    ['a code of another operation', { ...REFUSED, body: { ...PROBLEM, code: 'case_open' } }, /code case_open is not/],
    ['half a problem', { ...REFUSED, body: { code: 'not_found' } }, /required title/],
  ])('finds %s', (_name, answer, expected) => {
    expect(check.violations(answer).join('\n')).toMatch(expected);
  });

  it('finds an event that is not of its stream', () => {
    const template = '/v1/applications/{id}/stream';
    expect(check.eventViolations(template, { seq: 1 }).join()).toMatch(/required at/);
    expect(check.eventViolations('/v1/applications', {})).toEqual(['/v1/applications is no stream']);
  });
});
