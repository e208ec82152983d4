import { randomUUID } from 'node:crypto';
import { dayBefore, realise, type RealSample } from '../samples/realise';
import type { PeopleAction, Sample, SampleAction, SampleBirth } from '../samples/sample';
import { aPdf } from './a-pdf';
import { differences } from './differences';
import { isDue, isMeant } from './due-action';
import { childId, knownValues } from './known-values';
import type { TakenDecision } from '../invariants';
import { moveOfPeople, namedRecord } from './people-actions';
import { fileForm, portalNumber } from './file-form';
import { differencesByHand } from '../manual/by-hand';
import { payPremiums } from './pay-premiums';
import { rateCase, ratingDifferences } from './rate-case';
import type { Person, PlatformClient } from './platform-client';
import { clerksWord, familysWord, filledIn, isClerks, wasTaken } from './sample-actions';
import { type CaseShown, isSettled, type StepShown } from './view';

const SIGNED_AUTHORISATION = aPdf('authorisation signed by the mother');

interface OwnRecord {
  id: string;
  bornAt: string;
  deliveryOrder: number;
}

/** One family through the whole service, by the public contract alone. */
export class FamilyRun {
  readonly real: RealSample;
  shown: CaseShown | null = null;
  filedStatus = 0;
  problems: string[] = [];
  /** Of clerks, answered with 200. */
  readonly decisions: TakenDecision[] = [];
  private pending: SampleAction[];
  private filed: Record<string, unknown> = {};
  private isBusy = false;
  private readonly filingKey = randomUUID();

  constructor(
    readonly sample: Sample,
    private readonly client: PlatformClient,
    private readonly clock: { filingAt: number; now(): number },
    private readonly isManual = false,
  ) {
    const { filingAt } = clock;
    this.real = realise(sample, filingAt, knownValues(sample, filingAt));
    this.pending = [...(sample.actions ?? [])];
  }

  get portalNumber(): string {
    return portalNumber(this.filingKey);
  }

  get newbornNames(): string[] {
    return this.real.form.newborns.map(({ name }) => (name === null ? '' : name.surname + name.given));
  }

  /** Under which names agencies know these newborns. */
  get scriptNames(): string[] {
    const { mother, newborns } = this.real.form;
    return newborns.flatMap(({ name }, index) => [
      ...(name === null ? [] : [name.surname + name.given]),
      ...(mother === null ? [] : [`${mother.name}${this.sample.births[index]?.sex === 'female' ? '之女' : '之子'}`]),
    ]);
  }

  birthRecords(when: SampleBirth['notified']): { office: string; record: Record<string, unknown> }[] {
    const mother = this.real.form.mother ?? this.sample.absentMother ?? null;
    return this.sample.births.flatMap((birth, index) => {
      if (birth === null || mother === null || birth.notified !== when) return [];
      const { office, daysAgo: _days, time: _time, notified: _notified, ...facts } = birth;
      const record = {
        motherName: mother.name,
        motherIdentity: mother.identity,
        bornAt: this.real.bornAt[index],
        place: { region: '500235', kind: 'hospital' },
        ...facts,
        ...namedRecord(this.sample, index),
      };
      return [{ office, record }];
    });
  }

  async file(): Promise<void> {
    const token = await this.client.token(this.applicant);
    const values = {
      ...knownValues(this.sample, this.clock.filingAt),
      ...(await this.recordIds(token)),
      ...(await this.authorisation(token)),
    };
    const { form } = realise(this.sample, this.clock.filingAt, values);
    const { client, sample, filingKey: key } = this;
    const answer = await fileForm({ client, sample, form, token, key, filedAt: this.clock.filingAt });
    this.filedStatus = answer.status;
    this.filed = answer.body;
    if (answer.status !== 201) return this.notFiled(answer.body);
    this.shown = answer.body as unknown as CaseShown;
    await this.answerConsents(this.filed, this.sample.consent);
    await this.chooseName(token);
  }

  /** Looks once; does what the family or a clerk would do next. */
  async look(): Promise<void> {
    if (this.shown === null || this.isBusy) return;
    this.isBusy = true;
    try {
      const token = await this.client.token(this.applicant);
      const answer = await this.client.get(`/v1/applications/${this.shown.id}`, token);
      if (answer.status !== 200) return;
      this.shown = answer.body as unknown as CaseShown;
      this.dropWhatIsDone();
      await this.act(token);
      await payPremiums(this.client, this.sample, this.shown);
      const { client, sample, shown } = this;
      await rateCase({ client, sample, shown, token });
    } finally {
      this.isBusy = false;
    }
  }

  get isSettled(): boolean {
    if (this.shown === null) return true;
    return this.pending.length === 0 && this.shown.newborns.every(({ steps }) => steps.every(isSettled));
  }

  get differences(): string[] {
    const bornOn = this.real.bornAt.map((moment) => (moment ?? this.real.bornOn).slice(0, 10));
    const filedOn = (this.shown?.filedAt ?? '').slice(0, 10);
    const days = { bornOn, filedOn, today: dayBefore(this.clock.now(), 0) };
    const rated = this.shown === null ? [] : ratingDifferences(this.sample, this.shown);
    const held = this.isManual ? differencesByHand : differences;
    return [...this.problems, ...held(this.sample, this.shown, days), ...rated];
  }

  /** The family reads afterwards what it was told that it had filed. */
  async isReadable(): Promise<boolean> {
    const { id, caseNumber } = this.filed as unknown as CaseShown;
    if (!id || !caseNumber) return false;
    const { status, body } = await this.client.get(`/v1/applications/${id}`, await this.client.token(this.applicant));
    return status === 200 && body['id'] === id && body['caseNumber'] === caseNumber;
  }

  private get applicant(): Person {
    return this.real.form.applicant;
  }

  private notFiled(body: Record<string, unknown>): void {
    const wanted = this.sample.refusedWith;
    const isWanted = wanted?.status === this.filedStatus && wanted.code === body['code'];
    if (!isWanted) {
      this.problems.push(`filing: ${this.filedStatus} ${String(body['code'])} ${JSON.stringify(body['errors'] ?? '')}`);
    }
  }

  /** What an agent hands in before filing. */
  private async authorisation(token: string): Promise<Record<string, string>> {
    if (this.sample.form.applicant.role !== 'agent') return {};
    // the first of the papers that lie at the portal
    if (this.sample.portal !== undefined) return { material: '#0' };
    const { status, body } = await this.client.upload(token, SIGNED_AUTHORISATION);
    if (status !== 201) this.problems.push(`authorisation: ${status}`);
    return { material: String(body['id']) };
  }

  private async recordIds(token: string): Promise<Record<string, string>> {
    const answer = await this.client.get('/v1/birth-records', token);
    const items = (answer.body['items'] ?? []) as OwnRecord[];
    const entries = this.sample.births.map((birth, index) => {
      const found = items.find(
        (item) => item.bornAt === this.real.bornAt[index] && item.deliveryOrder === birth?.deliveryOrder,
      );
      return [`birthRecord:${index}`, found?.id ?? ''] as const;
    });
    return Object.fromEntries(entries);
  }

  private async answerConsents(body: Record<string, unknown>, answer: Sample['consent']): Promise<void> {
    if (answer === 'silent') return;
    const consents = (body['consents'] ?? []) as { parent: 'mother' | 'father'; token: string }[];
    for (const { parent, token } of consents) {
      const person = this.real.form[parent];
      if (person === null) continue;
      const { status } = await this.client.send({
        path: `/v1/consents/${token}`,
        token: await this.client.token(person),
        body: { answer },
      });
      if (status !== 200) this.problems.push(`consent: ${status}`);
    }
  }

  private async chooseName(token: string): Promise<void> {
    const { laterName, consent, laterConsent = consent } = this.sample;
    if (laterName === undefined || this.shown === null) return;
    const { status, body } = await this.client.send({
      method: 'PUT',
      path: `/v1/applications/${this.shown.id}/newborns/0/name`,
      token,
      body: laterName,
    });
    if (status === 200) await this.answerConsents(body, laterConsent);
    else this.problems.push(`name: ${status}`);
  }

  private async act(token: string): Promise<void> {
    const [action] = this.pending;
    const step = this.stepOf(action);
    if (action === undefined || step === undefined || !isDue(action, step)) return;
    const target = this.targetOf(action) ?? step;
    const path = `/v1/applications/${this.shown?.id}/steps/${target.id}`;
    this.note(action, await this.perform(action, path, token, target));
  }

  private targetOf(action: SampleAction): StepShown | undefined {
    const { to } = action;
    return to === undefined ? this.stepOf(action) : this.shown?.newborns[0]?.steps.find(({ code }) => code === to);
  }

  private stepOf(action: SampleAction | undefined): StepShown | undefined {
    return action && this.shown?.newborns[0]?.steps.find((one) => isMeant(one, action.when));
  }

  /** 412: the step moved meanwhile, look again. */
  private note(action: SampleAction, status: number): void {
    if (status === 200) this.pending = this.pending.slice(1);
    else if (status !== 412) this.problems.push(`${action.do}: ${status}`);
  }

  /** A word was taken although its reply was lost; what an agency asked for in a lost reply was not needed after all. */
  private dropWhatIsDone(): void {
    const [action] = this.pending;
    const step = action && this.targetOf(action);
    if (action !== undefined && step !== undefined && wasTaken(action, step)) this.pending = this.pending.slice(1);
  }

  private async perform(action: SampleAction, path: string, token: string, step: StepShown): Promise<number> {
    const send = async (name: string, body: unknown) =>
      (await this.client.send({ path: `${path}/${name}`, token, body })).status;
    const word = familysWord(
      { ...action, fields: filledIn(action, this.sample) },
      childId(this.sample, this.clock.filingAt),
    );
    if (word !== null) return send(...word);
    switch (action.do) {
      case 'paper':
        return this.tellOfPaper(action, token, step);
      case 'report_death':
        return this.reportDeath(token);
      default:
        if (isClerks(action)) return this.asClerk(action, step);
        return moveOfPeople(action as PeopleAction, {
          client: this.client,
          sample: this.sample,
          form: this.real.form,
          caseId: this.shown?.id ?? '',
          token,
        });
    }
  }

  private async tellOfPaper({ paper }: SampleAction, token: string, { custody }: StepShown): Promise<number> {
    const path = `/v1/applications/${this.shown?.id}/papers/${custody[0]?.paperId}/events`;
    const { status } = await this.client.send({ path, token, body: paper });
    // 409: it was taken although its reply was lost
    return status === 409 ? 200 : status;
  }

  private async reportDeath(token: string): Promise<number> {
    const path = `/v1/applications/${this.shown?.id}/newborns/0/death`;
    return (await this.client.send({ path, token, body: {} })).status;
  }

  /** Two look at the same step and decide at the same moment: one of them is faster. */
  private async asClerk(action: SampleAction, { id, version }: { id: string; version: number }): Promise<number> {
    const token = await this.client.clerkToken(action.do === 'decide_demand' ? 'supervisor' : 'clerk');
    const [name, more] = clerksWord(action);
    const body = { expectedVersion: version, reason: 'compared with the document shown', ...more };
    const path = `/clerk/v1/steps/${id}/${name}`;
    const answers = await Promise.all([1, 2].map(() => this.client.send({ path, token, body })));
    const taken = answers.filter(({ status }) => status === 200);
    for (const answer of taken) {
      this.decisions.push({ stepId: id, expectedVersion: version, version: Number(answer.body['version']) });
    }
    if (taken.length > 0) return 200;
    return answers.find(({ status }) => status !== 412)?.status ?? 412;
  }
}
