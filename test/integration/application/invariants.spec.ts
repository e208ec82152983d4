import { ClerkSteps, ReceiveAgencyMessage, StepTransitions } from '@birth/application';
import type { StepRecord } from '@birth/domain';
import { submissionKey } from '@birth/platform';
import type { PoolClient } from 'pg';
import {
  breachesIn,
  brokenInvariants,
  readCaseRows,
  type TakenDecision,
  type Told,
} from '../../../apps/standalone/src/invariants';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const CERTIFICATE = { certificateNumber: 'L500000021', issuedOn: '2026-11-02', issuer: '云阳县人民医院' };

const MESSAGE = {
  method: 'POST',
  url: 'http://localhost/agency/v1/health-commission/messages',
  headers: {},
  body: Buffer.from('the certificate is done'),
};

describe('the invariants over rows that were broken in real PostgreSQL', () => {
  let platform: TestPlatform;
  let database: PoolClient;
  let told: Told;
  beforeAll(async () => {
    platform = await startPlatform();
    const desk = caseDesk(platform);
    const { id } = await desk.file();
    platform.agencies.onSubmit = () =>
      Promise.resolve({ kind: 'completed', receipt: 'R-1', results: { birth_certificate: CERTIFICATE } });
    await desk.send('health-commission');
    const { id: stepId } = await desk.step(id, 'birth_certificate');
    platform.agencies.message = {
      messageId: 'M-1',
      reference: { key: submissionKey(stepId, 1) },
      answer: { kind: 'completed', results: { birth_certificate: CERTIFICATE } },
    };
    await platform.app.get(ReceiveAgencyMessage).execute('health-commission', MESSAGE);
    told = {
      acknowledged: [{ signer: 'health-commission', messageId: 'M-1' }],
      decisions: [await verified(await desk.step(id, 'household_registration'))],
    };
    database = await platform.database.pool.connect();
  });
  afterAll(async () => {
    database.release();
    await platform.stop();
  });

  /** The family went to the counter, and a clerk has compared what it reported. */
  async function verified({ id: stepId }: StepRecord): Promise<TakenDecision> {
    const reported = await platform.app.get(StepTransitions).apply({
      ref: { stepId },
      by: { actor: 'applicant', actorId: null },
      event: () => ({ type: 'done_elsewhere', stepId }),
    });
    const expectedVersion = reported.outcome === 'saved' ? reported.write.steps[0]!.version : 0;
    const scope = { regions: ['*'], agencies: ['*'], offices: ['*'] };
    const request = { expectedVersion, reason: 'seen the household book', confirmed: true };
    const { body } = await platform.app.get(ClerkSteps).verify({ subject: 'clerk', scope }, stepId, request);
    return { stepId, expectedVersion, version: (body as TakenDecision).version };
  }

  /** What is found once `statement` was carried out, which is undone afterwards. */
  async function foundAfter(statement: string): Promise<string> {
    await database.query('begin');
    try {
      // the history is append-only, for everybody else
      await database.query('set local session_replication_role = replica');
      const { rowCount } = await database.query(statement);
      expect(rowCount).toBeGreaterThan(0);
      return breachesIn(await readCaseRows(database), told).join('\n');
    } finally {
      await database.query('rollback');
    }
  }

  it('hold in what the platform wrote', async () => {
    expect(await brokenInvariants(database, told)).toEqual([]);
  });

  it.each([
    [
      'a state that no event brought',
      `update step set state = 'suspended' where code = 'household_registration'`,
      /I3/,
    ],
    ['an end that was left', `update step_event set to_state = 'rejected' where to_state = 'completed'`, /I3/],
    ['a dependency that is not done', `update step set state = 'accepted' where code = 'birth_certificate'`, /I4/],
    [
      'a dependency that was refused',
      `update step set state = 'rejected', reason = 'agency_refused' where code = 'birth_certificate'`,
      /I4 household_registration/,
    ],
    ['a step that was sent too early', `update step set sent_generation = 1 where code = 'social_security_card'`, /I4/],
    ['a step that nobody released', `update step set state = 'waiting' where code = 'household_registration'`, /I5/],
    ['a status of its own', `update application set status = 'completed'`, /I8/],
    ['a message that is gone', 'delete from inbox', /I9/],
    ['a message that nobody decided about', `update inbox set body = ''`, /I9/],
    ['a message without disposition', `update inbox set disposition = 'received'`, /I9/],
    ['a decision that was undone', `update step set state = 'accepted' where code = 'household_registration'`, /I14/],
    ['a decision that is gone', `delete from step_event where actor = 'clerk'`, /I14/],
    ['a decision of a later version', 'update step set version = 0', /I14/],
    ['a changed event', `update step_event set reason = 'conflict' where seq = 2`, /I10/],
    ['an event that is gone', `delete from step_event where seq = 2`, /I10/],
    ['another head of the chain', `update application set chain_head = sha256('')`, /I10/],
  ])('report %s', async (_name, statement, line) => {
    expect(await foundAfter(statement)).toMatch(line);
    expect(await brokenInvariants(database, told)).toEqual([]);
  });

  it('report two clerks who decided over the same version', async () => {
    const decisions = [...told.decisions, ...told.decisions];
    expect(breachesIn(await readCaseRows(database), { ...told, decisions }).join()).toMatch(/I14.*same version/);
  });
});
