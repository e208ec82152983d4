import {
  CASE_STORE,
  type CaseStore,
  ClerkSteps,
  type Hint,
  ReceiveAgencyMessage,
  StepTransitions,
  TakeHint,
} from '@birth/application';
import { type CaseEvent, owedWork, Refused, type StepRecord } from '@birth/domain';
import { Problem } from '@birth/platform';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import {
  type AcknowledgedMessage,
  brokenInvariants,
  type TakenDecision,
} from '../../../apps/standalone/src/invariants';
import { caseDesk } from '../../support/cases';
import { answerOf, type BookedCase, type Fate, HonestAgencies } from '../../support/honest-agencies';
import { startPlatform, type TestPlatform } from '../../support/platform';

const LIMIT_MS = 20_000;
jest.setTimeout(120_000);

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 1_000_000);

type Command =
  | { do: 'hint'; at: number; fate: Fate; isDoubled: boolean }
  | { do: 'late_reply' }
  | { do: 'agency_goes_on'; at: number; says: BookedCase['says']; tells: 0 | 1 | 2 }
  | { do: 'people'; at: number; event: 'corrected' | 'reapplied' | 'withdrawal_requested' | 'done_elsewhere' }
  | { do: 'clerk'; at: number; act: 'retry' | 'verify'; isStale: boolean };

const at = fc.nat(9);
const says = fc.constantFrom('accepted', 'completed', 'completed', 'correction_needed', 'rejected' as const);
const reply = fc.constantFrom('comes', 'comes', 'is_lost', 'is_late', 'was_not_sent' as const);
const aHint = fc.record({
  do: fc.constant('hint' as const),
  at,
  fate: fc.record({ says, reply }),
  isDoubled: fc.boolean(),
});
const aCommand: fc.Arbitrary<Command> = fc.oneof(
  aHint,
  aHint,
  aHint,
  fc.constant({ do: 'late_reply' as const }),
  fc.record({ do: fc.constant('agency_goes_on' as const), at, says, tells: fc.constantFrom(0, 1, 2) }),
  fc.record({
    do: fc.constant('people' as const),
    at,
    event: fc.constantFrom('corrected', 'reapplied', 'withdrawal_requested', 'done_elsewhere'),
  }),
  fc.record({
    do: fc.constant('clerk' as const),
    at,
    act: fc.constantFrom('retry', 'verify'),
    isStale: fc.boolean(),
  }),
);

const aHistory = fc.array(aCommand, { minLength: 5, maxLength: 30 });

describe(`commands in any order on real PostgreSQL (PROPERTY_SEED=${seed})`, () => {
  let platform: TestPlatform;
  const told = { acknowledged: [] as AcknowledgedMessage[], decisions: [] as TakenDecision[] };
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  it('no work is done twice, and every invariant holds', async () => {
    let runs = 0;
    const property = fc.asyncProperty(fc.boolean(), aHistory, async (isAdvanced, commands) => {
      runs += 1;
      const life = await CaseLife.begin(platform, told);
      if (isAdvanced) await life.advance();
      for (const command of commands) await life.take(command);
      expect(await life.end()).toEqual([]);
    });
    await fc.assert(property, { seed, numRuns: 120, interruptAfterTimeLimit: LIMIT_MS });
    process.stdout.write(`PROPERTY_SEED=${seed}: ${runs} histories, ${told.decisions.length} decisions\n`);
    expect(runs).toBeGreaterThan(5);
  });
});

const LEASES_END = `update work set lease_until = now() - interval '1 s'
  where application_id = $1 and lease_token is not null`;
const SCOPE = { regions: ['*'], agencies: ['*'], offices: ['*'] };

/** One case while commands happen to it. */
class CaseLife {
  private readonly agencies = new HonestAgencies();
  private readonly running: Promise<unknown>[] = [];
  private readonly store: CaseStore;

  private constructor(
    private readonly platform: TestPlatform,
    private readonly told: { acknowledged: AcknowledgedMessage[]; decisions: TakenDecision[] },
    private readonly id: string,
  ) {
    this.store = platform.app.get<CaseStore>(CASE_STORE);
    platform.agencies.onSubmit = (request, agency) => this.agencies.submit(request, agency);
    platform.agencies.onCheck = (reference, agency) => this.agencies.check(reference, agency);
  }

  static async begin(platform: TestPlatform, told: CaseLife['told']): Promise<CaseLife> {
    const { id } = await caseDesk(platform).file();
    return new CaseLife(platform, told, id);
  }

  /** To where the agencies are asked that honour no key. */
  async advance(): Promise<void> {
    const { steps } = (await this.store.read(this.id))!.state;
    const places = ['birth_certificate', 'household_registration'].map((code) =>
      steps.findIndex((step) => step.code === code),
    );
    const [certificate = 0, household = 0] = places;
    const comes = { says: 'completed', reply: 'comes' } as const;
    await this.deliver({ do: 'hint', at: await this.placeOfCall(steps[certificate]!), fate: comes, isDoubled: false });
    await this.people({ do: 'people', at: household, event: 'done_elsewhere' });
    await this.clerk({ do: 'clerk', at: household, act: 'verify', isStale: false });
  }

  async take(command: Command): Promise<void> {
    switch (command.do) {
      case 'hint':
        return this.deliver(command);
      case 'late_reply':
        return this.agencies.letThrough(1);
      case 'agency_goes_on':
        return this.goOn(command);
      case 'people':
        return this.people(command);
      case 'clerk':
        return this.clerk(command);
    }
  }

  /** What is wrong once everything that was under way has come to an end. */
  async end(): Promise<string[]> {
    this.agencies.letThrough();
    await Promise.all(this.running);
    const client = await this.platform.database.pool.connect();
    try {
      const broken = await brokenInvariants(client, this.told);
      const { state } = (await this.store.read(this.id))!;
      const owed = state.steps.flatMap((step) => owedWork(step).map((kind) => `${step.id}/${kind}`)).sort();
      const has = state.work.map(({ stepId, kind }) => `${stepId}/${kind}`).sort();
      const effects = state.steps.flatMap((step) => this.wrongEffects(step));
      return [...broken, ...effects, ...(owed.join() === has.join() ? [] : [`I6: ${has.join()} for ${owed.join()}`])];
    } finally {
      client.release();
    }
  }

  private wrongEffects({ id, code, state, source }: StepRecord): string[] {
    const effects = this.agencies.effectsOf(id);
    const isTheirs = state === 'completed' && source === 'agency';
    return effects > 1 || (isTheirs && effects === 0) ? [`I2 ${code}: ${effects} effects`] : [];
  }

  /** Any row's hint, due or not: hints may come early, late and twice. A call that is held back outlives its lease. */
  private async deliver({ at, fate, isDoubled }: Extract<Command, { do: 'hint' }>): Promise<void> {
    const hints = await this.hints();
    const hint = hints[at % hints.length];
    if (hint === undefined) return;
    this.agencies.fate = fate;
    const hung = this.agencies.whenHung();
    const taken = Promise.all(
      (isDoubled ? [hint, hint] : [hint]).map((one) => this.platform.app.get(TakeHint).execute(one)),
    );
    this.running.push(taken);
    await Promise.race([taken, hung]);
    if (fate.reply === 'is_late') await this.query(LEASES_END, [this.id]);
  }

  private hints(): Promise<Hint[]> {
    return this.query<Hint>(
      `select queue, step_id as "stepId", kind, offer::text, priority from work
        where application_id = $1 and kind <> 'DEADLINE' order by step_id, kind`,
      [this.id],
    );
  }

  private async placeOfCall({ id }: StepRecord): Promise<number> {
    return (await this.hints()).findIndex(({ stepId }) => stepId === id);
  }

  private async goOn({ at, says, tells }: Extract<Command, { do: 'agency_goes_on' }>): Promise<void> {
    const open = this.agencies.booked.filter((one) => one.says === 'accepted');
    const booked = open[at % open.length];
    if (booked === undefined) return;
    Object.assign(booked, { says, sequence: booked.sequence + 1 });
    const { steps } = (await this.store.read(this.id))!.state;
    const step = steps.find(({ id }) => id === booked.stepId)!;
    const messageId = `M-${randomUUID()}`;
    for (let sending = 0; sending < tells; sending += 1) {
      const { key } = booked;
      this.platform.agencies.message = { messageId, reference: { key }, answer: answerOf(booked, { ...step, key }) };
      const body = Buffer.from(messageId);
      const raw = { method: 'POST', url: `http://localhost/agency/v1/${booked.agency}/messages`, headers: {}, body };
      await this.platform.app.get(ReceiveAgencyMessage).execute(booked.agency, raw);
      this.told.acknowledged.push({ signer: booked.agency, messageId });
    }
  }

  private async people({ at, event }: Extract<Command, { do: 'people' }>): Promise<void> {
    const { id: stepId } = await this.stepAt(at);
    const happened: CaseEvent = event === 'corrected' ? { type: event, stepId, ways: [] } : { type: event, stepId };
    const by = { actor: 'applicant', actorId: null } as const;
    const request = { ref: { stepId }, by, event: () => happened };
    await unlessRefused(this.platform.app.get(StepTransitions).apply(request));
  }

  private async clerk({ at, act, isStale }: Extract<Command, { do: 'clerk' }>): Promise<void> {
    const { id: stepId, version } = await this.stepAt(at);
    const request = { expectedVersion: isStale ? version - 1 : version, reason: 'looked at it' };
    const [clerks, clerk] = [this.platform.app.get(ClerkSteps), { subject: 'clerk', scope: SCOPE }];
    const acted = act === 'retry' ? clerks.retry(clerk, stepId, request) : null;
    const reply = await unlessRefused(acted ?? clerks.verify(clerk, stepId, { ...request, confirmed: true }));
    if (reply === null) return;
    const { expectedVersion } = request;
    this.told.decisions.push({ stepId, expectedVersion, version: (reply.body as TakenDecision).version });
  }

  private async stepAt(index: number): Promise<StepRecord> {
    const { steps } = (await this.store.read(this.id))!.state;
    return steps[index % steps.length]!;
  }

  private async query<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.platform.database.pool.query<T>(sql, values)).rows;
  }
}

/** null where the rules or another's act forbid it. */
async function unlessRefused<T>(act: Promise<T>): Promise<T | null> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof Refused || error instanceof Problem) return null;
    throw error;
  }
}
