import { CASE_STORE, type CaseStore, type Hint, StepTransitions, TakeHint } from '@birth/application';
import { type CaseEvent, isTerminal, type StepRecord } from '@birth/domain';
import { raiseEpoch } from '@birth/persistence';
import { Client } from 'pg';
import { SeededRandom } from '../../../apps/standalone/src/samples/generator/random';
import { brokenInvariants } from '../../../apps/standalone/src/invariants';
import { caseDesk } from '../../support/cases';
import { type Fate, HonestAgencies } from '../../support/honest-agencies';
import { openPlatform, startPlatform, type TestPlatform } from '../../support/platform';

const CASES = 14;
const ROUNDS = 40;
const COMES: Fate = { says: 'completed', reply: 'comes' };
jest.setTimeout(90_000);

const seed = Number(process.env['RESTORE_SEED'] ?? Date.now() % 1_000_000);

describe(`a database that was restored to an earlier time (RESTORE_SEED=${seed})`, () => {
  const random = new SeededRandom(seed);
  const agencies = new HonestAgencies();
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  it('checks every step before it sends: no effect is doubled, none is lost, everything ends', async () => {
    const known = new Life(platform, agencies, random);
    await known.file(CASES);
    await known.go(CASES * 2);
    const { url } = platform.postgres;
    const earlier = await copyOf(platform, url);
    const goesOn = await openPlatform(platform.postgres, url);
    const lost = new Life(goesOn, agencies, random, known.cases);
    await lost.go(CASES * 6);
    await goesOn.stop();
    const before = agencies.booked.length;

    expect(await raiseEpoch(earlier)).toMatchObject({ CALL: expect.any(Number) as number });
    const back = await openPlatform(platform.postgres, earlier);
    try {
      const restored = new Life(back, agencies, random, known.cases);
      await restored.end();
      process.stdout.write(
        `RESTORE_SEED=${seed}: ${before} requests booked before, ${agencies.booked.length - before} after\n`,
      );
      expect(restored.unasked).toEqual([]);
      expect(await restored.wrong()).toEqual([]);
    } finally {
      await back.stop();
    }
  });
});

/** A backup of the whole database, taken while nobody writes. */
async function copyOf(platform: TestPlatform, url: string): Promise<string> {
  await platform.app.close();
  const client = new Client({ connectionString: url.replace(/\/postgres$/, '/template1') });
  await client.connect();
  await client.query('create database earlier template postgres');
  await client.end();
  return url.replace(/\/postgres$/, '/earlier');
}

/** What happens to cases on one platform; the agencies outlive it. */
class Life {
  /** Keys that were sent without having been asked about. */
  readonly unasked: string[] = [];
  private readonly asked = new Set<string>();
  private readonly store: CaseStore;

  constructor(
    private readonly platform: TestPlatform,
    private readonly agencies: HonestAgencies,
    private readonly random: SeededRandom,
    readonly cases: string[] = [],
  ) {
    this.store = platform.app.get<CaseStore>(CASE_STORE);
    platform.agencies.onSubmit = (request, agency) => {
      if (!this.asked.has(request.key)) this.unasked.push(`${agency}/${request.code}`);
      return agencies.submit(request, agency);
    };
    platform.agencies.onCheck = (reference, agency) => {
      this.asked.add(reference.key);
      return agencies.check(reference, agency);
    };
  }

  async file(count: number): Promise<void> {
    for (let filed = 0; filed < count; filed += 1) this.cases.push((await caseDesk(this.platform).file()).id);
  }

  /** Hints, the agencies' own progress and the family's answers, in any order. */
  async go(count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) {
      const id = this.random.pick(this.cases);
      const hints = await this.hints(id);
      if (hints.length > 0) await this.deliver(this.random.pick(hints), this.fate());
      if (this.random.next() < 0.3) this.progress(this.random.pick(['completed', 'correction_needed']));
      if (this.random.next() < 0.5) await this.answer(id);
    }
  }

  /** Until nothing is open any more: agencies end what they have, families answer what they are asked. */
  async end(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      this.agencies.booked.forEach((one) => this.finish(one));
      for (const id of this.cases) {
        for (const hint of await this.hints(id)) await this.deliver(hint, COMES);
        await this.answer(id);
      }
      if ((await this.open()).length === 0) return;
    }
  }

  async wrong(): Promise<string[]> {
    const steps = await this.steps();
    const left = steps
      .filter(({ state }) => !isTerminal(state))
      .map(({ code, state, reason }) => [code, state, reason]);
    const effects = steps.flatMap((step) => this.wrongEffects(step));
    const client = await this.platform.database.pool.connect();
    try {
      const broken = await brokenInvariants(client, { acknowledged: [], decisions: [] });
      return [...left.map((line) => line.join(' ')), ...effects, ...broken];
    } finally {
      client.release();
    }
  }

  /** Every effect at an agency is ours, and once. */
  private wrongEffects({ id, code, state, source }: StepRecord): string[] {
    const effects = this.agencies.effectsOf(id);
    const due = state === 'completed' && source === 'agency' ? 1 : 0;
    return effects === due ? [] : [`${code} ${state}: ${effects} effects instead of ${due}`];
  }

  private finish(one: HonestAgencies['booked'][number]): void {
    if (one.says === 'accepted') Object.assign(one, { says: 'completed', sequence: one.sequence + 1 });
  }

  private progress(says: Fate['says']): void {
    const open = this.agencies.booked.filter((one) => one.says === 'accepted');
    if (open.length > 0) {
      const one = this.random.pick(open);
      Object.assign(one, { says, sequence: one.sequence + 1 });
    }
  }

  private fate(): Fate {
    const says = this.random.pick(['accepted', 'accepted', 'completed', 'completed', 'correction_needed'] as const);
    return { says, reply: this.random.pick(['comes', 'comes', 'is_lost', 'was_not_sent'] as const) };
  }

  private async deliver(hint: Hint, fate: Fate): Promise<void> {
    this.agencies.fate = fate;
    await this.platform.app.get(TakeHint).execute(hint);
  }

  /** Corrects what is to be corrected; what is done at a window is reported, and a clerk has seen it. */
  private async answer(id: string): Promise<void> {
    const { steps } = (await this.store.read(id))!.state;
    for (const { id: stepId, state, reason } of steps) {
      if (state === 'correction_needed') await this.apply({ type: 'corrected', stepId, ways: [] });
      if (reason !== 'visit_window') continue;
      await this.apply({ type: 'done_elsewhere', stepId });
      await this.apply({ type: 'clerk_verified', stepId, confirmed: true });
    }
  }

  private async apply(event: Extract<CaseEvent, { stepId: string }>): Promise<void> {
    const { type, stepId } = event;
    const isNext = type === 'corrected';
    await this.platform.app.get(StepTransitions).apply({
      ref: { stepId },
      by: { actor: type === 'clerk_verified' ? 'clerk' : 'applicant', actorId: null },
      event: () => event,
      attach: (_decision, loaded) => {
        const earlierReceipt = loaded.openStep(stepId).receipt;
        return isNext ? { secrets: [{ stepId, receipt: null, earlierReceipt }] } : {};
      },
    });
  }

  private async steps(): Promise<StepRecord[]> {
    const cases = await Promise.all(this.cases.map((id) => this.store.read(id)));
    return cases.flatMap((found) => found!.state.steps);
  }

  private async open(): Promise<StepRecord[]> {
    return (await this.steps()).filter(({ state }) => !isTerminal(state));
  }

  private async hints(id: string): Promise<Hint[]> {
    const { rows } = await this.platform.database.pool.query<Hint>(
      `select queue, step_id as "stepId", kind, offer::text, priority from work
        where application_id = $1 and kind <> 'DEADLINE' order by step_id, kind`,
      [id],
    );
    return rows;
  }
}
